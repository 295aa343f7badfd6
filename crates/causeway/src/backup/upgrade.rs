//! The backup before a migration: the way back from an upgrade.

use std::path::PathBuf;

use db::Db;
use domain::file::Shelf;

use super::make::stamp;
use super::{BackupError, Output, Progress, Source, make};
use crate::folder::DataFolder;

/// Backs up a database of the schema `found` before it is migrated, into `backups` of the data folder, under a name with
/// both schemas and the time: `before-schema-9-from-7-20261123T080000Z.tar.zst`. It is kept until somebody removes it.
///
/// # Errors
/// As [`make`]: do not migrate then.
pub async fn before_migration(
    db: &Db,
    shelf: &Shelf,
    folder: &DataFolder,
    found: i64,
) -> Result<PathBuf, BackupError> {
    let source = Source::new(db.clone(), shelf.clone(), folder);
    let name =
        format!("before-schema-{}-from-{found}-{}.tar.zst", Db::newest_schema(), stamp(db.clock().now()));
    let path = folder.backups().join(name);
    make(&source, Output::File(path.clone()), &Progress::default()).await?;
    Ok(path)
}
