//! Settings from the TOML file: finds each setting with its line, and says of everything else what it may be.

use std::ops::Range;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use super::given::{Given, GivenSettings, Place, Written};
use super::nearest::{nearest, nearest_setting};
use super::problem::Problem;
use super::settings::{find, tables};

/// Reads the text of the file at `path` (used only to say where things are).
pub(super) fn read(path: &Path, text: &str, given: &mut GivenSettings, problems: &mut Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading { path, text, given, problems, malformed: Vec::new() };
    for error in errors {
        reading.malformed_at(error.span().map_or(0, |span| span.start), error.message());
    }
    reading.table("", table.get_ref());
}

struct Reading<'a> {
    path: &'a Path,
    text: &'a str,
    given: &'a mut GivenSettings,
    problems: &'a mut Vec<Problem>,
    /// Lines that could not be parsed, about which no more is said.
    malformed: Vec<Range<usize>>,
}

impl Reading<'_> {
    /// Notes a line that is not TOML. One slip makes the parser stumble over the rest of the line too, and a slip in
    /// a section's header over all its lines: they are passed over, for what would be said of them is not so.
    fn malformed_at(&mut self, at: usize, message: &str) {
        let line = self.line(at);
        if self.is_malformed(line) {
            return;
        }
        let is_header = |text: &str| text.trim_start().starts_with('[');
        let mut following = self.text.lines().skip(line - 1);
        let end = match following.next() {
            Some(text) if is_header(text) => line + 1 + following.take_while(|text| !is_header(text)).count(),
            _ => line + 1,
        };
        self.malformed.push(line..end);
        let way_out = match message {
            "duplicate key" => "keep one of the lines",
            _ => "a text stands in quotes, a list and a section's name in brackets",
        };
        self.complain(at, format!("this is not TOML ({message}); {way_out}."));
    }

    fn is_malformed(&self, line: usize) -> bool {
        self.malformed.iter().any(|lines| lines.contains(&line))
    }

    /// Reads a table whose name is `section`, which is empty for the file as a whole.
    fn table(&mut self, section: &str, table: &DeTable<'_>) {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in entries {
            let at = name.span().start;
            let key = match section {
                "" => name.get_ref().to_string(),
                section => format!("{section}.{}", name.get_ref()),
            };
            let is_section = tables().any(|table| table.name == key);
            match (value.get_ref(), find(&key)) {
                _ if self.is_malformed(self.line(at)) => {}
                (DeValue::Table(inner), None) if is_section => self.table(&key, inner),
                (written, Some(setting)) => {
                    let place = Place::File(self.path.into(), Some(self.line(at)));
                    self.given.insert(setting.key, Given { written: as_written(written), place });
                }
                (_, None) if is_section => {
                    self.complain(at, format!("`{key}` is a section; write its settings under [{key}]."));
                }
                (DeValue::Table(_), None) => self.complain(at, unknown_section(&key)),
                (_, None) => self.complain(at, unknown_key(section, name.get_ref(), &key)),
            }
        }
    }

    fn complain(&mut self, at: usize, sentence: String) {
        let place = Place::File(self.path.into(), Some(self.line(at)));
        self.problems.push(Problem::new(place, sentence));
    }

    /// The line, from 1, of a place in the text.
    fn line(&self, at: usize) -> usize {
        1 + self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count()
    }
}

fn unknown_section(key: &str) -> String {
    match nearest(key, tables().map(|table| table.name)) {
        Some(meant) => format!("[{key}] is not a section; did you mean [{meant}]?"),
        None => format!("[{key}] is not a section; remove it."),
    }
}

fn unknown_key(section: &str, name: &str, key: &str) -> String {
    match nearest_setting(section, name) {
        Some(meant) => format!("`{key}` is not a setting; did you mean `{}`?", meant.key),
        None => format!("`{key}` is not a setting; remove it."),
    }
}

fn as_written(value: &DeValue<'_>) -> Written {
    match value {
        DeValue::String(text) => Written::Text(text.to_string()),
        DeValue::Integer(number) => match i128::from_str_radix(number.as_str(), number.radix()) {
            Ok(decimal) => Written::Integer(decimal.to_string()),
            Err(_) => Written::Integer(number.to_string()),
        },
        DeValue::Boolean(yes) => Written::Boolean(*yes),
        DeValue::Array(items) => items
            .iter()
            .map(|item| item.get_ref().as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
            .map_or(Written::Other("a list with other things than texts"), Written::List),
        DeValue::Float(_) => Written::Other("a number with a fraction"),
        DeValue::Datetime(_) => Written::Other("a date"),
        DeValue::Table(_) => Written::Other("a section"),
    }
}
