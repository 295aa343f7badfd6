//! Backups: the whole installation in one file, and back from it, on either engine. Owns the format, its making, its
//! verification, the restore, and the backups that the program makes by itself. What a table means and how a file is
//! stored belong to `db` and `domain`; which database and folder are meant, to the command line.
//!
//! The format is described in [`format`](self::Manifest) and in `docs/decisions/0006-backup-format.md`.

mod archive;
mod error;
mod format;
mod inspect;
mod job;
mod load;
mod make;
mod output;
mod parts;
mod progress;
mod read;
mod restore;
mod rows;
mod seal;
mod upgrade;
mod verify;

pub use error::{BackupError, Flaw};
pub use format::{EntrySummary, FORMAT, FileSummary, Manifest, Summary};
pub use inspect::Contents;
pub use job::Make;
pub use make::{Made, Source, make};
pub use output::Output;
pub use progress::Progress;
pub use restore::{Restored, Target, restore};
pub use upgrade::before_migration;
pub use verify::{Input, verify};
