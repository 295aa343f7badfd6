//! Putting the rows of a backup into an empty database: schema and rows in one transaction, or neither.

use std::fs::File;
use std::io::Seek as _;

use db::{Db, Table, TableWriter, Tx};
use serde_json::Value as Json;

use super::read::{ArchiveReader, Entry};
use super::{BackupError, Contents, Flaw, Progress, format};

/// What is read from: a backup that was verified, by the name that it has in messages.
pub(super) struct Verified<'a> {
    pub(super) at: &'a str,
    pub(super) file: &'a File,
    pub(super) contents: &'a Contents,
}

impl Verified<'_> {
    /// Reads it once more, from its beginning.
    pub(super) fn reader(&self, progress: &Progress) -> Result<ArchiveReader<&File>, BackupError> {
        let mut file = self.file;
        file.rewind()
            .and_then(|()| ArchiveReader::new(file, progress))
            .map_err(|error| BackupError::io(self.at, error))
    }

    pub(super) fn flawed(&self, flaw: Flaw) -> BackupError {
        BackupError::Flawed { at: self.at.to_owned(), flaw }
    }
}

/// Refuses a database that holds anything.
pub(super) async fn demand_empty(db: &Db) -> Result<(), BackupError> {
    let tables = db.read(async |read| read.tables().await).await?;
    if tables.is_empty() { Ok(()) } else { Err(BackupError::TablesThere(db.at().to_owned())) }
}

/// Loads every row. Run again from the start where the database asks for it.
pub(super) async fn load(db: &Db, backup: &Verified<'_>, progress: &Progress) -> Result<(), BackupError> {
    db.write(async |tx| {
        if !tx.tables().await?.is_empty() {
            return Err(BackupError::TablesThere(db.at().to_owned()));
        }
        tx.lay_schema(backup.contents.manifest.schema).await?;
        tx.put_off_reference_checks().await?;
        let tables = tx.tables().await?;
        demand_same(&tables, backup)?;
        let mut archive = backup.reader(progress)?;
        let mut entries = archive.entries().map_err(|flaw| backup.flawed(flaw))?;
        while let Some(mut entry) = entries.next().map_err(|flaw| backup.flawed(flaw))? {
            if let Some((name, _)) = format::parse_part_name(&entry.name) {
                let from = backup.contents.manifest.tables.iter().find(|table| table.name == name);
                let into = tables.iter().find(|table| table.name == name);
                let (Some(from), Some(into)) = (from, into) else { continue };
                let writer = TableWriter::new(into, &from.columns)?;
                load_part(&tx, &writer, &mut entry, backup).await?;
            } else if entry.name.starts_with(format::FILES) {
                break;
            }
        }
        Ok(())
    })
    .await
}

/// The tables of the backup are those of the schema that it names.
fn demand_same(tables: &[Table], backup: &Verified<'_>) -> Result<(), BackupError> {
    let names = |tables: &[Table]| {
        let mut names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
        names.retain(|name| name != format::SCHEMA_TABLE);
        names.sort();
        names
    };
    let manifest = &backup.contents.manifest;
    if names(tables) == names(&manifest.tables) {
        return Ok(());
    }
    let why = format!("its tables are not those of the schema {}", manifest.schema);
    Err(backup.flawed(Flaw::Unsound(why)))
}

async fn load_part<R: std::io::Read>(
    tx: &Tx,
    writer: &TableWriter,
    entry: &mut Entry<'_, R>,
    backup: &Verified<'_>,
) -> Result<(), BackupError> {
    let flawed = |flaw| backup.flawed(flaw);
    let mut lines = entry.lines().map_err(flawed)?;
    let mut rows: Vec<Json> = Vec::with_capacity(TableWriter::BATCH);
    while let Some(line) = lines.next().map_err(flawed)? {
        rows.push(serde_json::from_slice(line).map_err(|error| flawed(Flaw::Unsound(error.to_string())))?);
        if rows.len() == TableWriter::BATCH {
            writer.write_all(tx, &rows).await?;
            rows.clear();
        }
    }
    Ok(writer.write_all(tx, &rows).await?)
}
