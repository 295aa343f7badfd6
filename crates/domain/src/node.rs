//! The processes that serve one database. Each gives a sign of life, which is also the proof that it can write, and makes
//! known the key by which it signs the change log. Whose keys are believed is not decided here, nor anywhere in the database.

use db::{Db, Timestamp, Uuid, row, sql};
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use crate::Result;
use crate::actor::Actor;
use crate::change::{self, Entry, PublicKey};

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

row!(
    /// A key that a node has made known, and when it first did.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct NodeKey {
        /// The public key, in hex.
        pub key: PublicKey,
        /// The node, as it was called then.
        pub node: String,
        /// When.
        pub made_at: Timestamp,
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

/// Makes the key of a node known to all nodes, and tells whether it was not. It is believed by none for that: whoever can
/// write to the database could make one known as well.
///
/// # Errors
/// What the database says.
pub async fn announce_key(db: &Db, node: &str, key: &str) -> Result<bool> {
    db.write(async |tx| {
        let id: Uuid = tx.new_id();
        let inserted = tx
            .run(sql!(
                "insert into node_key (id, key, node, made_at) values ($1, $2, $3, $4) on conflict (key) do nothing",
                id,
                key,
                node,
                tx.now()
            ))
            .await?;
        if inserted == 0 {
            return Ok(false);
        }
        let after = Some(json!({ "node": node, "key": key }));
        let entry =
            Entry { verb: "node.announce_key", kind: "node_key", subject: id, before: None, after };
        change::record(&tx, &Actor::system(), entry).await?;
        Ok(true)
    })
    .await
}

/// Every key that was made known, oldest first.
///
/// # Errors
/// What the database says.
pub async fn keys(db: &Db) -> Result<Vec<NodeKey>> {
    db.read(async |read| {
        Ok(read.all(sql!("select key, node, made_at from node_key order by made_at, key")).await?)
    })
    .await
}
