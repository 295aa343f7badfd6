//! Making a backup: one view of the database, then the files that its rows name.
//!
//! The heads of the change log are taken before the view is, and the files after it: what the heads sign is then in the
//! rows, and the files, which never change, are on the shelf before a row names them. Bytes that nothing names any more
//! are removed a day after they were put there at the earliest; should that happen between view and copy, the backup
//! fails and says which file it was.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use db::{Db, Read, Timestamp};
use domain::file::{Shelf, Upload};

use super::archive::ArchiveWriter;
use super::format::{self, FileSummary, Manifest, Summary};
use super::output::Draft;
use super::rows::Rows;
use super::{BackupError, Output, Progress};
use crate::folder::DataFolder;

pub(super) type Archive = ArchiveWriter<Draft>;

/// What is backed up.
#[derive(Clone, Debug)]
pub struct Source {
    db: Db,
    shelf: Shelf,
    keys: PathBuf,
    heads: PathBuf,
}

impl Source {
    /// The installation of this database, this file store and this data folder.
    pub fn new(db: Db, shelf: Shelf, folder: &DataFolder) -> Self {
        Self { db, shelf, keys: folder.keys(), heads: folder.heads() }
    }

    /// Its database.
    pub fn db(&self) -> &Db {
        &self.db
    }
}

/// A backup that was made.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Made {
    /// Its size in bytes.
    pub bytes: u64,
    /// What it says of itself.
    pub manifest: Manifest,
    /// Its rows and files.
    pub summary: Summary,
}

/// Makes a backup of `source`, consistent whatever is being written meanwhile. Steps of `progress` are bytes of files and
/// tables.
///
/// # Errors
/// [`BackupError`], each with the way out; nothing is left of a backup that failed.
pub async fn make(source: &Source, output: Output, progress: &Progress) -> Result<Made, BackupError> {
    let (source, shared) = (source.clone(), progress.clone());
    progress.apart(move || async move { write(&source, output, &shared).await }).await
}

async fn write(source: &Source, output: Output, progress: &Progress) -> Result<Made, BackupError> {
    let at = output.name();
    let failed = |error| BackupError::io(at.clone(), error);
    let heads = Heads::open(&source.heads)?;
    let mut archive = ArchiveWriter::new(output.open()?, source.db.clock().now()).map_err(failed)?;
    let (manifest, mut summary, named) = source
        .db
        .read(async |read| {
            let manifest = manifest(&read).await?;
            let text = json(&manifest)?;
            archive.put(format::MANIFEST, &text).map_err(failed)?;
            put_keys(&mut archive, &source.keys, &at)?;
            if let Some(heads) = heads {
                archive.copy(format::HEADS, heads.length, heads.file).map_err(failed)?;
            }
            let mut rows = Rows::new(&mut archive, &at, progress);
            let mut summary = Summary::default();
            for table in &manifest.tables {
                summary.rows.insert(table.name.clone(), rows.put(&read, table).await?);
            }
            Ok::<_, BackupError>((manifest, summary, rows.into_named()))
        })
        .await?;
    progress.expect(named.values().sum());
    for (digest, bytes) in &named {
        put_file(&mut archive, &source.shelf, digest, *bytes, &at, progress).await?;
    }
    summary.files = FileSummary { count: named.len() as u64, bytes: named.values().sum() };
    summary.entries = archive.take_entries();
    let text = json(&summary)?;
    archive.put(format::SUMMARY, &text).map_err(failed)?;
    let (draft, bytes) = archive.finish().map_err(failed)?;
    draft.keep()?;
    Ok(Made { bytes, manifest, summary })
}

async fn manifest(read: &Read) -> Result<Manifest, BackupError> {
    let mut tables = read.tables().await?;
    tables.retain(|table| table.name != format::SCHEMA_TABLE);
    Ok(Manifest {
        product: format::PRODUCT.to_owned(),
        format: format::FORMAT,
        release: env!("CARGO_PKG_VERSION").to_owned(),
        schema: read.schema_version().await?,
        engine: read.engine().name().to_owned(),
        made_at: read.now(),
        tables,
    })
}

fn json(value: &impl serde::Serialize) -> Result<Vec<u8>, BackupError> {
    let text = serde_json::to_vec_pretty(value).map_err(|error| BackupError::Unfit(error.to_string()))?;
    if text.len() as u64 > format::HELD {
        return Err(BackupError::Unfit("more tables than a backup can list".to_owned()));
    }
    Ok(text)
}

/// The heads that had been kept before the view of the database was taken.
struct Heads {
    file: File,
    length: u64,
}

impl Heads {
    /// Up to the last line that is whole: another process may be writing the next.
    fn open(path: &Path) -> Result<Option<Self>, BackupError> {
        let failed = |error| BackupError::path(path, error);
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        };
        let mut length = file.metadata().map_err(failed)?.len();
        let mut last = [0];
        while length > 0 {
            file.seek(SeekFrom::Start(length - 1)).map_err(failed)?;
            file.read_exact(&mut last).map_err(failed)?;
            if last == *b"\n" {
                break;
            }
            length -= 1;
        }
        file.rewind().map_err(failed)?;
        Ok(Some(Self { file, length }))
    }
}

fn put_keys(archive: &mut Archive, folder: &Path, at: &str) -> Result<(), BackupError> {
    let failed = |error| BackupError::path(folder, error);
    let mut keys = Vec::new();
    for entry in folder.read_dir().map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue; // a draft of a key that is just being made
        }
        if !entry.file_type().map_err(failed)?.is_file() || !format::is_key_name(&name) {
            return Err(BackupError::Unfit(format!("{} among the keys", entry.path().display())));
        }
        keys.push((name, entry.path()));
    }
    keys.sort();
    for (name, path) in keys {
        let content = std::fs::read(&path).map_err(|error| BackupError::path(&path, error))?;
        if content.len() as u64 > format::KEY {
            return Err(BackupError::Unfit(format!("{} is larger than any key", path.display())));
        }
        archive
            .put(&format!("{}{name}", format::KEYS), &content)
            .map_err(|error| BackupError::io(at, error))?;
    }
    Ok(())
}

async fn put_file(
    archive: &mut Archive,
    shelf: &Shelf,
    digest: &str,
    bytes: u64,
    at: &str,
    progress: &Progress,
) -> Result<(), BackupError> {
    let failed = |error| BackupError::io(at, error);
    let mut entry = archive.begin(&format!("{}{digest}", format::FILES), bytes).map_err(failed)?;
    let mut start = 0;
    while start < bytes {
        let end = bytes.min(start + Upload::PART as u64);
        let part = match shelf.part(digest, start..end).await {
            Ok(part) => part,
            Err(domain::Error::Internal(_)) => return Err(BackupError::FileGone(digest.to_owned())),
            Err(error) => return Err(error.into()),
        };
        if part.len() as u64 != end - start {
            return Err(BackupError::FileAltered(digest.to_owned()));
        }
        entry.write(&part).map_err(failed)?;
        progress.advance(part.len() as u64)?;
        start = end;
    }
    if entry.end().map_err(failed)?.to_hex().as_str() != digest {
        return Err(BackupError::FileAltered(digest.to_owned()));
    }
    Ok(())
}

/// A moment as it stands in the names of backups: `20261123T080000Z`.
pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
