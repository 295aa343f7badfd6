//! What a restore puts beside the database: files on the shelf, keys and heads into the folder.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use bytes::Bytes;
use domain::change::Head;
use domain::file::{Shelf, Upload};

use super::load::Verified;
use super::read::Entry;
use super::{BackupError, Flaw, Progress, format};

/// The newest heads of the change log that it is proven against. The last one alone covers all before it; the others
/// tell how far back a fault lies.
const HEADS_TRIED: usize = 1000;

/// Puts the files on the shelf, and the keys and heads into the folder. Gives the newest heads.
pub(super) async fn put(
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
