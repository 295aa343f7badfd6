//! The marker: a small file that says whose folder this is and in which format, so that nobody's else is touched
//! and no newer one is misread.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::{FolderError, LOCK, PROBE};

const NAME: &str = "causeway-data.toml";
const DRAFT: &str = "causeway-data.toml.new";

/// The format this program reads and writes. Raised when an older program could misread the folder.
const FORMAT: i64 = 1;

/// What a new disk or a start that was cut short may leave in a folder that is still to become ours.
const HARMLESS: &[&str] = &["lost+found", LOCK, PROBE, DRAFT];

/// Whether the folder carries our marker; without one it must be empty.
pub(super) fn check(folder: &Path) -> Result<bool, FolderError> {
    let path = folder.join(NAME);
    match std::fs::read_to_string(&path) {
        Ok(text) => check_text(folder, &text).map(|()| true),
        Err(error) if error.kind() == ErrorKind::NotFound => check_empty(folder).map(|()| false),
        Err(error) if error.kind() == ErrorKind::InvalidData => Err(FolderError::BadMarker(path)),
        Err(error) => Err(FolderError::io(&path, error)),
    }
}

/// As [`check`], and marks an empty folder as ours. The marker appears whole or not at all.
pub(super) fn check_or_write(folder: &Path) -> Result<(), FolderError> {
    if check(folder)? { Ok(()) } else { write(folder) }
}

/// Marks the folder as ours, whatever lies in it. The marker appears whole or not at all.
pub(super) fn write(folder: &Path) -> Result<(), FolderError> {
    let draft = folder.join(DRAFT);
    let text = format!(
        "# This folder holds the data of Causeway. Do not edit, move or remove anything in it by hand.\n\
         product = \"causeway\"\nformat = {FORMAT}\n"
    );
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&draft, folder.join(NAME))?;
        File::open(folder)?.sync_all()
    };
    write().map_err(|error| FolderError::not_writable(folder, error))
}

fn check_text(folder: &Path, text: &str) -> Result<(), FolderError> {
    let bad = || FolderError::BadMarker(folder.join(NAME));
    let marker: toml::Table = text.parse().map_err(|_| bad())?;
    if marker.get("product").and_then(toml::Value::as_str) != Some("causeway") {
        return Err(bad());
    }
    match marker.get("format").and_then(toml::Value::as_integer) {
        Some(FORMAT) => Ok(()),
        Some(format) if format > FORMAT => {
            Err(FolderError::Newer { path: folder.into(), format, known: FORMAT })
        }
        _ => Err(bad()),
    }
}

fn check_empty(folder: &Path) -> Result<(), FolderError> {
    match content(folder, &[])? {
        Some(found) => Err(FolderError::Foreign { path: folder.into(), found }),
        None => Ok(()),
    }
}

/// The name of something in the folder that is neither harmless nor one of `but`.
pub(super) fn content(folder: &Path, but: &[&str]) -> Result<Option<String>, FolderError> {
    let failed = |error| FolderError::io(folder, error);
    for entry in folder.read_dir().map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if !HARMLESS.iter().chain(but).any(|known| name == *known) {
            return Ok(Some(name.to_string_lossy().into_owned()));
        }
    }
    Ok(None)
}
