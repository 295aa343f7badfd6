//! iCalendar (RFC 5545): the meetings of a person, an interpreter or a table, for any calendar program.

use std::fmt::Write as _;

use jiff::{SignedDuration, Timestamp};

use crate::model::{Event, InterpreterId, Meeting, ParticipantId, TableId, Timetable};

/// Whose calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// A participant's.
    Participant(&'a ParticipantId),
    /// An interpreter's.
    Interpreter(&'a InterpreterId),
    /// A table's.
    Table(&'a TableId),
}

/// What a calendar says of its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// When the calendar was made.
    pub made: Timestamp,
    /// Which edition of the timetable: higher ones replace lower ones.
    pub sequence: u32,
    /// Domain name after which meetings are named for ever, as `timetable.example.org`.
    pub domain: &'a str,
}

/// Longest line in octets, without its end.
const LINE: usize = 75;

/// The calendar of `of`. Times are in UTC; a meeting keeps its identity over editions.
pub fn calendar(event: &Event, timetable: &Timetable, of: Of<'_>, stamp: Stamp<'_>) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN", "VCALENDAR");
    line(&mut text, "VERSION", "2.0");
    line(&mut text, "PRODID", "-//causeway//schedule//EN");
    line(&mut text, "METHOD", "PUBLISH");
    line(&mut text, "X-WR-CALNAME", &escaped(&event.name));
    for meeting in timetable.meetings.iter().filter(|meeting| concerns(meeting, of)) {
        meeting_lines(&mut text, event, meeting, of, stamp);
    }
    line(&mut text, "END", "VCALENDAR");
    text
}

fn concerns(meeting: &Meeting, of: Of<'_>) -> bool {
    match of {
        Of::Participant(id) => meeting.from == *id || meeting.to == *id,
        Of::Interpreter(id) => meeting.interpreter.as_ref() == Some(id),
        Of::Table(id) => meeting.table == *id,
    }
}

fn meeting_lines(text: &mut String, event: &Event, meeting: &Meeting, of: Of<'_>, stamp: Stamp<'_>) {
    let Some(slot) = event.slots.iter().find(|slot| slot.id == meeting.slot) else { return };
    let hall = event.tables.iter().find(|table| table.id == meeting.table).map(|table| &table.hall);
    let hall = event.halls.iter().find(|known| Some(&known.id) == hall).map_or("", |hall| hall.name.as_str());
    let end = slot.start.saturating_add(SignedDuration::from_mins(slot.minutes.into())).unwrap_or(slot.start);
    let summary = match of {
        Of::Participant(id) if meeting.from == *id => name(event, &meeting.to),
        Of::Participant(_) => name(event, &meeting.from),
        Of::Interpreter(_) | Of::Table(_) => {
            format!("{} - {}", name(event, &meeting.from), name(event, &meeting.to))
        }
    };
    line(text, "BEGIN", "VEVENT");
    line(text, "UID", &format!("{}@{}", escaped(meeting.request.as_str()), stamp.domain));
    line(text, "SEQUENCE", &stamp.sequence.to_string());
    line(text, "DTSTAMP", &utc(stamp.made));
    line(text, "DTSTART", &utc(slot.start));
    line(text, "DTEND", &utc(end));
    line(text, "SUMMARY", &escaped(&summary));
    line(text, "LOCATION", &escaped(&format!("{}, {hall}", meeting.table)));
    if let Some(interpreter) = &meeting.interpreter {
        let known = event.interpreters.iter().find(|known| known.id == *interpreter);
        let name = known.map_or("", |known| known.name.as_str());
        line(
            text,
            "DESCRIPTION",
            &escaped(&format!("Interpreter: {}", if name.is_empty() { interpreter.as_str() } else { name })),
        );
    }
    line(text, "END", "VEVENT");
}

fn name(event: &Event, id: &ParticipantId) -> String {
    let known = event.participants.iter().find(|participant| participant.id == *id);
    known.map(|participant| &participant.name).filter(|name| !name.is_empty()).unwrap_or(&id.0).clone()
}

fn utc(time: Timestamp) -> String {
    time.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => out.extend(['\\', sign]),
            '\n' => out.push_str("\\n"),
            control if control.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

/// A content line, folded so that no line is longer than 75 octets and no character is split.
fn line(text: &mut String, name: &str, value: &str) {
    let mut whole = String::with_capacity(name.len() + value.len() + 1);
    let _ = write!(whole, "{name}:{value}");
    let mut length = 0;
    for sign in whole.chars() {
        if length + sign.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(sign);
        length += sign.len_utf8();
    }
    text.push_str("\r\n");
}
