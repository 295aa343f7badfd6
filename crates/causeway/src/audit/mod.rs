//! What makes the change log evidence: the key that signs its heads, and the second place where heads are kept. Both lie
//! in the data folder, outside the database. The log itself is `domain::change`.

mod check;
mod heads;
mod key;
mod nodes;

pub use check::Check;
pub use heads::{Heads, RECENT};
pub use key::{signer, trust_key, trusted_keys};
pub use nodes::{KeyState, KeyView, keys};

use std::path::PathBuf;

use domain::change::Trust;

use crate::folder::DataFolder;

/// Why the key or the heads cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// A file cannot be read or written.
    #[error("{path}: {source}; check the disk and who may write there")]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The key is damaged.
    #[error(
        "the audit key {path} cannot be read ({cause}); bring it back from a backup, or move it away to begin with a new one"
    )]
    Key {
        /// The file.
        path: PathBuf,
        /// The cause.
        cause: String,
    },
    /// A line that is no head; 0 for the last.
    #[error("line {line} of {path} is not a head of the change log; bring the file back from a backup")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Not a public key.
    #[error("“{0}” is not a public key: 64 hexadecimal digits, as `causeway audit head` prints them")]
    PublicKey(String),
}

impl AuditError {
    fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}

/// All that this machine takes for true about the log: the keys in its folder, and the heads it has kept.
///
/// # Errors
/// [`AuditError`].
pub fn trust(folder: &DataFolder) -> Result<Trust, AuditError> {
    Ok(Trust { keys: trusted_keys(folder)?, heads: Heads::of(folder).read()? })
}
