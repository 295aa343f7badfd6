//! Why a backup could not be made, is refused, or could not be restored: the cause, and the way out for the operator.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::folder::FolderError;

/// Why a backup was not made, verified or restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is no sound backup.
    #[error("{at} {flaw}")]
    Flawed {
        /// The file.
        at: String,
        /// What is wrong with it.
        flaw: Flaw,
    },
    /// The database that was to be filled is not empty.
    #[error(
        "the database {0} holds tables already; a restore never writes over data: create an empty database (`createdb`) \
         and name that one"
    )]
    TablesThere(String),
    /// The file store lacks a file.
    #[error(
        "the file {0}, which the database names, is not in the file store; run again if files were being removed \
             just now, else bring it back from an older backup"
    )]
    FileGone(String),
    /// What the file store holds is not what was put there.
    #[error(
        "the file {0} in the file store is not what was uploaded: its disk may be failing; bring it back from an \
             older backup"
    )]
    FileAltered(String),
    /// A digest that is none, or a row too large: nothing that this program writes.
    #[error("the database holds something that no backup can take: {0}")]
    Unfit(String),
    /// There is no space left.
    #[error("{0} cannot be written: there is no space left; free some, or name a place on another disk")]
    Full(String),
    /// The output is something else than a file.
    #[error("{0} is not a plain file; name a file, or `-` for the standard output")]
    NotAFile(String),
    /// The system refused.
    #[error("{at} cannot be used: {source}; check the path, its rights and its disk")]
    Io {
        /// What was to be used.
        at: String,
        /// Why not.
        source: io::Error,
    },
    /// The data folder refused.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The database refused.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The database could not be opened or brought up to date.
    #[error(transparent)]
    Open(#[from] db::OpenError),
    /// The file store or the change log refused.
    #[error("the file store or the change log cannot be used: {0}")]
    Platform(#[from] domain::Error),
    /// Somebody asked for it.
    #[error("stopped; nothing was kept")]
    Stopped,
}

impl BackupError {
    pub(super) fn io(at: impl Into<String>, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full(at.into()),
            _ => Self::Io { at: at.into(), source },
        }
    }

    pub(super) fn path(path: &Path, source: io::Error) -> Self {
        Self::io(path.display().to_string(), source)
    }
}

/// What is wrong with a file that should be a backup. Each reads on after the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is something else.
    Foreign,
    /// It lacks its end, or has something behind it.
    Cut,
    /// It has its end, and something before it is not as it was written.
    Damaged,
    /// Its format is newer than this program.
    NewerFormat {
        /// Its format.
        found: u32,
        /// The release that made it, if it says so.
        release: String,
    },
    /// Its schema is newer than this program.
    NewerSchema {
        /// Its schema.
        found: i64,
        /// The newest that this program knows.
        known: i64,
        /// The release that made it.
        release: String,
    },
    /// Its bytes are as they were written, and do not make a backup: whoever wrote it was wrong.
    Unsound(String),
}

/// What the archive's own readers say; where the file itself cannot be read, the seal's reader knows of it.
impl From<io::Error> for Flaw {
    fn from(error: io::Error) -> Self {
        Self::Unsound(format!("the archive cannot be read: {error}"))
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => f.write_str("is not a backup of Causeway; name a file that `causeway backup` has made"),
            Self::Cut => f.write_str(
                "does not end as a backup of Causeway ends: it was cut short, something was added to it, or it never was one; \
                 use another copy of it, or another backup",
            ),
            Self::Damaged => f.write_str(
                "is damaged: its bytes are not those that were written; use another copy of it, or another backup, and \
                 look after the disk that it lay on",
            ),
            Self::NewerFormat { found, release } => write!(
                f,
                "was made by a newer release ({release}): it has format {found}, and this program knows up to {}; install \
                 that release or a later one",
                super::FORMAT
            ),
            Self::NewerSchema { found, known, release } => write!(
                f,
                "was made by a newer release ({release}): its schema is {found}, and this program knows up to {known}; \
                 install that release or a later one"
            ),
            Self::Unsound(why) => write!(
                f,
                "is whole, but does not hold what a backup holds: {why}; use another backup, and report this as a fault of \
                 the release that made it"
            ),
        }
    }
}
