//! Where a backup is written: a file that appears whole or not at all, or a stream.

use std::fs::{DirBuilder, File};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::BackupError;

/// The end of the name of a file that is still being written; it begins with a dot.
const PARTIAL: &str = ".partial";

/// Where a backup goes.
pub enum Output {
    /// Into this file, in place of one that is there. Only its owner may read it.
    File(PathBuf),
    /// Into a stream; whoever reads it sees by the seal whether it is whole.
    Stream(Box<dyn Write + Send>),
}

impl std::fmt::Debug for Output {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())
    }
}

impl Output {
    /// What `-o` says: a path, or `-` for the standard output.
    pub fn of(argument: &Path) -> Self {
        if argument == Path::new("-") {
            Self::Stream(Box::new(io::stdout()))
        } else {
            Self::File(argument.to_owned())
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stream(_) => "the output".to_owned(),
        }
    }

    pub(super) fn open(self) -> Result<Draft, BackupError> {
        match self {
            Self::Stream(stream) => Ok(Draft::Stream(stream)),
            Self::File(path) => {
                let name = path.file_name().filter(|_| path.metadata().map_or(true, |found| found.is_file()));
                let name = name.ok_or_else(|| BackupError::NotAFile(path.display().to_string()))?;
                let file = held_file(parent(&path), &format!(".{}.", name.to_string_lossy()))
                    .map_err(|error| BackupError::path(&path, error))?;
                Ok(Draft::File { file, path })
            }
        }
    }
}

/// A backup being written. Dropped before [`Draft::keep`], its file is gone.
pub(super) enum Draft {
    File { file: NamedTempFile, path: PathBuf },
    Stream(Box<dyn Write + Send>),
}

impl Draft {
    /// Puts the file under its name, durably.
    pub(super) fn keep(self) -> Result<(), BackupError> {
        let Self::File { file, path } = self else { return Ok(()) };
        let kept = || -> io::Result<()> {
            file.as_file().sync_all()?;
            file.persist(&path)?;
            File::open(parent(&path))?.sync_all()
        };
        kept().map_err(|error| BackupError::path(&path, error))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File { file, .. } => file.write(bytes),
            Self::Stream(stream) => stream.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File { file, .. } => file.flush(),
            Self::Stream(stream) => stream.flush(),
        }
    }
}

/// A new file that is locked for as long as it is being written: by that, others tell it from what a crash left.
fn held_file(folder: &Path, prefix: &str) -> io::Result<NamedTempFile> {
    loop {
        let file = tempfile::Builder::new().prefix(prefix).suffix(PARTIAL).tempfile_in(folder)?;
        match file.as_file().lock() {
            // Where the disk knows no locks, `remove_left` removes nothing.
            Err(error) if error.kind() == ErrorKind::Unsupported => return Ok(file),
            locked => locked?,
        }
        // Between its making and its lock it looked left behind, and may have been removed.
        if file.as_file().metadata()?.nlink() > 0 {
            return Ok(file);
        }
    }
}

/// Removes the half-written files in `folder` whose names begin with `prefix` and which nobody is writing any more.
pub(super) fn remove_left(folder: &Path, prefix: &str) -> io::Result<()> {
    for entry in folder.read_dir()? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(prefix) || !name.ends_with(PARTIAL) {
            continue;
        }
        match File::options().write(true).open(entry.path()) {
            Ok(file) if file.try_lock().is_ok() => remove_if_there(&entry.path())?,
            Ok(_) => {}
            // It was finished or given up meanwhile.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes a file that somebody else may remove as well.
pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Creates the folder that backups go to, but not the one it lies in, which may be a disk that is not mounted.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
