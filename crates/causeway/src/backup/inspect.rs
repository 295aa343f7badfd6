//! What is inside a backup, and whether it is what it says: every entry in its place, every digest, every count, every
//! row of the shape of its table, every file that a row names and no other.

use std::collections::BTreeMap;
use std::io::Read;

use db::{Db, Table};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Flaw;
use super::format::{self, EntrySummary, Manifest, Summary};
use super::read::{ArchiveReader, Entry};
use super::rows::FileColumns;

/// What a sound backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contents {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its rows and files.
    pub summary: Summary,
}

/// Reads a whole backup, up to its seal.
pub(super) fn inspect<R: Read>(archive: &mut ArchiveReader<R>) -> Result<Contents, Flaw> {
    let mut entries = archive.entries()?;
    let mut first = entries.next()?.filter(|entry| entry.name == format::MANIFEST).ok_or(Flaw::Foreign)?;
    let manifest = manifest(&first.hold(format::HELD)?)?;
    let mut inspection = Inspection::new(manifest);
    inspection.note(&first);
    while let Some(mut entry) = entries.next()? {
        if let Some(said) = inspection.take(&mut entry)? {
            if let Some(behind) = entries.next()? {
                return Err(unsound(format!("the entry {} behind the summary", behind.name)));
            }
            return inspection.end(&said);
        }
    }
    Err(unsound("it lacks its summary"))
}

fn unsound(why: impl Into<String>) -> Flaw {
    Flaw::Unsound(why.into())
}

/// As much of a manifest as every format and every release can read.
#[derive(Deserialize)]
struct Opening {
    product: String,
    format: u32,
    release: Option<String>,
    schema: Option<i64>,
}

fn manifest(text: &[u8]) -> Result<Manifest, Flaw> {
    let opening: Opening = serde_json::from_slice(text).map_err(|_| Flaw::Foreign)?;
    if opening.product != format::PRODUCT {
        return Err(Flaw::Foreign);
    }
    let release = opening.release.unwrap_or_else(|| "which one, it does not say".to_owned());
    if opening.format > format::FORMAT {
        return Err(Flaw::NewerFormat { found: opening.format, release });
    }
    let known = Db::newest_schema();
    serde_json::from_slice(text).map_err(|error| match opening.schema {
        Some(found) if found > known => Flaw::NewerSchema { found, known, release },
        _ => unsound(format!("the manifest cannot be read: {error}")),
    })
}

/// The kinds of entry, in the order in which they stand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Manifest,
    Key,
    Heads,
    Table(usize, u64),
    File,
    Summary,
}

/// A walk through a backup, with what it has counted so far.
struct Inspection {
    manifest: Manifest,
    place: Place,
    /// Files that a row names, and that have not come yet.
    named: BTreeMap<String, u64>,
    counted: Summary,
}

impl Inspection {
    fn new(manifest: Manifest) -> Self {
        let mut counted = Summary::default();
        counted.rows.extend(manifest.tables.iter().map(|table| (table.name.clone(), 0)));
        Self { manifest, place: Place::Manifest, named: BTreeMap::new(), counted }
    }

    /// Checks an entry; gives the summary when it has come to it.
    fn take<R: Read>(&mut self, entry: &mut Entry<'_, R>) -> Result<Option<Summary>, Flaw> {
        let place = self.place_of(&entry.name)?;
        match place {
            Place::Manifest => unreachable!("no entry after the first is given that place"),
            Place::Key => drop(entry.hold(format::KEY)?),
            Place::Heads => drain(entry)?,
            Place::Table(index, _) => self.rows(index, entry)?,
            Place::File => self.file(entry)?,
            Place::Summary => {
                let text = entry.hold(format::HELD)?;
                let summary = serde_json::from_slice(&text);
                return summary
                    .map(Some)
                    .map_err(|error| unsound(format!("its summary cannot be read: {error}")));
            }
        }
        self.place = place;
        if place != Place::File {
            self.note(entry);
        }
        Ok(None)
    }

    fn note<R: Read>(&mut self, entry: &Entry<'_, R>) {
        let blake3 = entry.digest().to_string();
        self.counted.entries.push(EntrySummary { name: entry.name.clone(), bytes: entry.size, blake3 });
    }

    /// The place of the entry of this name, which may not come before that of the last.
    fn place_of(&self, name: &str) -> Result<Place, Flaw> {
        let place = if name == format::SUMMARY {
            Some(Place::Summary)
        } else if name == format::HEADS {
            Some(Place::Heads)
        } else if let Some(key) = name.strip_prefix(format::KEYS) {
            format::is_key_name(key).then_some(Place::Key)
        } else if let Some((table, part)) = format::parse_part_name(name) {
            let index = self.manifest.tables.iter().position(|known| known.name == table);
            index.map(|index| Place::Table(index, part))
        } else if let Some(digest) = name.strip_prefix(format::FILES) {
            format::is_digest(digest).then_some(Place::File)
        } else {
            None
        };
        let place = place.ok_or_else(|| unsound(format!("the entry {name} is none that belongs there")))?;
        let follows = match (self.place, place) {
            (Place::Table(last, part), Place::Table(index, next)) if index == last => next == part + 1,
            (last, Place::Table(_, part)) => part == 1 && last < place,
            (last @ (Place::Key | Place::File), _) => last <= place,
            (last, _) => last < place,
        };
        if follows { Ok(place) } else { Err(unsound(format!("the entry {name} is out of its place"))) }
    }

    fn rows<R: Read>(&mut self, index: usize, entry: &mut Entry<'_, R>) -> Result<(), Flaw> {
        let (name, named) = (entry.name.clone(), &mut self.named);
        let table = &self.manifest.tables[index];
        let file = FileColumns::of(table);
        let mut count = 0;
        entry.each_line(|line| {
            let row =
                row(table, line).map_err(|why| unsound(format!("row {} of {name}: {why}", count + 1)))?;
            if let Some((digest, bytes)) = file.and_then(|file| file.read(&row)) {
                let before = named.insert(digest.to_owned(), bytes);
                if before.is_some_and(|before| before != bytes) {
                    return Err(unsound(format!("the file {digest} has two sizes")));
                }
            }
            count += 1;
            Ok(())
        })?;
        *self.counted.rows.get_mut(&table.name).expect("every table was entered at the start") += count;
        Ok(())
    }

    fn file<R: Read>(&mut self, entry: &mut Entry<'_, R>) -> Result<(), Flaw> {
        let digest = entry.name[format::FILES.len()..].to_owned();
        if self.named.remove(&digest) != Some(entry.size) {
            return Err(unsound(format!("the file {digest} is named by no row, or has another size")));
        }
        drain(entry)?;
        if entry.digest().to_hex().as_str() != digest {
            return Err(unsound(format!("the file {digest} is not what it was")));
        }
        self.counted.files.count += 1;
        self.counted.files.bytes += entry.size;
        Ok(())
    }

    /// Compares what was counted with what the backup says.
    fn end(self, said: &Summary) -> Result<Contents, Flaw> {
        if let Some(digest) = self.named.keys().next() {
            return Err(unsound(format!("it lacks the file {digest}")));
        }
        if *said != self.counted {
            return Err(unsound("its summary is not that of its entries"));
        }
        Ok(Contents { manifest: self.manifest, summary: self.counted })
    }
}

fn row(table: &Table, line: &[u8]) -> Result<Json, String> {
    let row = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    table.check(&row).map_err(|error| error.to_string())?;
    Ok(row)
}

fn drain(entry: &mut impl Read) -> Result<(), Flaw> {
    let mut buffer = vec![0; 256 << 10];
    while entry.read(&mut buffer)? > 0 {}
    Ok(())
}
