//! Putting jobs into the queue.

use db::{Timestamp, Tx};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::store;
use crate::actor::Actor;
use crate::id::JobId;
use crate::{Error, Result};

/// Work of one kind. Its fields are ids and settings, never content: what it works on is read when it runs.
pub trait Job: Serialize + DeserializeOwned + Send + 'static {
    /// Its name, `slice.verb`, for ever: jobs of an older release are still read by it.
    const KIND: &'static str;
}

/// Enqueues `job`, to be run at `run_at` or soon after, with the transaction that causes it.
///
/// # Errors
/// What the database says.
pub async fn enqueue<J: Job>(tx: &Tx, actor: &Actor, job: &J, run_at: Timestamp) -> Result<JobId> {
    let id = JobId(tx.new_id());
    let payload = serde_json::to_value(job).map_err(Error::internal)?;
    store::insert(tx, id, actor, J::KIND, &payload, None, run_at).await?;
    Ok(id)
}

/// Enqueues `job` unless one with the same `key` is still on the board: then `None`. A [`Sweep`](super::Sweep) takes jobs
/// off it, but never the newest of a kind that has a key: keys that follow one another are enqueued once each.
///
/// # Errors
/// What the database says.
pub async fn enqueue_once<J: Job>(
    tx: &Tx,
    actor: &Actor,
    job: &J,
    key: &str,
    run_at: Timestamp,
) -> Result<Option<JobId>> {
    let id = JobId(tx.new_id());
    let payload = serde_json::to_value(job).map_err(Error::internal)?;
    let inserted = store::insert(tx, id, actor, J::KIND, &payload, Some(key), run_at).await?;
    Ok(inserted.then_some(id))
}
