//! Reading and writing of files, with their names in every error.

use std::fs;
use std::path::Path;

use crate::format::{csv, dzn, json};
use crate::model::{Event, Timetable};

/// Largest file read.
const MOST_BYTES: u64 = 512 << 20;

/// Reads an event from JSON, `.dzn` or a folder of CSV files.
pub(super) fn event(path: &Path, spread: Option<u16>) -> Result<Event, String> {
    let named = |invalid: crate::model::Invalid| format!("{}: {invalid}", path.display());
    if path.is_dir() {
        return folder(path).map_err(named)?.map_err(named);
    }
    let text = text(path)?;
    if path.extension().is_some_and(|extension| extension == "dzn") {
        dzn::read(&text, spread).map_err(named)
    } else {
        json::read_event(&text).map_err(named)
    }
}

/// Reads a timetable.
pub(super) fn timetable(path: &Path) -> Result<Timetable, String> {
    json::read_timetable(&text(path)?).map_err(|invalid| format!("{}: {invalid}", path.display()))
}

/// Writes a file, or to standard output.
pub(super) fn write(path: Option<&Path>, text: &str) -> Result<(), String> {
    match path {
        None => {
            print!("{text}");
            Ok(())
        }
        Some(path) => {
            fs::write(path, text).map_err(|error| format!("{} cannot be written: {error}", path.display()))
        }
    }
}

type Read<T> = Result<T, crate::model::Invalid>;

fn folder(path: &Path) -> Read<Read<Event>> {
    let file = |name: &str, needed: bool| {
        let path = path.join(name);
        if !needed && !path.exists() {
            return Ok(String::new());
        }
        text(&path).map_err(|message| crate::model::Invalid::one(name, message))
    };
    let (slots, tables) = (file("slots.csv", true)?, file("tables.csv", true)?);
    let (participants, requests) = (file("participants.csv", true)?, file("requests.csv", true)?);
    let interpreters = file("interpreters.csv", false)?;
    let zone = file("zone.txt", false)?;
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let zone = if zone.trim().is_empty() { "UTC" } else { zone.trim() };
    let files = csv::Files {
        slots: &slots,
        tables: &tables,
        participants: &participants,
        interpreters: &interpreters,
        requests: &requests,
    };
    Ok(csv::read(&name, zone, &files))
}

fn text(path: &Path) -> Result<String, String> {
    let unreadable = |error: std::io::Error| format!("{} cannot be read: {error}", path.display());
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        return Err(format!("{} is larger than {} MiB: split the event", path.display(), MOST_BYTES >> 20));
    }
    fs::read_to_string(path).map_err(unreadable)
}
