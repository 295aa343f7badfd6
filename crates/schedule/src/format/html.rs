//! A timetable as one HTML page to read and print: by hall, by table, by person. Needs no script and no other file.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::tz::TimeZone;

use crate::model::{Event, Meeting, ParticipantId, SlotId, TableId, Timetable};

/// Words on the page, so that it can be in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Language tag of the page.
    pub language: String,
    /// Heading of the part with a grid of tables and times for each hall.
    pub by_hall: String,
    /// Heading of the part with a list for each table.
    pub by_table: String,
    /// Heading of the part with a list for each person.
    pub by_person: String,
    /// Column of times.
    pub time: String,
    /// Column of tables.
    pub table: String,
    /// Column of the other person.
    pub with: String,
    /// Column of interpreters.
    pub interpreter: String,
}

impl Default for Words {
    fn default() -> Self {
        Self {
            language: "en".to_owned(),
            by_hall: "By hall".to_owned(),
            by_table: "By table".to_owned(),
            by_person: "By person".to_owned(),
            time: "Time".to_owned(),
            table: "Table".to_owned(),
            with: "With".to_owned(),
            interpreter: "Interpreter".to_owned(),
        }
    }
}

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:2rem;color:#1a1a1a}\
h2{margin-top:2.5rem;border-bottom:2px solid}h3{margin:1.5rem 0 .3rem}\
table{border-collapse:collapse}th,td{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top}\
th{background:#eee}.grid{font-size:11px}nav a{margin-right:1rem}\
@media print{nav{display:none}h2{break-before:page}section{break-inside:avoid}body{margin:0}.grid{font-size:8px}}";

/// The page.
pub fn page(event: &Event, timetable: &Timetable, words: &Words) -> String {
    let view = View::new(event, timetable, words);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head><body>\n<h1>{}</h1>\n",
        escaped(&words.language),
        escaped(&event.name),
        escaped(&event.name)
    );
    let parts = [("hall", &words.by_hall), ("table", &words.by_table), ("person", &words.by_person)];
    html.push_str("<nav>");
    for (anchor, heading) in parts {
        let _ = write!(html, "<a href=\"#{anchor}\">{}</a>", escaped(heading));
    }
    html.push_str("</nav>\n");
    view.halls(&mut html);
    view.tables(&mut html);
    view.people(&mut html);
    html.push_str("</body></html>\n");
    html
}

struct View<'a> {
    event: &'a Event,
    timetable: &'a Timetable,
    words: &'a Words,
    times: HashMap<&'a SlotId, String>,
    names: HashMap<&'a ParticipantId, &'a str>,
    at: HashMap<(&'a TableId, &'a SlotId), &'a Meeting>,
}

impl<'a> View<'a> {
    fn new(event: &'a Event, timetable: &'a Timetable, words: &'a Words) -> Self {
        let zone = TimeZone::get(&event.zone).unwrap_or(TimeZone::UTC);
        let time = |start| zone.to_datetime(start).strftime("%Y-%m-%d %H:%M").to_string();
        let name = |participant: &'a crate::model::Participant| {
            if participant.name.is_empty() { participant.id.as_str() } else { &participant.name }
        };
        Self {
            event,
            timetable,
            words,
            times: event.slots.iter().map(|slot| (&slot.id, time(slot.start))).collect(),
            names: event
                .participants
                .iter()
                .map(|participant| (&participant.id, name(participant)))
                .collect(),
            at: timetable.meetings.iter().map(|meeting| ((&meeting.table, &meeting.slot), meeting)).collect(),
        }
    }

    fn halls(&self, html: &mut String) {
        let _ = writeln!(html, "<h2 id=\"hall\">{}</h2>", escaped(&self.words.by_hall));
        for hall in &self.event.halls {
            let tables: Vec<&TableId> = self
                .event
                .tables
                .iter()
                .filter(|table| table.hall == hall.id)
                .map(|table| &table.id)
                .collect();
            let _ = write!(
                html,
                "<h3>{}</h3>\n<table class=\"grid\"><tr><th>{}</th>",
                escaped(&hall.name),
                escaped(&self.words.time)
            );
            tables.iter().for_each(|table| html.push_str(&format!("<th>{}</th>", escaped(table.as_str()))));
            html.push_str("</tr>\n");
            for slot in &self.event.slots {
                let _ = write!(html, "<tr><th>{}</th>", self.time(&slot.id));
                for table in &tables {
                    let cell = self.at.get(&(*table, &slot.id)).map(|meeting| self.pair(meeting));
                    let _ = write!(html, "<td>{}</td>", cell.unwrap_or_default());
                }
                html.push_str("</tr>\n");
            }
            html.push_str("</table>\n");
        }
    }

    fn tables(&self, html: &mut String) {
        let _ = writeln!(html, "<h2 id=\"table\">{}</h2>", escaped(&self.words.by_table));
        let mut lists: HashMap<&TableId, Vec<&Meeting>> = HashMap::new();
        self.timetable
            .meetings
            .iter()
            .for_each(|meeting| lists.entry(&meeting.table).or_default().push(meeting));
        for table in &self.event.tables {
            let Some(meetings) = lists.get(&table.id) else { continue };
            let columns = [&self.words.time, &self.words.with, &self.words.interpreter];
            self.list(html, table.id.as_str(), columns.map(String::as_str), meetings, |meeting| {
                [self.time(&meeting.slot).to_owned(), self.pair(meeting), self.interpreter(meeting)]
            });
        }
    }

    fn people(&self, html: &mut String) {
        let _ = writeln!(html, "<h2 id=\"person\">{}</h2>", escaped(&self.words.by_person));
        let mut lists: HashMap<&ParticipantId, Vec<&Meeting>> = HashMap::new();
        for meeting in &self.timetable.meetings {
            lists.entry(&meeting.from).or_default().push(meeting);
            lists.entry(&meeting.to).or_default().push(meeting);
        }
        for participant in &self.event.participants {
            let Some(meetings) = lists.get(&participant.id) else { continue };
            let columns = [&self.words.time, &self.words.table, &self.words.with, &self.words.interpreter];
            self.list(html, self.names[&participant.id], columns.map(String::as_str), meetings, |meeting| {
                let other = if meeting.from == participant.id { &meeting.to } else { &meeting.from };
                let time = self.time(&meeting.slot).to_owned();
                [time, escaped(meeting.table.as_str()), self.name(other), self.interpreter(meeting)]
            });
        }
    }

    /// One list; cells are HTML already.
    fn list<const N: usize>(
        &self,
        html: &mut String,
        heading: &str,
        columns: [&str; N],
        meetings: &[&Meeting],
        cells: impl Fn(&Meeting) -> [String; N],
    ) {
        let _ = write!(html, "<section><h3>{}</h3>\n<table><tr>", escaped(heading));
        columns.iter().for_each(|column| html.push_str(&format!("<th>{}</th>", escaped(column))));
        html.push_str("</tr>\n");
        for meeting in meetings {
            html.push_str("<tr>");
            cells(meeting).iter().for_each(|cell| html.push_str(&format!("<td>{cell}</td>")));
            html.push_str("</tr>\n");
        }
        html.push_str("</table></section>\n");
    }

    fn time(&self, slot: &SlotId) -> &str {
        self.times.get(slot).map_or("", String::as_str)
    }

    fn name(&self, id: &ParticipantId) -> String {
        escaped(self.names.get(id).copied().unwrap_or_else(|| id.as_str()))
    }

    fn pair(&self, meeting: &Meeting) -> String {
        format!("{} - {}", self.name(&meeting.from), self.name(&meeting.to))
    }

    fn interpreter(&self, meeting: &Meeting) -> String {
        let Some(id) = &meeting.interpreter else { return String::new() };
        let known = self.event.interpreters.iter().find(|interpreter| interpreter.id == *id);
        escaped(
            known
                .map(|known| known.name.as_str())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| id.as_str()),
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}
