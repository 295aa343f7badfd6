//! Distances in time in words, from CLDR's table.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::{Formats, Locale};

const TABLE: &str = include_str!("../data/relative.tsv");

/// Units with their length in seconds, the largest first.
const UNITS: [(&str, i64); 6] = [
    ("year", 365 * DAY),
    ("month", 30 * DAY),
    ("week", 7 * DAY),
    ("day", DAY),
    ("hour", 3600),
    ("minute", 60),
];
const DAY: i64 = 24 * 3600;

/// Anything nearer than this is `now`, and from here to a minute is one minute.
const NOW: i64 = 45;

/// The texts of a row, a column per locale.
type Row = [&'static str; Locale::ALL.len()];

pub(crate) fn write(formats: &Formats, seconds: i64) -> String {
    let locale = formats.locale();
    let distance = seconds.saturating_abs();
    if distance < NOW {
        return cell("now", "-", "-", locale).to_owned();
    }
    let (unit, length) = UNITS.into_iter().find(|(_, length)| distance >= *length).unwrap_or(("minute", 60));
    let count = (distance / length).max(1);
    let direction = if seconds < 0 { "past" } else { "future" };
    // English alone tells one from more; the table has the same text twice for the others.
    let plural = if count == 1 { "one" } else { "other" };
    cell(unit, direction, plural, locale).replace("{0}", &formats.number(count))
}

pub(crate) fn near_day(locale: Locale, days: i32) -> Option<&'static str> {
    let word = match days {
        -1 => "yesterday",
        0 => "today",
        1 => "tomorrow",
        _ => return None,
    };
    Some(cell(word, "-", "-", locale))
}

fn cell(unit: &str, direction: &str, plural: &str, locale: Locale) -> &'static str {
    static ROWS: OnceLock<HashMap<&'static str, Row>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| TABLE.lines().skip(2).map(read).collect());
    let key = format!("{unit}\t{direction}\t{plural}");
    rows.get(key.as_str()).expect("data/relative.tsv has every unit")[locale.index()]
}

fn read(line: &'static str) -> (&'static str, Row) {
    const SHAPE: &str = "data/relative.tsv has three columns and one per locale on each line";
    let (head_end, _) = line.match_indices('\t').nth(2).expect(SHAPE);
    let cells: Vec<_> = line[head_end + 1..].split('\t').collect();
    (&line[..head_end], Row::try_from(cells).expect(SHAPE))
}
