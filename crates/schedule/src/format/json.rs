//! JSON: events and timetables as [`Event`] and [`Timetable`] describe them. The schemas are in `schema/`.

use crate::model::{Event, Invalid, Timetable};

/// Reads and validates an event.
pub fn read_event(text: &str) -> Result<Event, Invalid> {
    let event: Event = parse(text)?;
    crate::model::validate::index(&event)?;
    Ok(event)
}

/// Reads a timetable; whether it fits an event is for [`check`](crate::check) to say.
pub fn read_timetable(text: &str) -> Result<Timetable, Invalid> {
    parse(text)
}

/// Writes any result as indented JSON.
pub fn write<T: serde::Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("plain data has a JSON form");
    text.push('\n');
    text
}

/// The JSON Schema of events.
#[cfg(feature = "schema")]
pub fn event_schema() -> String {
    write(&schemars::schema_for!(Event))
}

/// The JSON Schema of timetables.
#[cfg(feature = "schema")]
pub fn timetable_schema() -> String {
    write(&schemars::schema_for!(Timetable))
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Invalid> {
    serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        Invalid::one(format!("line {}, column {}", error.line(), error.column()), message(&error))
    })
}

fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}
