//! How a log line is written: text for people, JSON for machines. Always one line, whatever a value contains.

use std::time::SystemTime;

use serde_json::{Map, Value as Json};
use tracing::{Level, Metadata};

use super::fields::Fields;

/// `2026-11-23T12:00:00.123Z INFO  web::route: answered request_id=… status=200`
pub(super) fn text(time: SystemTime, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let mut line = format!("{} {:<5} {}:", stamp(time), metadata.level(), metadata.target());
    if let Some((_, message)) = fields.0.iter().find(|(name, _)| *name == "message") {
        line.push(' ');
        match message {
            Json::String(text) => line.extend(text.chars().flat_map(printable)),
            other => line.push_str(&other.to_string()),
        }
    }
    for (name, value) in fields.0.iter().filter(|(name, _)| *name != "message") {
        line.push_str(&format!(" {name}={}", bare(value)));
    }
    line.push('\n');
    line
}

/// `{"time":"2026-11-23T12:00:00.123Z","level":"INFO","target":"web::route","message":"answered","status":200}`
pub(super) fn json(time: SystemTime, metadata: &Metadata<'_>, fields: &Fields) -> String {
    let mut object = Map::new();
    object.insert("time".into(), stamp(time).into());
    object.insert("level".into(), metadata.level().as_str().into());
    object.insert("target".into(), metadata.target().into());
    object.extend(fields.0.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    format!("{}\n", Json::Object(object))
}

/// The journal's mark for how grave a line is (`sd-daemon(3)`), which it takes off again.
pub(super) fn priority(level: &Level) -> &'static str {
    match *level {
        Level::ERROR => "<3>",
        Level::WARN => "<4>",
        Level::INFO => "<6>",
        _ => "<7>",
    }
}

/// UTC with milliseconds. A clock before 1970 or after 9999 gives the nearest moment it can show.
fn stamp(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    format!("{time:.3}")
}

/// A value without quotes where that is unambiguous.
fn bare(value: &Json) -> String {
    match value {
        Json::String(text) if !text.is_empty() && text.chars().all(is_plain) => text.clone(),
        other => other.to_string(),
    }
}

fn is_plain(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !matches!(c, '"' | '=')
}

/// The character, or its escape if it would begin a new line or command a terminal.
fn printable(c: char) -> impl Iterator<Item = char> {
    let escaped = c.is_control().then(|| c.escape_default());
    let kept = escaped.is_none().then_some(c);
    escaped.into_iter().flatten().chain(kept)
}
