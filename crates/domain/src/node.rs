//! The processes that serve one database. Each gives a sign of life, which is also the proof that it can write.

use db::{Db, Timestamp, row, sql};
use jiff::SignedDuration;
use serde::Serialize;

use crate::Result;

row!(
    /// A process and its last sign of life.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Node {
        /// Its name: host and process.
        pub name: String,
        /// The release it runs.
        pub version: String,
        /// Since when it has been running.
        pub started_at: Timestamp,
        /// Its last sign of life.
        pub seen_at: Timestamp,
    }
);

/// Nodes silent for longer than this are forgotten.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// Gives a sign of life, durable when it returns.
///
/// # Errors
/// What the database says: the node cannot write then.
pub async fn give_sign(db: &Db, name: &str, version: &str, started_at: Timestamp) -> Result<()> {
    db.write(async |tx| {
        tx.run(sql!(
            "insert into node (name, version, started_at, seen_at) values ($1, $2, $3, $4)
            on conflict (name) do update set version = excluded.version, started_at = excluded.started_at,
                seen_at = excluded.seen_at",
            name,
            version,
            started_at,
            tx.now()
        ))
        .await?;
        tx.run(sql!("delete from node where seen_at < $1", tx.now() - FORGOTTEN)).await?;
        Ok(())
    })
    .await
}

/// Takes a node off the list when it goes down in order.
///
/// # Errors
/// What the database says.
pub async fn leave(db: &Db, name: &str) -> Result<()> {
    db.write(async |tx| {
        tx.run(sql!("delete from node where name = $1", name)).await?;
        Ok(())
    })
    .await
}

/// Every node that has given a sign of life within a day, by name.
///
/// # Errors
/// What the database says.
pub async fn list(db: &Db) -> Result<Vec<Node>> {
    db.read(async |read| {
        Ok(read.all(sql!("select name, version, started_at, seen_at from node order by name")).await?)
    })
    .await
}
