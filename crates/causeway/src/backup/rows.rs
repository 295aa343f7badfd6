//! Writing the rows of a table into a backup, in parts, and gathering the files that they name.

use std::collections::BTreeMap;

use db::{Read, Table};
use serde_json::Value as Json;

use super::make::Archive;
use super::{BackupError, Progress, format};

/// Writes tables, and gathers what files their rows name.
pub(super) struct Rows<'a> {
    archive: &'a mut Archive,
    at: &'a str,
    progress: &'a Progress,
    named: BTreeMap<String, u64>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(archive: &'a mut Archive, at: &'a str, progress: &'a Progress) -> Self {
        Self { archive, at, progress, named: BTreeMap::new() }
    }

    /// The files that the rows name, by digest, with their sizes.
    pub(super) fn into_named(self) -> BTreeMap<String, u64> {
        self.named
    }

    /// Writes every row of `table`, and tells how many there are.
    pub(super) async fn put(&mut self, read: &Read, table: &Table) -> Result<u64, BackupError> {
        let file = FileColumns::of(table);
        let (mut count, mut parts, mut part) = (0, 0, Vec::new());
        read.dump(table, |row| {
            if let Some((digest, bytes)) = file.as_ref().and_then(|file| file.read(&row)) {
                self.name(digest, bytes)?;
            }
            serde_json::to_writer(&mut part, &row).map_err(|error| BackupError::Unfit(error.to_string()))?;
            part.push(b'\n');
            count += 1;
            if part.len() >= format::PART {
                parts += 1;
                self.end_part(table, parts, &mut part)?;
            }
            Ok::<_, BackupError>(())
        })
        .await?;
        if !part.is_empty() {
            self.end_part(table, parts + 1, &mut part)?;
        }
        Ok(count)
    }

    fn end_part(&mut self, table: &Table, number: u64, part: &mut Vec<u8>) -> Result<(), BackupError> {
        if part.len() as u64 > format::HELD {
            return Err(BackupError::Unfit(format!("a row of the table {} is too large", table.name)));
        }
        let name = format::part_name(&table.name, number);
        self.archive.put(&name, part).map_err(|error| BackupError::io(self.at, error))?;
        self.progress.expect(part.len() as u64);
        self.progress.advance(part.len() as u64)?;
        part.clear();
        Ok(())
    }

    fn name(&mut self, digest: &str, bytes: u64) -> Result<(), BackupError> {
        if !format::is_digest(digest) {
            return Err(BackupError::Unfit(format!("a file of the digest “{digest}”")));
        }
        self.named.insert(digest.to_owned(), bytes);
        Ok(())
    }
}

/// Where a row of the table of files says which bytes it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileColumns {
    digest: usize,
    bytes: usize,
}

impl FileColumns {
    pub(super) fn of(table: &Table) -> Option<Self> {
        let place = |name| table.columns.iter().position(|column| column.name == name);
        (table.name == format::FILE_TABLE)
            .then_some(Self { digest: place(format::FILE_DIGEST)?, bytes: place(format::FILE_BYTES)? })
    }

    pub(super) fn read(self, row: &Json) -> Option<(&str, u64)> {
        Some((row.get(self.digest)?.as_str()?, row.get(self.bytes)?.as_u64()?))
    }
}
