//! The sweep: bytes on the shelf that nothing names are removed.

use std::collections::HashMap;

use db::{Db, Timestamp};
use jiff::SignedDuration;

use super::{Shelf, store};
use crate::Result;
use crate::job::{Context, Failure, Job, Registry};

/// How long bytes are left alone, so that an upload in progress is not taken for a left-over.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

/// Removes bytes that nothing names, a day after they were put there.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "file.sweep";
}

impl Sweep {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db, shelf: Shelf) -> Registry {
        registry.on(move |_: Self, context| {
            let (db, shelf) = (db.clone(), shelf.clone());
            async move { sweep(&db, &shelf, &context).await }
        })
    }
}

async fn sweep(db: &Db, shelf: &Shelf, context: &Context) -> Result<(), Failure> {
    let digests = shelf.digests().await?;
    let steps = digests.len() as u64;
    let oldest = db.clock().now() - GRACE;
    let mut left_over = Vec::new();
    for (step, (digest, put_at)) in (0..).zip(digests) {
        if step % 256 == 0 {
            context.progress(step, steps).await?;
        }
        if put_at < oldest && !is_named(db, &digest).await? {
            left_over.push((digest, put_at));
        }
    }
    if !left_over.is_empty() {
        remove(db, shelf, left_over).await?;
    }
    context.progress(steps, steps).await
}

/// Removes each of `left_over` that was not put on the shelf again since it was found.
async fn remove(db: &Db, shelf: &Shelf, left_over: Vec<(String, Timestamp)>) -> Result<()> {
    let now: HashMap<String, Timestamp> = shelf.digests().await?.into_iter().collect();
    for (digest, put_at) in left_over {
        if now.get(&digest) == Some(&put_at) && !is_named(db, &digest).await? {
            remove_unnamed(db, shelf, &digest).await?;
        }
    }
    Ok(())
}

/// Removes the bytes under `digest`, and puts them back where somebody came to name them meanwhile. An upload looks for
/// its bytes once they are named, and this looks for a name once the bytes are gone: whichever comes last sees the other.
async fn remove_unnamed(db: &Db, shelf: &Shelf, digest: &str) -> Result<()> {
    let content = shelf.get(digest).await?;
    shelf.remove(digest).await?;
    // Where even this question fails, they are put back: the next sweep asks again.
    let named = is_named(db, digest).await;
    if matches!(named, Ok(false)) {
        tracing::info!(file = digest, "removed bytes that nothing names");
    } else {
        shelf.put(digest, content).await?;
    }
    named.map(|_| ())
}

async fn is_named(db: &Db, digest: &str) -> Result<bool> {
    Ok(db.read(async |read| store::is_named(&read, digest).await).await?)
}
