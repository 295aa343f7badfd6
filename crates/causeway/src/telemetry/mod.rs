//! The program's log: one line per event on standard error, as text or JSON, and a line for every panic.
//! No personal data: only the fields listed in `fields` are written, the values of all others are withheld.
//! Knows nothing of the change log, which records who did what and is part of the data.

mod fields;
mod filter;
mod layer;
mod line;
mod panics;

use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::time::SystemTime;

use tracing::subscriber::SetGlobalDefaultError;
use tracing_subscriber::layer::SubscriberExt;

use crate::config::{Environment, Log};

pub use fields::FIELDS;
pub use layer::LogLayer;

/// Sends all events of the process to standard error from here on, and logs panics.
///
/// # Errors
/// When the process has a log already.
pub fn install(log: &Log, environment: &Environment) -> Result<(), SetGlobalDefaultError> {
    let to_stderr = |line: &[u8]| {
        // A log that cannot be written has nowhere to say so, and must not stop the program.
        let _ = std::io::stderr().write_all(line);
    };
    let layer = LogLayer::new(log, now, to_stderr).with_priorities(stderr_is_the_journal(environment));
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer))?;
    std::panic::set_hook(Box::new(panics::log));
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a log line is stamped with the machine's time, in no transaction"
)]
fn now() -> SystemTime {
    SystemTime::now()
}

/// Whether systemd's journal reads our standard error: it names that stream by device and inode.
fn stderr_is_the_journal(environment: &Environment) -> bool {
    let stream =
        std::fs::metadata("/proc/self/fd/2").map(|stderr| format!("{}:{}", stderr.dev(), stderr.ino()));
    matches!((environment.find("JOURNAL_STREAM"), stream), (Some(journal), Ok(stream)) if journal == stream.as_str())
}
