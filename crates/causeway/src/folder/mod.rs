//! The data folder: made ours on first use, checked at every start, and used by one serving process at a time.
//! Owns the marker, the lock and the names of what lies inside. Knows nothing of the contents of those parts.

mod blank;
mod error;
mod marker;

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

pub use blank::BlankFolder;
pub use error::FolderError;

const LOCK: &str = "lock";
const PROBE: &str = "write-probe";

/// A data folder that was found in order. While the value of [`DataFolder::open`] lives, no other process can open it.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// Holds the lock; none for a visitor.
    _lock: Option<File>,
}

impl DataFolder {
    /// Opens the folder for this process alone: creates it with access for its owner only, or checks that it is ours
    /// and can be written. Its parent must exist, so that a disk that is not mounted is noticed.
    ///
    /// # Errors
    /// A sentence with the cause and the way out when the folder is somebody else's, belongs to another user, cannot
    /// be written or is in use.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        create(path)?;
        let path = canonical(path)?;
        check_owner(&path)?;
        marker::check(&path)?;
        probe(&path)?;
        let lock = lock(&path)?;
        // Under the lock, for another process may have been making the folder its own at the same moment.
        marker::check_or_write(&path)?;
        let folder = Self { path, _lock: Some(lock) };
        for part in [folder.files(), folder.keys(), folder.backups()] {
            private_folder(&part)?;
        }
        Ok(folder)
    }

    /// Opens the folder beside a process that may be serving from it, for commands that look or that write through
    /// the database. Creates nothing and takes no lock.
    ///
    /// # Errors
    /// As for [`DataFolder::open`], and when the folder does not exist or was never used.
    pub fn visit(path: &Path) -> Result<Self, FolderError> {
        let path = canonical(path)?;
        check_owner(&path)?;
        if !marker::check(&path)? {
            return Err(FolderError::NeverUsed(path));
        }
        Ok(Self { path, _lock: None })
    }

    /// The folder itself, as an absolute path without links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The embedded database.
    pub fn database(&self) -> PathBuf {
        self.path.join("causeway.db")
    }

    /// The folder of uploaded files.
    pub fn files(&self) -> PathBuf {
        self.path.join("files")
    }

    /// The folder of keys that this installation made for itself.
    pub fn keys(&self) -> PathBuf {
        self.path.join("keys")
    }

    /// The folder of backups, unless the configuration names another.
    pub fn backups(&self) -> PathBuf {
        self.path.join("backups")
    }

    /// The folder of the operator's own files of the programme.
    pub fn programme(&self) -> PathBuf {
        self.path.join("programme")
    }

    /// The file to which signed heads of the change log are written.
    pub fn heads(&self) -> PathBuf {
        self.path.join("heads")
    }

    /// Whether anybody but the owner may look into the folder.
    ///
    /// # Errors
    /// When the folder cannot be looked at any more.
    pub fn is_open_to_others(&self) -> Result<bool, FolderError> {
        let metadata = self.path.metadata().map_err(|error| FolderError::io(&self.path, error))?;
        Ok(metadata.mode() & 0o077 != 0)
    }
}

fn create(path: &Path) -> Result<(), FolderError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => sync_parent(path),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(FolderError::NoParent(path.into())),
        Err(error) => Err(FolderError::io(path, error)),
    }
}

fn private_folder(path: &Path) -> Result<(), FolderError> {
    let made = DirBuilder::new().mode(0o700).recursive(true).create(path);
    made.map_err(|error| FolderError::io(path, error))
}

/// The absolute path of a folder that exists.
fn canonical(path: &Path) -> Result<PathBuf, FolderError> {
    let path = path.canonicalize().map_err(|error| match error.kind() {
        ErrorKind::NotFound => FolderError::Missing(path.into()),
        _ => FolderError::io(path, error),
    })?;
    if path.is_dir() { Ok(path) } else { Err(FolderError::NotAFolder(path)) }
}

/// Refuses a folder of another user: what this process wrote there, that user could not use any more.
fn check_owner(path: &Path) -> Result<(), FolderError> {
    let owner = path.metadata().map_err(|error| FolderError::io(path, error))?.uid();
    // The owner of a process's own entry there is the user it runs as.
    let Ok(us) = Path::new("/proc/self").metadata() else { return Ok(()) };
    if us.uid() == owner {
        Ok(())
    } else {
        Err(FolderError::OtherOwner { path: path.into(), owner, us: us.uid() })
    }
}

/// Writes and removes a small file, so that a folder that cannot be written is noticed before anything depends on it.
fn probe(path: &Path) -> Result<(), FolderError> {
    let file = path.join(PROBE);
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&file)
        .and_then(|mut probe| probe.write_all(&[0; 4096]).and_then(|()| probe.sync_all()));
    let removed = std::fs::remove_file(&file);
    written.map_err(|error| FolderError::not_writable(path, error))?;
    removed.map_err(|error| FolderError::not_writable(path, error))
}

/// Takes the folder for this process and writes its number into the lock file. The lock goes with the process,
/// however it ends.
fn lock(path: &Path) -> Result<File, FolderError> {
    let name = path.join(LOCK);
    let failed = |error| FolderError::io(&name, error);
    let mut options = OpenOptions::new();
    let mut file = options
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&name)
        .map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            // The number is a courtesy; without it the sentence still says what is wrong.
            let _ = file.read_to_string(&mut process);
            return Err(FolderError::InUse { path: path.into(), process: process.trim().parse().ok() });
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    let number = format!("{}\n", std::process::id());
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| file.write_all(number.as_bytes()))
        .and_then(|()| file.sync_all())
        .map_err(failed)?;
    Ok(file)
}

/// Makes a new entry of the parent folder last through a power cut.
fn sync_parent(path: &Path) -> Result<(), FolderError> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    File::open(parent).and_then(|folder| folder.sync_all()).map_err(|error| FolderError::io(parent, error))
}
