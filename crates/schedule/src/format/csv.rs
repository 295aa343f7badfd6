//! CSV: participants, requests, slots and tables as one file each, with a header; lists within a cell are separated
//! by spaces. A timetable is written as one file.

use std::str::FromStr;

use ::csv::{ReaderBuilder, StringRecord, Writer};
use jiff::Timestamp;

use crate::model::{
    Availability, Event, Hall, Interpreter, Invalid, Level, Limits, Participant, Request, Rules, Slot, Table,
    Timetable,
};

/// The files of an event.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    /// `id,start,minutes,session,capacity`
    pub slots: &'a str,
    /// `id,hall,host,closed`
    pub tables: &'a str,
    /// `id,name,languages,slots,except,zone,floor,cap,longest_run,rest`
    pub participants: &'a str,
    /// `id,name,languages,slots,except,zone,cap,longest_run,rest`; may be empty.
    pub interpreters: &'a str,
    /// `id,from,to,level,weight,slots`
    pub requests: &'a str,
}

/// Reads an event; every fault names file, line and column. Only `id` columns, `start` and `minutes` of slots,
/// `from` and `to` of requests must be there. Halls are those that tables name.
pub fn read(name: &str, zone: &str, files: &Files<'_>) -> Result<Event, Invalid> {
    let mut faults = Invalid::default();
    let slots = Sheet::read("slots.csv", files.slots, &mut faults).rows(&mut faults, slot);
    let tables: Vec<Table> =
        Sheet::read("tables.csv", files.tables, &mut faults).rows(&mut faults, |row, _| Table {
            id: row.text("id").into(),
            hall: row.optional("hall").unwrap_or("hall").into(),
            host: row.optional("host").map(Into::into),
            closed: row.list("closed").map(Into::into).collect(),
        });
    let participants =
        Sheet::read("participants.csv", files.participants, &mut faults).rows(&mut faults, participant);
    let interpreters =
        Sheet::read("interpreters.csv", files.interpreters, &mut faults).rows(&mut faults, |row, faults| {
            let someone = participant(row, faults);
            Interpreter {
                id: row.text("id").into(),
                name: someone.name,
                languages: someone.languages,
                available: someone.available,
                pauses: Vec::new(),
                limits: someone.limits,
            }
        });
    let requests = Sheet::read("requests.csv", files.requests, &mut faults).rows(&mut faults, request);
    let mut halls: Vec<Hall> = Vec::new();
    for table in &tables {
        if !halls.iter().any(|hall| hall.id == table.hall) {
            halls.push(Hall { id: table.hall.clone(), name: table.hall.to_string(), capacity: None });
        }
    }
    let event = Event {
        name: name.to_owned(),
        zone: zone.to_owned(),
        slots,
        halls,
        walks: Vec::new(),
        tables,
        participants,
        interpreters,
        requests,
        precedences: Vec::new(),
        rules: Rules::default(),
    };
    let event = faults.or(event)?;
    crate::model::validate::index(&event)?;
    Ok(event)
}

/// Writes a timetable: one line a meeting, with times in the event's zone.
pub fn write(event: &Event, timetable: &Timetable) -> String {
    let zone = jiff::tz::TimeZone::get(&event.zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let mut writer = Writer::from_writer(Vec::new());
    let header = ["request", "slot", "start", "minutes", "table", "hall", "from", "to", "interpreter"];
    let mut ok = writer.write_record(header).is_ok();
    for meeting in &timetable.meetings {
        let slot = event.slots.iter().find(|slot| slot.id == meeting.slot);
        let hall =
            event.tables.iter().find(|table| table.id == meeting.table).map(|table| table.hall.as_str());
        let start = slot.map(|slot| zone.to_datetime(slot.start).strftime("%Y-%m-%dT%H:%M").to_string());
        let minutes = slot.map(|slot| slot.minutes.to_string());
        ok &= writer
            .write_record([
                meeting.request.as_str(),
                meeting.slot.as_str(),
                start.as_deref().unwrap_or(""),
                minutes.as_deref().unwrap_or(""),
                meeting.table.as_str(),
                hall.unwrap_or(""),
                meeting.from.as_str(),
                meeting.to.as_str(),
                meeting.interpreter.as_ref().map_or("", |id| id.as_str()),
            ])
            .is_ok();
    }
    assert!(ok, "writing to memory cannot fail");
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn slot(row: &Row<'_>, faults: &mut Invalid) -> Slot {
    Slot {
        id: row.text("id").into(),
        start: row
            .parse("start", "a time such as 2026-09-16T09:00:00+08:00", faults)
            .unwrap_or(Timestamp::UNIX_EPOCH),
        minutes: row.parse("minutes", "a whole number", faults).unwrap_or(0),
        session: row.text("session").to_owned(),
        capacity: row.optional_number("capacity", faults),
    }
}

fn participant(row: &Row<'_>, faults: &mut Invalid) -> Participant {
    let only: Vec<_> = row.list("slots").map(Into::into).collect();
    Participant {
        id: row.text("id").into(),
        name: row.text("name").to_owned(),
        languages: row.list("languages").map(str::to_owned).collect(),
        available: Availability {
            slots: (!only.is_empty()).then_some(only),
            except: row.list("except").map(Into::into).collect(),
            zone: row.optional("zone").map(str::to_owned),
            hours: Vec::new(),
        },
        pauses: Vec::new(),
        limits: Limits {
            floor: row.optional_number("floor", faults).unwrap_or(0),
            cap: row.optional_number("cap", faults),
            longest_run: row.optional_number("longest_run", faults),
            rest: row.optional_number("rest", faults),
        },
    }
}

fn request(row: &Row<'_>, faults: &mut Invalid) -> Request {
    let only: Vec<_> = row.list("slots").map(Into::into).collect();
    let level = match row.text("level") {
        "must" => Level::Must,
        "" | "want" => Level::Want,
        "if-possible" => Level::IfPossible,
        "never" => Level::Never,
        other => {
            faults.add(row.place("level"), format!("\"{other}\" is not must, want, if-possible or never"));
            Level::Want
        }
    };
    Request {
        id: row.text("id").into(),
        from: row.list("from").map(Into::into).collect(),
        to: row.list("to").map(Into::into).collect(),
        level,
        weight: row.optional_number("weight", faults).unwrap_or(1),
        slots: (!only.is_empty()).then_some(only),
        lock: None,
    }
}

/// A file with its header.
struct Sheet<'a> {
    file: &'a str,
    header: StringRecord,
    records: Vec<StringRecord>,
}

impl<'a> Sheet<'a> {
    fn read(file: &'a str, text: &str, faults: &mut Invalid) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = ReaderBuilder::new().trim(::csv::Trim::All).from_reader(text.as_bytes());
        let header = reader.headers().cloned().unwrap_or_default();
        let mut records = Vec::new();
        for record in reader.records() {
            match record {
                Ok(record) => records.push(record),
                Err(error) => faults.add(file, error.to_string()),
            }
        }
        Self { file, header, records }
    }

    fn rows<T>(&self, faults: &mut Invalid, make: impl Fn(&Row<'_>, &mut Invalid) -> T) -> Vec<T> {
        self.records.iter().map(|record| make(&Row { sheet: self, record }, faults)).collect()
    }
}

struct Row<'a> {
    sheet: &'a Sheet<'a>,
    record: &'a StringRecord,
}

impl<'a> Row<'a> {
    fn text(&self, column: &str) -> &'a str {
        let at = self.sheet.header.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or("")
    }

    fn optional(&self, column: &str) -> Option<&'a str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text(column).split_whitespace()
    }

    fn place(&self, column: &str) -> String {
        let line = self.record.position().map_or(0, ::csv::Position::line);
        format!("{}, line {line}, {column}", self.sheet.file)
    }

    fn parse<T: FromStr>(&self, column: &str, expected: &str, faults: &mut Invalid) -> Option<T> {
        let value = self.text(column).parse().ok();
        if value.is_none() {
            faults.add(self.place(column), format!("\"{}\" is not {expected}", self.text(column)));
        }
        value
    }

    fn optional_number<T: FromStr>(&self, column: &str, faults: &mut Invalid) -> Option<T> {
        self.optional(column)?;
        self.parse(column, "a whole number", faults)
    }
}
