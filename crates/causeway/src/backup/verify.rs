//! Verifying a backup: read once, from its first byte to its last.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::read::ArchiveReader;
use super::seal::Verdict;
use super::{BackupError, Contents, Flaw, Progress, inspect};

/// Where a backup is read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// The standard input.
    Stdin,
}

impl Input {
    /// What an argument says: a path, or `-` for the standard input.
    pub fn of(argument: &Path) -> Self {
        if argument == Path::new("-") { Self::Stdin } else { Self::File(argument.to_owned()) }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Stdin => "the standard input".to_owned(),
        }
    }
}

/// Checks every byte, every digest, every count and the shape of every row of a backup, holding little of it at a time.
/// Steps of `progress` are bytes of the backup.
///
/// # Errors
/// [`BackupError::Flawed`] for whatever is not a sound backup; [`BackupError::Io`] where it cannot be read.
pub async fn verify(input: Input, progress: &Progress) -> Result<Contents, BackupError> {
    let shared = progress.clone();
    progress
        .apart(move || async move {
            let at = input.name();
            match &input {
                Input::Stdin => read_through(&at, io::stdin(), &shared),
                Input::File(path) => read_through(&at, open(path, &shared)?, &shared),
            }
        })
        .await
}

/// Opens the file of a backup, and expects its bytes to be read once.
pub(super) fn open(path: &Path, progress: &Progress) -> Result<File, BackupError> {
    let failed = |error| BackupError::path(path, error);
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(BackupError::NotAFile(path.display().to_string()));
    }
    progress.expect(metadata.len());
    Ok(file)
}

/// The seal is asked first: where it is broken, whatever else was found is a consequence.
pub(super) fn read_through(at: &str, inner: impl Read, progress: &Progress) -> Result<Contents, BackupError> {
    let failed =
        |error| if progress.is_stopped() { BackupError::Stopped } else { BackupError::io(at, error) };
    let mut archive = ArchiveReader::new(inner, progress).map_err(failed)?;
    let found = inspect::inspect(&mut archive);
    let end = archive.close().map_err(failed)?;
    let flaw = match (end.seal, found) {
        (Verdict::Foreign, _) | (Verdict::Missing, Err(Flaw::Foreign)) => Flaw::Foreign,
        (Verdict::Missing, _) => Flaw::Cut,
        (Verdict::Broken, _) => Flaw::Damaged,
        (Verdict::Whole, Err(flaw)) => flaw,
        (Verdict::Whole, Ok(_)) if !end.complete => {
            Flaw::Unsound("something lies between the archive and the seal".to_owned())
        }
        (Verdict::Whole, Ok(contents)) => return Ok(contents),
    };
    Err(BackupError::Flawed { at: at.to_owned(), flaw })
}
