//! Why a data folder cannot be used: the cause, and the way out for the operator.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Why the data folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The folder above it does not exist.
    #[error(
        "the data folder {0} cannot be created because the folder it should lie in does not exist; create that folder, \
         mount its disk, or correct `data.folder`"
    )]
    NoParent(PathBuf),
    /// It does not exist, and the command does not create it.
    #[error(
        "there is no data folder {0}; correct `data.folder`, or create the folder by starting with `causeway serve`"
    )]
    Missing(PathBuf),
    /// It exists but nothing was ever stored in it.
    #[error("the folder {0} holds no data yet; correct `data.folder`, or start with `causeway serve`")]
    NeverUsed(PathBuf),
    /// A file stands where the folder should be.
    #[error("{0} is not a folder; move it away or correct `data.folder`")]
    NotAFolder(PathBuf),
    /// It holds something else.
    #[error(
        "the folder {path} is not empty (it holds \"{found}\") and is not a data folder of Causeway; nothing in it was \
         changed; name another folder in `data.folder`"
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// One thing in it.
        found: String,
    },
    /// It is to be filled from a backup, and holds something.
    #[error(
        "the folder {path} is not empty (it holds \"{found}\"); a restore never writes over data: name a folder that is \
         empty or does not exist, or move this one away first"
    )]
    NotBlank {
        /// The folder.
        path: PathBuf,
        /// One thing in it.
        found: String,
    },
    /// The marker is damaged or another product's.
    #[error(
        "the file {0} does not say that this is a data folder of Causeway; correct `data.folder`, or bring the file \
         back from a backup"
    )]
    BadMarker(PathBuf),
    /// A newer program made it.
    #[error(
        "the data folder {path} has format {format}, and this program knows formats up to {known}; install the release \
         that made it or a newer one"
    )]
    Newer {
        /// The folder.
        path: PathBuf,
        /// Its format.
        format: i64,
        /// The newest format this program knows.
        known: i64,
    },
    /// Another user owns it.
    #[error(
        "the data folder {path} belongs to user {owner}, but this process runs as user {us}; run as its owner \
         (`sudo -u '#{owner}' causeway ...`), or give the folder and all in it to this user"
    )]
    OtherOwner {
        /// The folder.
        path: PathBuf,
        /// Number of the user who owns it.
        owner: u32,
        /// Number of the user who runs this process.
        us: u32,
    },
    /// Its disk is mounted read-only.
    #[error(
        "the data folder {0} is on a disk that is mounted read-only; mount it writable (look in the system's log for \
         disk errors first), or correct `data.folder`"
    )]
    ReadOnly(PathBuf),
    /// There is no space on its disk, or the user's share of it is used up.
    #[error(
        "the disk of the data folder {0} is full; free some space (old backups lie in `backups`), or enlarge the disk"
    )]
    Full(PathBuf),
    /// The process has no right to write.
    #[error(
        "the data folder {0} cannot be written: permission denied; give this user the right to write (`chmod 700`); \
         under systemd, add the folder to `ReadWritePaths=`"
    )]
    NotWritable(PathBuf),
    /// Another process works in it.
    #[error(
        "the data folder {path} is in use by {}; stop that process first, or name another folder in `data.folder`",
        named(*process)
    )]
    InUse {
        /// The folder.
        path: PathBuf,
        /// The other process, if it said its number.
        process: Option<u32>,
    },
    /// Anything else the system refuses.
    #[error("{path} cannot be used: {source}; check the folder, its rights and its disk")]
    Io {
        /// What was to be used.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl FolderError {
    /// The error for something the system refuses to do with the path.
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::NotADirectory => Self::NotAFolder(path.into()),
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path.into()),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full(path.into()),
            _ => Self::Io { path: path.into(), source },
        }
    }

    /// The same for a write into the folder.
    pub(super) fn not_writable(folder: &Path, source: io::Error) -> Self {
        match source.kind() {
            ErrorKind::PermissionDenied => Self::NotWritable(folder.into()),
            _ => Self::io(folder, source),
        }
    }
}

fn named(process: Option<u32>) -> String {
    process.map_or_else(|| "another process".into(), |process| format!("process {process}"))
}
