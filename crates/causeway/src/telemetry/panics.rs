//! Panics in the log: where, and the fixed part of the message.

use std::any::Any;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::panic::PanicHookInfo;

/// Writes a panic as an event. It stands in the spans of its thread, so a request's number comes with it.
pub(super) fn log(info: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("unnamed");
    let location = info.location().map(ToString::to_string).unwrap_or_default();
    let panic = fixed_part(info.payload());
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        tracing::error!(panic, location, thread, backtrace = %trace, "the program met a state it does not expect");
    } else {
        tracing::error!(panic, location, thread, "the program met a state it does not expect");
    }
}

/// A message that was put together at run time may carry a person's data behind its first colon
/// (`expect` puts the error there), so only what stands before it is kept.
fn fixed_part(payload: &(dyn Any + Send)) -> &str {
    match (payload.downcast_ref::<&'static str>(), payload.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text.split(": ").next().unwrap_or_default(),
        (None, None) => "without a message",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_panic_was_given_at_run_time_is_left_out() {
        let number: Result<u32, _> =
            "ana@example.org".parse::<u32>().map_err(|_| "ana@example.org is no number");
        let panicked = std::panic::catch_unwind(|| number.expect("every page has a title")).unwrap_err();
        assert_eq!(fixed_part(&*panicked), "every page has a title");
        assert_eq!(fixed_part(&"explicit panic"), "explicit panic");
        assert_eq!(fixed_part(&7), "without a message");
    }
}
