//! The backup before a migration: the way back from an upgrade.

use std::path::{Path, PathBuf};

use db::Db;

use super::make::stamp;
use super::output::make_folder;
use super::{BackupError, Output, Progress, Source, make};

/// Backs up `source`, a database of the schema `found`, before it is migrated, into `folder`, under a name with both
/// schemas and the time: `before-schema-9-from-7-20261123T080000Z.tar.zst`. It is kept until somebody removes it.
///
/// # Errors
/// As [`make`]: do not migrate then.
pub async fn before_migration(source: &Source, folder: &Path, found: i64) -> Result<PathBuf, BackupError> {
    make_folder(folder).map_err(|error| BackupError::path(folder, error))?;
    let now = stamp(source.db().clock().now());
    let path = folder.join(format!("before-schema-{}-from-{found}-{now}.tar.zst", Db::newest_schema()));
    make(source, Output::File(path.clone()), &Progress::default()).await?;
    Ok(path)
}
