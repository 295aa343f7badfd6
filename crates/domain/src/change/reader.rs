//! Readers of the log: each has a name and a cursor, and is told every change once it is sealed.

use db::{Db, Read, Tx};

use super::{Change, log, store};
use crate::Result;

/// A reader whose cursor lies in the database: it goes on where it stopped, on whatever node it next runs.
///
/// A reader whose effects lie in the database keeps its cursor in the same transaction ([`Reader::keep`]) and does each
/// exactly once. One whose effects lie outside keeps it afterwards, and must bear a repetition.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    name: &'static str,
}

/// How far a reader is behind.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Lag {
    /// The reader.
    pub name: String,
    /// The position it has come to.
    pub position: i64,
    /// The sealed changes it has not read.
    pub behind: i64,
}

impl Reader {
    /// The reader called `name`. The first time, it begins before the first change.
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }

    /// The next changes, at most `limit`, in the order of the log.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next(&self, read: &Read, limit: u32) -> Result<Vec<Change>> {
        let position = store::cursor(read, self.name).await?;
        log::after(read, position, limit).await
    }

    /// Moves the cursor to `position`, that of the last change that was dealt with. Never back: of two nodes that run
    /// the same reader at once, the one behind changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep(&self, tx: &Tx, position: i64) -> Result<()> {
        Ok(store::keep_cursor(tx, self.name, position).await?)
    }
}

/// How far each reader is behind.
///
/// # Errors
/// What the database says.
pub async fn lags(db: &Db) -> Result<Vec<Lag>> {
    db.read(async |read| Ok(store::lags(&read).await?)).await
}
