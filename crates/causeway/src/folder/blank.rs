//! A data folder in the making: filled under a name of its own, and marked as a data folder only when it is whole. What
//! fills it is the business of `backup`.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{
    DataFolder, FolderError, canonical, check_owner, create, lock, marker, private_folder, probe, sync_parent,
};

/// Where everything lies until the folder is whole.
const STAGING: &str = "restoring";

/// An empty folder, locked for this process. Until [`BlankFolder::finish`] it is no data folder: without the marker, no
/// command takes it for one. Dropped early, it is empty again.
#[derive(Debug)]
pub struct BlankFolder {
    path: PathBuf,
    staging: PathBuf,
    lock: Option<File>,
    finished: bool,
}

impl BlankFolder {
    /// Looks whether [`BlankFolder::open`] would take the folder, and changes nothing.
    ///
    /// # Errors
    /// [`FolderError::NotBlank`] where it holds something; [`FolderError::NoParent`] where it cannot be created.
    pub fn check(path: &Path) -> Result<(), FolderError> {
        match path.metadata() {
            Ok(_) => check_blank(&canonical(path)?),
            Err(error) if error.kind() == ErrorKind::NotFound => match path.parent() {
                Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => {
                    Err(FolderError::NoParent(path.into()))
                }
                _ => Ok(()),
            },
            Err(error) => Err(FolderError::io(path, error)),
        }
    }

    /// Creates the folder, or takes one that is empty but for what an interrupted restore left, and locks it.
    ///
    /// # Errors
    /// As [`BlankFolder::check`], and as [`DataFolder::open`] where it belongs to another user, cannot be written or is
    /// in use.
    pub fn open(path: &Path) -> Result<Self, FolderError> {
        create(path)?;
        let path = canonical(path)?;
        check_owner(&path)?;
        check_blank(&path)?;
        probe(&path)?;
        let lock = lock(&path)?;
        check_blank(&path)?;
        let staging = path.join(STAGING);
        remove(&staging)?;
        private_folder(&staging)?;
        Ok(Self { path, staging, lock: Some(lock), finished: false })
    }

    /// Where the parts of the folder are to be put, under the names they will have.
    pub fn staging(&self) -> &Path {
        &self.staging
    }

    /// Moves every part to its place and marks the folder as a data folder, as the last thing and all at once.
    ///
    /// # Errors
    /// What the system refuses; the folder is then not marked.
    pub fn finish(mut self) -> Result<DataFolder, FolderError> {
        let failed = |error| FolderError::not_writable(&self.path, error);
        for part in self.staging.read_dir().map_err(failed)? {
            let part = part.map_err(failed)?;
            std::fs::rename(part.path(), self.path.join(part.file_name())).map_err(failed)?;
        }
        std::fs::remove_dir(&self.staging).map_err(failed)?;
        let folder = DataFolder { path: self.path.clone(), _lock: self.lock.take() };
        for part in [folder.files(), folder.keys(), folder.backups()] {
            private_folder(&part)?;
            File::open(&part).and_then(|part| part.sync_all()).map_err(failed)?;
        }
        File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(failed)?;
        marker::write(&self.path)?;
        sync_parent(&self.path)?;
        self.finished = true;
        Ok(folder)
    }
}

impl Drop for BlankFolder {
    fn drop(&mut self) {
        if !self.finished {
            // The next restore does it where this one cannot; without its marker the folder counts for nothing.
            let _ = std::fs::remove_dir_all(&self.staging);
        }
    }
}

fn check_blank(path: &Path) -> Result<(), FolderError> {
    match marker::content(path, &[STAGING])? {
        Some(found) => Err(FolderError::NotBlank { path: path.into(), found }),
        None => Ok(()),
    }
}

fn remove(folder: &Path) -> Result<(), FolderError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(FolderError::not_writable(folder, error)),
        _ => Ok(()),
    }
}
