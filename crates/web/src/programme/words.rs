//! How facts of the programme are put into words.

use domain::programme::{Bound, Country, Figure, ListKind, Partner, Programme, Statement, When};
use i18n::Translator;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::component::{Cell, Chip, Text, Tone};

/// A year, a month or a day.
pub(super) fn when(t: Translator, when: When) -> String {
    match (when.month, when.day) {
        (Some(_), Some(_)) => t.formats().date_long(when.first_day()),
        (Some(_), None) => t.formats().month(when.first_day()),
        _ => when.year.to_string(),
    }
}

/// “As of 2020”.
pub(super) fn as_of(t: Translator, moment: When) -> String {
    t.with("programme-as-of", &[("date", when(t, moment).into())])
}

/// A figure as its source counted: exactly so many, about, or more than so many.
pub(super) fn value(t: Translator, figure: &Figure) -> String {
    let number = t.formats().number(i64::try_from(figure.value).unwrap_or(i64::MAX));
    let number = match figure.currency {
        Some(currency) => format!("{}\u{a0}{number}", currency.code()),
        None => number,
    };
    match figure.bound {
        Bound::Exact => number,
        Bound::About => t.with("programme-about", &[("value", number.into())]),
        Bound::Over => t.with("programme-over", &[("value", number.into())]),
    }
}

/// The same in three parts: what stands before the number, the number, and what stands after it.
pub(super) fn parts(t: Translator, figure: &Figure) -> (String, String, String) {
    let exact = value(t, &Figure { bound: Bound::Exact, ..figure.clone() });
    let written = value(t, figure);
    match written.split_once(&exact) {
        Some((before, after)) => (before.trim().to_owned(), exact.clone(), after.trim().to_owned()),
        None => (String::new(), written, String::new()),
    }
}

/// What is said of a code of a list; the code itself where the list lacks it.
pub(super) fn label(programme: &Programme, t: Translator, kind: ListKind, code: &str) -> String {
    programme.label(kind, code, t.locale()).unwrap_or(code).to_owned()
}

/// The name of a partner, and what it is called now.
pub(super) fn partner(t: Translator, partner: &Partner) -> Cell {
    let (found, name) = partner.name(t.locale());
    let cell = Cell::new(Text::of(name, found, t.locale()));
    let Some(successor) = &partner.successor else { return cell };
    let locale =
        [t.locale(), i18n::Locale::En].into_iter().find(|locale| successor.names.contains_key(locale));
    let Some((locale, name)) = locale.and_then(|locale| Some((locale, successor.names.get(&locale)?))) else {
        return cell;
    };
    // A sentence in the reader's language around a name in another would need a mark of its own: the name alone, then.
    let said = if locale == t.locale() {
        let date = when(t, successor.since);
        t.with("programme-successor", &[("date", date.into()), ("name", name.text.as_str().into())]).into()
    } else {
        Text::of(name.text.clone(), locale, t.locale())
    };
    cell.noted(said)
}

/// What is stated of a mechanism, as a chip: good where it is in force.
pub(super) fn statement(programme: &Programme, t: Translator, statement: &Statement, is_good: bool) -> Cell {
    let tone = if is_good { Tone::Good } else { Tone::Calm };
    let text = label(programme, t, ListKind::MechanismStates, &statement.state);
    Cell::chip(Chip::new(tone, text))
}

/// The languages of a country, by name.
pub(super) fn languages(t: Translator, country: &Country) -> String {
    let names: Vec<_> = country.languages.iter().filter_map(|tag| i18n::language(tag, t.locale())).collect();
    t.formats().list_and(&names)
}

/// What the clocks at the seat of government show, and how far from UTC they go: `14:05 UTC+8`.
pub(super) fn clock(t: Translator, country: &Country, now: Timestamp) -> Option<String> {
    let zone = TimeZone::get(country.zones.first()?).ok()?;
    let minutes = zone.to_offset(now).seconds() / 60;
    let (sign, minutes) = (if minutes < 0 { '−' } else { '+' }, minutes.unsigned_abs());
    let offset = match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    };
    Some(format!("{}\u{a0}{offset}", t.formats().time(zone.to_datetime(now).time())))
}
