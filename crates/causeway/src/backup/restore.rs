//! Restoring a backup into an empty data folder, an empty database, or both, on either engine.
//!
//! The backup is verified whole before anything is written. Then come the files, the keys and the heads, then the
//! database, in one transaction; then the schema is brought up to date and the change log is proven; the folder is marked
//! as a data folder last. Interrupted anywhere, a restore leaves no folder that the program would serve from, and a
//! database that is empty or whole.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use db::{Db, Settings};
use domain::change::{self, Head, Trust};
use domain::file::Shelf;
use serde::Serialize;

use super::load::{self, Verified};
use super::verify::{open, read_through};
use super::{BackupError, Contents, Flaw, Input, Manifest, Progress, Summary, parts};
use crate::folder::BlankFolder;

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
    let heads = parts::put(&backup, staging, target.shelf.as_ref(), progress).await?;
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

async fn prove(db: &Db, heads: Vec<Head>) -> Result<LogProof, BackupError> {
    let trust = Trust { keys: Vec::new(), heads };
    let verdict = change::verify(db, &trust, |_| {}).await?;
    Ok(LogProof {
        rows: verdict.rows,
        unsealed: verdict.unsealed,
        heads: trust.heads.len(),
        fault: verdict.fault.map(|fault| fault.to_string()),
    })
}
