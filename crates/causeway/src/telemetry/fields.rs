//! The fields that may appear in the log, and the reader that takes them from an event and withholds all others.
//! A new field is a decision about personal data: it gets a row here and in the operator's guide.

use std::error::Error;
use std::fmt::{Debug, Write};

use serde_json::Value as Json;
use tracing::field::{Field, Visit};

/// Every field that may be logged, with what it says. None tells who a person is: a request's number leads to the
/// change log, which only those may read who may see it.
pub const FIELDS: &[(&str, &str)] = &[
    ("message", "What happened, a fixed sentence."),
    ("request_id", "Number of the request; also in the answer's `X-Request-Id` and on error pages."),
    ("method", "HTTP method."),
    ("route", "Pattern of the route, such as `/{locale}/news/{slug}`; never the path itself."),
    ("status", "HTTP status of the answer."),
    ("latency_ms", "How long it took, in milliseconds."),
    ("code", "Stable code of an error, as in the guide."),
    ("error", "Why something failed, in the words of the program or of a library."),
    ("job", "Kind of a job."),
    ("job_id", "Number of a job."),
    ("attempt", "How often a job has been tried."),
    ("reader", "Reader of the change log, such as the search index."),
    ("sequence", "Place in the change log."),
    ("count", "How many things were done."),
    ("bytes", "A size in bytes."),
    ("engine", "Database engine."),
    ("migration", "Number of a migration."),
    ("seconds", "A length of time in seconds; below zero for a step back."),
    ("key", "Public key of a node, by which it signs the change log."),
    ("listen", "An address the program listens on."),
    ("folder", "A folder on the machine."),
    ("file", "A file of the program's own on the machine, such as a backup; never an uploaded file's name."),
    ("version", "Version of the program."),
    ("signal", "Signal that the program received."),
    ("panic", "The fixed part of a panic's message."),
    ("location", "Source file and line."),
    ("task", "Part of the background work."),
    ("thread", "Thread of the program."),
    ("backtrace", "The calls that led to a panic, when `RUST_BACKTRACE` is set."),
    ("summary", "Beginning of an SQL statement, without values."),
    ("db.statement", "An SQL statement, without values."),
    ("rows_affected", "Rows that an SQL statement changed."),
    ("rows_returned", "Rows that an SQL statement gave."),
    ("elapsed", "How long an SQL statement took."),
    ("slow_threshold", "How long an SQL statement may take before it is called slow."),
];

/// A longer value is cut: a log line is no place for a document.
const LONGEST: usize = 4_000;

/// The fields of an event or a span in the order in which they were given.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(pub(super) Vec<(&'static str, Json)>);

impl Fields {
    /// Sets a field; a later value takes the place of an earlier one.
    pub(super) fn set(&mut self, name: &'static str, value: Json) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Sets all fields of another.
    pub(super) fn set_all(&mut self, others: &Self) {
        for (name, value) in &others.0 {
            self.set(name, value.clone());
        }
    }

    fn record(&mut self, field: &Field, value: impl FnOnce() -> Json) {
        let may_appear = FIELDS.iter().any(|(name, _)| *name == field.name());
        self.set(field.name(), if may_appear { value() } else { "(withheld)".into() });
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.record(field, || {
            let mut text = String::new();
            // Only a `Debug` that gives up fails here; what it wrote so far is still of use.
            let _ = write!(text, "{value:?}");
            cut(text)
        });
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.record(field, || cut(value.into()));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.record(field, || {
            let mut text = value.to_string();
            let mut cause = value.source();
            while let Some(error) = cause {
                text.push_str(&format!(": {error}"));
                cause = error.source();
            }
            cut(text)
        });
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.record(field, || value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.record(field, || value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.record(field, || value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.record(field, || value.into());
    }
}

fn cut(mut text: String) -> Json {
    if text.len() > LONGEST {
        let end = text.floor_char_boundary(LONGEST);
        text.truncate(end);
        text.push('…');
    }
    text.into()
}
