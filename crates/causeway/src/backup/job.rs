//! The backups that the program makes by itself: `backup.every`, `backup.folder`, `backup.keep`.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::job::{Context, Failure, Job, Registry};

use super::make::stamp;
use super::output::{make_folder, remove_if_there, remove_left};
use super::{BackupError, Output, Progress, Source, make};

/// The name of each: `causeway-20261123T080000Z.tar.zst`. By it they are told from what others put into the folder.
const PREFIX: &str = "causeway-";
const SUFFIX: &str = ".tar.zst";

/// How often the job says how far it is.
const SAY_EVERY: Duration = Duration::from_secs(1);

/// Makes a backup, and removes the oldest of those made so before.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Make {}

impl Job for Make {
    const KIND: &'static str = "backup.make";
}

impl Make {
    /// Adds what this job does to `registry`: backups of `source` into `folder`, of which the newest `keep` stay.
    pub fn register(registry: Registry, source: Source, folder: PathBuf, keep: usize) -> Registry {
        registry.on(move |_: Self, context| {
            let (source, folder) = (source.clone(), folder.clone());
            async move { run(&source, &folder, keep, &context).await }
        })
    }
}

async fn run(source: &Source, folder: &Path, keep: usize, context: &Context) -> Result<(), Failure> {
    prepare(folder).map_err(|error| failure(BackupError::path(folder, error)))?;
    let path = folder.join(format!("{PREFIX}{}{SUFFIX}", stamp(source.db().clock().now())));
    let progress = Progress::default();
    let making = make(source, Output::File(path.clone()), &progress);
    tokio::pin!(making);
    let made = loop {
        tokio::select! {
            made = &mut making => break made.map_err(failure)?,
            () = tokio::time::sleep(SAY_EVERY) => {
                let (done, total) = progress.reached();
                match context.progress(done, total).await {
                    // Waits until the half-written file is gone.
                    Err(Failure::Stopped) => progress.stop(),
                    said => said?,
                }
            }
        }
    };
    let gone = prune(folder, keep).map_err(|error| failure(BackupError::path(folder, error)))?;
    tracing::info!(path = %path.display(), bytes = made.bytes, gone, "made a backup");
    let (done, total) = progress.reached();
    context.progress(done, total).await
}

/// Creates the folder, and removes what a crash left of earlier backups.
fn prepare(folder: &Path) -> io::Result<()> {
    make_folder(folder)?;
    remove_left(folder, &format!(".{PREFIX}"))
}

/// Removes all but the newest `keep`, and tells how many.
fn prune(folder: &Path, keep: usize) -> io::Result<usize> {
    let mut names = Vec::new();
    for entry in folder.read_dir()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_own(&name) {
            names.push(name);
        }
    }
    // The time in the name sorts as it passes.
    names.sort_unstable_by(|one, other| other.cmp(one));
    let old = names.get(keep..).unwrap_or_default();
    for name in old {
        remove_if_there(&folder.join(name))?;
    }
    Ok(old.len())
}

fn is_own(name: &str) -> bool {
    let stamp = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    stamp.is_some_and(|stamp| {
        stamp.len() == 16
            && stamp.bytes().enumerate().all(|(place, b)| match place {
                8 => b == b'T',
                15 => b == b'Z',
                _ => b.is_ascii_digit(),
            })
    })
}

fn failure(error: BackupError) -> Failure {
    match error {
        BackupError::Stopped => Failure::Stopped,
        BackupError::Full(_) => Failure::Again(domain::Error::Full(error.to_string())),
        BackupError::Database(error) => error.into(),
        BackupError::Platform(error) => error.into(),
        other => Failure::Again(domain::Error::internal(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_job_named_is_its_own() {
        assert!(is_own("causeway-20261123T080000Z.tar.zst"));
        for other in [
            "causeway-2026-11-23.tar.zst",
            "causeway-20261123T080000Z.tar.zst.old",
            ".causeway-20261123T080000Z.tar.zst.x.partial",
            "before-schema-9-from-7-20261123T080000Z.tar.zst",
            "causeway-20261123X080000Z.tar.zst",
        ] {
            assert!(!is_own(other), "{other}");
        }
    }
}
