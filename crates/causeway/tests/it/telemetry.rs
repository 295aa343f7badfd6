//! The log: what a line looks like, and that nothing but the listed fields gets into it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use causeway::config::{Log, LogFilter, LogFormat, LogLevel};
use causeway::telemetry::{FIELDS, LogLayer};
use tracing_subscriber::layer::SubscriberExt;

/// The tracing library decides once for all threads whether a place in the code logs at all: one test at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// What was logged while `events` ran, in lines.
fn logged(format: LogFormat, level: LogLevel, priorities: bool, events: impl FnOnce()) -> Vec<String> {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let log = Log { format, level: LogFilter { level, parts: Vec::new() } };
    let written = Arc::new(Mutex::new(String::new()));
    let sink = Arc::clone(&written);
    let clock = || SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_435_200_007);
    let layer = LogLayer::new(&log, clock, move |line: &[u8]| {
        sink.lock().unwrap().push_str(std::str::from_utf8(line).unwrap());
    });
    let subscriber = tracing_subscriber::registry().with(layer.with_priorities(priorities));
    tracing::subscriber::with_default(subscriber, events);
    written.lock().unwrap().lines().map(str::to_owned).collect()
}

fn request() {
    let span = tracing::info_span!(target: "db::tests", "request", request_id = "r1", method = "GET", status = tracing::field::Empty);
    let _inside = span.enter();
    span.record("status", 200);
    tracing::info!(target: "db::tests", latency_ms = 3_u64, "answered");
}

#[test]
fn an_event_carries_the_fields_of_the_spans_around_it() {
    let lines = logged(LogFormat::Text, LogLevel::Info, false, request);
    assert_eq!(
        lines,
        [
            "2026-11-23T12:00:00.007Z INFO  db::tests: answered request_id=r1 method=GET status=200 latency_ms=3"
        ]
    );
}

#[test]
fn json_lines_have_one_object_each_with_numbers_as_numbers() {
    let lines = logged(LogFormat::Json, LogLevel::Info, false, request);
    assert_eq!(
        lines,
        [
            r#"{"time":"2026-11-23T12:00:00.007Z","level":"INFO","target":"db::tests","request_id":"r1","method":"GET","status":200,"message":"answered","latency_ms":3}"#
        ]
    );
}

#[test]
fn a_field_that_is_not_listed_is_withheld_wherever_it_stands() {
    let events = || {
        let _inside =
            tracing::info_span!(target: "db::tests", "sign-in", email = "ana@example.org").entered();
        tracing::warn!(target: "db::tests", name = %"Ana", count = 1, "signed in");
    };
    for format in [LogFormat::Text, LogFormat::Json] {
        let line = logged(format, LogLevel::Info, false, events).concat().to_lowercase();
        assert!(line.contains("signed in") && line.contains("(withheld)"), "{line}");
        assert!(!line.contains("ana"), "{line}");
    }
}

#[test]
fn no_value_can_forge_a_second_line_or_reach_the_terminal() {
    let lines = logged(LogFormat::Text, LogLevel::Info, false, || {
        tracing::info!(
            target: "db::tests",
            error = "a\nb",
            folder = "",
            file = "my file",
            code = "x=\"y\"",
            "first\n2026 INFO forged \u{1b}[31m"
        );
    });
    assert_eq!(
        lines,
        [
            r#"2026-11-23T12:00:00.007Z INFO  db::tests: first\n2026 INFO forged \u{1b}[31m error="a\nb" folder="" file="my file" code="x=\"y\"""#
        ]
    );
}

#[test]
fn an_error_is_logged_with_its_causes_and_a_long_value_is_cut() {
    let cause = std::io::Error::other("disk on fire");
    let error = std::io::Error::other(Wrapped(cause));
    let lines = logged(LogFormat::Json, LogLevel::Info, false, || {
        tracing::error!(target: "db::tests", error = &error as &(dyn std::error::Error + 'static), "failed");
        tracing::error!(target: "db::tests", error = "é".repeat(5_000), "failed");
    });
    assert!(lines[0].contains(r#""error":"cannot write: disk on fire""#), "{}", lines[0]);
    assert!(lines[1].chars().count() < 2_200 && lines[1].ends_with("…\"}"), "{}", lines[1]);
}

#[derive(Debug)]
struct Wrapped(std::io::Error);

impl std::fmt::Display for Wrapped {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("cannot write")
    }
}

impl std::error::Error for Wrapped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn the_level_decides_what_is_written_and_foreign_events_only_when_they_warn() {
    let events = || {
        tracing::debug!(target: "db::pool", "ours, fine");
        tracing::info!(target: "db::pool", "ours");
        tracing::info!(target: "sqlx::query", "theirs");
        tracing::warn!(target: "sqlx::query", "their warning");
    };
    let lines = logged(LogFormat::Text, LogLevel::Info, true, events);
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[0].starts_with("<6>2026") && lines[0].ends_with("db::pool: ours"), "{}", lines[0]);
    assert!(
        lines[1].starts_with("<4>2026") && lines[1].ends_with("sqlx::query: their warning"),
        "{}",
        lines[1]
    );
    assert_eq!(logged(LogFormat::Text, LogLevel::Error, false, events), [] as [&str; 0]);
}

#[test]
fn a_warning_tells_its_request_even_when_only_warnings_are_written() {
    let lines = logged(LogFormat::Text, LogLevel::Warn, false, || {
        let _inside = tracing::info_span!(target: "db::tests", "request", request_id = "r2").entered();
        tracing::warn!(target: "db::tests", "odd");
    });
    assert_eq!(lines, ["2026-11-23T12:00:00.007Z WARN  db::tests: odd request_id=r2"]);
}

#[test]
fn the_guide_lists_every_field_that_may_be_logged() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/operator/observe.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for (name, meaning) in FIELDS {
        let row = format!("| `{name}` | {meaning} |");
        assert!(guide.contains(&row), "docs/operator/observe.md lacks the row: {row}");
    }
}
