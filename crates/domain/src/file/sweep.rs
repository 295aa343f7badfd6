//! The sweep: bytes on the shelf that nothing names are removed.

use db::Db;
use jiff::SignedDuration;

use super::{Shelf, store};
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
    for (step, (digest, put_at)) in (0..).zip(digests) {
        if step % 256 == 0 {
            context.progress(step, steps).await?;
        }
        if put_at < oldest && !db.read(async |read| store::is_named(&read, &digest).await).await? {
            shelf.remove(&digest).await?;
            tracing::info!(file = digest, "removed bytes that nothing names");
        }
    }
    context.progress(steps, steps).await
}
