//! Restoring a backup into an empty data folder, an empty database, or both, on either engine.
//!
//! The backup is verified whole before anything is written. Then come the files, the keys and the heads, then the
//! database, in one transaction; then the schema is brought up to date and the change log is proven; the folder is marked
//! as a data folder last. Interrupted anywhere, a restore leaves no folder that the program would serve from, and a
//! database that is empty or whole.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use db::{Db, Settings};
use domain::change::{self, Head, Trust};
use domain::file::{Shelf, Upload};
use serde::Serialize;

use super::load::{self, Verified};
use super::read::Entry;
use super::verify::{open, read_through};
use super::{BackupError, Contents, Flaw, Input, Manifest, Progress, Summary, format};
use crate::folder::BlankFolder;

/// The newest heads of the change log that it is proven against. The last one alone covers all before it; the others
/// tell how far back a fault lies.
const HEADS_TRIED: usize = 1000;

/// Where a backup is restored to.
#[derive(Debug)]
pub struct Target {
    folder: Option<PathBuf>,
    database: Option<Db>,
    shelf: Option<Shelf>,
}

impl Target {
    /// A new data folder with the embedded database. The folder must be empty or not exist.
    pub fn folder(path: impl Into<PathBuf>) -> Self {
        Self { folder: Some(path.into()), database: None, shelf: None }
    }

    /// An open database without any table. The files, keys and heads are left out, unless
    /// [`Target::with_folder`] says where they go: an installation that moves to another database has them already.
    pub fn database(db: Db) -> Self {
        Self { folder: None, database: Some(db), shelf: None }
    }

    /// Puts files, keys and heads into a new data folder.
    #[must_use]
    pub fn with_folder(self, path: impl Into<PathBuf>) -> Self {
        Self { folder: Some(path.into()), ..self }
    }

    /// Puts the files into a store of their own (a bucket) and not into the data folder.
    #[must_use]
    pub fn with_shelf(self, shelf: Shelf) -> Self {
        Self { shelf: Some(shelf), ..self }
    }
}

/// What was restored.
#[derive(Clone, Debug, Serialize)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// Its rows and files.
    pub summary: Summary,
    /// The migrations that brought it up to this release.
    pub migrated: Vec<&'static str>,
    /// What the change log proved to be.
    pub log: LogProof,
}

/// The change log of what was restored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogProof {
    /// Sealed rows that are as they were written.
    pub rows: i64,
    /// Rows that wait for their seal.
    pub unsealed: i64,
    /// Heads that were kept outside the database and agree with it.
    pub heads: usize,
    /// What is wrong first. It was so when the backup was made: the restore itself is whole.
    pub fault: Option<String>,
}

/// Verifies the backup and restores it. Steps of `progress` are bytes of the backup, which is read two or three times.
///
/// # Errors
/// [`BackupError`], each with the way out; nothing is left that could be taken for a finished restore.
pub async fn restore(input: Input, target: Target, progress: &Progress) -> Result<Restored, BackupError> {
    let shared = progress.clone();
    progress.apart(move || async move { Box::pin(run(&input, target, &shared)).await }).await
}

async fn run(input: &Input, target: Target, progress: &Progress) -> Result<Restored, BackupError> {
    if let Some(folder) = &target.folder {
        BlankFolder::check(folder)?;
    }
    if let Some(db) = &target.database {
        load::demand_empty(db).await?;
    }
    let at = input.name();
    let file = match input {
        Input::File(path) => open(path, progress)?,
        Input::Stdin => spool(target.folder.as_deref(), progress)?,
    };
    let contents = read_through(&at, &file, progress)?;
    let (found, known) = (contents.manifest.schema, Db::newest_schema());
    let backup = Verified { at: &at, file: &file, contents: &contents };
    if found > known {
        let release = contents.manifest.release.clone();
        return Err(backup.flawed(Flaw::NewerSchema { found, known, release }));
    }
    let length = file.metadata().map_err(|error| BackupError::io(at.as_str(), error))?.len();
    progress.expect(length);
    let blank = target.folder.as_deref().map(BlankFolder::open).transpose()?;
    let staging = blank.as_ref().map(BlankFolder::staging);
    let heads = put_parts(&backup, staging, target.shelf.as_ref(), progress).await?;
    let (db, ours) = match (&target.database, staging) {
        (Some(db), _) => (db.clone(), false),
        (None, Some(staging)) => (embedded(staging).await?, true),
        (None, None) => {
            return Err(BackupError::Unfit("a target that is neither a folder nor a database".into()));
        }
    };
    load::load(&db, &backup, progress).await?;
    let migrated = db.migrate().await?.into_iter().map(|applied| applied.name).collect();
    let log = prove(&db, heads).await?;
    if ours {
        db.close().await;
    }
    if let Some(blank) = blank {
        blank.finish()?;
    }
    let Contents { manifest, summary } = contents;
    Ok(Restored { manifest, summary, migrated, log })
}

/// A stream is read twice, so it is kept on disk meanwhile: beside the data folder to come, under no name.
fn spool(folder: Option<&Path>, progress: &Progress) -> Result<File, BackupError> {
    let place = folder.map(|folder| match folder.parent() {
        _ if folder.is_dir() => folder,
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    });
    let place = place.map_or_else(std::env::temp_dir, Path::to_owned);
    let failed = |error| BackupError::path(&place, error);
    let mut file = tempfile::tempfile_in(&place).map_err(failed)?;
    let mut stdin = io::stdin().lock();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = stdin.read(&mut buffer).map_err(|error| BackupError::io(Input::Stdin.name(), error))?;
        if count == 0 {
            break;
        }
        file.write_all(&buffer[..count]).map_err(failed)?;
        progress.expect(count as u64);
        progress.advance(0)?;
    }
    io::Seek::rewind(&mut file).map_err(failed)?;
    Ok(file)
}

async fn embedded(staging: &Path) -> Result<Db, BackupError> {
    let file = staging.join("causeway.db");
    Ok(Db::open(&Settings::new(db::Target::Sqlite(file))).await?)
}

/// Puts the files on the shelf, and the keys and heads into the folder. Gives the newest heads.
async fn put_parts(
    backup: &Verified<'_>,
    staging: Option<&Path>,
    shelf: Option<&Shelf>,
    progress: &Progress,
) -> Result<Vec<Head>, BackupError> {
    let flawed = |flaw| backup.flawed(flaw);
    let own = match (shelf, staging) {
        (None, Some(staging)) => {
            let folder = staging.join("files");
            make_private(&folder)?;
            Some(Shelf::local(&folder, u64::MAX).map_err(domain::Error::internal)?)
        }
        _ => None,
    };
    let shelf = shelf.or(own.as_ref());
    let mut heads = Vec::new();
    let mut archive = backup.reader(progress)?;
    let mut entries = archive.entries().map_err(flawed)?;
    while let Some(mut entry) = entries.next().map_err(flawed)? {
        let name = entry.name.clone();
        if let (Some(digest), Some(shelf)) = (name.strip_prefix(format::FILES), shelf) {
            put_file(shelf, digest, &mut entry, backup).await?;
        } else if let (Some(key), Some(staging)) = (name.strip_prefix(format::KEYS), staging) {
            let content = entry.hold(format::KEY).map_err(flawed)?;
            let folder = staging.join("keys");
            make_private(&folder)?;
            write_private(&folder.join(key), &mut content.as_slice())?;
        } else if name == format::HEADS {
            heads = put_heads(&mut entry, staging, backup)?;
        }
    }
    Ok(heads)
}

async fn put_file<R: Read>(
    shelf: &Shelf,
    digest: &str,
    entry: &mut Entry<'_, R>,
    backup: &Verified<'_>,
) -> Result<(), BackupError> {
    let unreadable = |error: io::Error| BackupError::io(backup.at, error);
    if entry.size <= Upload::PART as u64 {
        let content = entry.hold(Upload::PART as u64).map_err(|flaw| backup.flawed(flaw))?;
        return Ok(shelf.put(digest, content.into()).await?);
    }
    let mut upload = shelf.begin(digest).await?;
    loop {
        let mut part = Vec::with_capacity(Upload::PART);
        entry.take(Upload::PART as u64).read_to_end(&mut part).map_err(unreadable)?;
        if part.is_empty() {
            break;
        }
        upload.add(Bytes::from(part)).await?;
    }
    if entry.digest().to_hex().as_str() != digest {
        upload.abandon().await?;
        return Err(backup.flawed(Flaw::Damaged));
    }
    Ok(upload.finish().await?)
}

/// Writes the file of heads line by line, and keeps the newest.
fn put_heads<R: Read>(
    entry: &mut Entry<'_, R>,
    staging: Option<&Path>,
    backup: &Verified<'_>,
) -> Result<Vec<Head>, BackupError> {
    let mut newest = VecDeque::with_capacity(HEADS_TRIED);
    let mut keep = |line: &[u8]| -> Result<(), Flaw> {
        let head: Head = serde_json::from_slice(line)
            .map_err(|error| Flaw::Unsound(format!("a head of the change log cannot be read: {error}")))?;
        if newest.len() == HEADS_TRIED {
            newest.pop_front();
        }
        newest.push_back(head);
        Ok(())
    };
    let Some(staging) = staging else {
        entry.each_line(keep).map_err(|flaw| backup.flawed(flaw))?;
        return Ok(newest.into());
    };
    let path = staging.join("heads");
    let mut file = io::BufWriter::new(create_private(&path)?);
    let mut lines = entry.lines().map_err(|flaw| backup.flawed(flaw))?;
    while let Some(line) = lines.next().map_err(|flaw| backup.flawed(flaw))? {
        keep(line).map_err(|flaw| backup.flawed(flaw))?;
        file.write_all(line)
            .and_then(|()| file.write_all(b"\n"))
            .map_err(|error| BackupError::path(&path, error))?;
    }
    let file = file.into_inner().map_err(|error| BackupError::path(&path, error.into_error()))?;
    file.sync_all().map_err(|error| BackupError::path(&path, error))?;
    Ok(newest.into())
}

fn make_private(folder: &Path) -> Result<(), BackupError> {
    let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| BackupError::path(folder, error))
}

fn create_private(path: &Path) -> Result<File, BackupError> {
    let created = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    created.map_err(|error| BackupError::path(path, error))
}

fn write_private(path: &Path, content: &mut impl Read) -> Result<(), BackupError> {
    let mut file = create_private(path)?;
    io::copy(content, &mut file).and_then(|_| file.sync_all()).map_err(|error| BackupError::path(path, error))
}

async fn prove(db: &Db, heads: Vec<Head>) -> Result<LogProof, BackupError> {
    let trust = Trust { keys: Vec::new(), heads };
    let verdict = db.read(async |read| change::verify(&read, &trust, |_| {}).await).await?;
    Ok(LogProof {
        rows: verdict.rows,
        unsealed: verdict.unsealed,
        heads: trust.heads.len(),
        fault: verdict.fault.map(|fault| fault.to_string()),
    })
}
