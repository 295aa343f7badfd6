//! The programme's data: which files the operator has replaced, and how far the calendars reach.

use domain::programme::Programme;
use jiff::ToSpan as _;
use jiff::tz::TimeZone;

use super::Finding;
use crate::folder::DataFolder;

/// Deadlines are set this many days ahead; a calendar that ends sooner leaves some of them without a date.
const AHEAD: i32 = 180;

pub(super) fn examine(folder: &DataFolder) -> Vec<Finding> {
    match Programme::load(&folder.programme()) {
        Ok(programme) => vec![files(&programme, folder), calendars(&programme)],
        Err(problems) => vec![Finding::wrong("programme", problems.to_string())],
    }
}

fn files(programme: &Programme, folder: &DataFolder) -> Finding {
    let own: Vec<&str> =
        programme.files().iter().filter(|file| file.replaced).map(|file| file.name.as_str()).collect();
    if own.is_empty() {
        return Finding::good("programme", "all its files are as they come with the program");
    }
    Finding::good("programme", format!("{} come from {}", own.join(", "), folder.programme().display()))
}

fn calendars(programme: &Programme) -> Finding {
    let today = TimeZone::UTC.to_datetime(db::Clock::system().now()).date();
    let wanted = today.saturating_add(AHEAD.days());
    let reaches = |code| {
        let covered = programme.calendar(code).and_then(domain::programme::Calendar::covered);
        covered.is_some_and(|(first, last)| first <= today && wanted <= last)
    };
    let short: Vec<String> = programme
        .countries()
        .filter(|country| !reaches(country.code))
        .map(|country| country.code.to_string())
        .collect();
    if short.is_empty() {
        return Finding::good("calendars", format!("working days are known until {wanted} at least"));
    }
    let sentence = format!(
        "working days are not known until {wanted} for {}: add the next year's files to the folder programme/calendars \
         (docs/operator/programme.md)",
        short.join(", ")
    );
    Finding::warning("calendars", sentence)
}
