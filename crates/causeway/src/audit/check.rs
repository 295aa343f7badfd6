//! The nightly check of the change log, as a job.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use db::Db;
use domain::Error;
use domain::change::{self, Trust};
use domain::job::{Failure, Job, Registry};

/// Verifies the whole log against the keys and heads of the node it runs on. A fault makes the job dead at once: that is
/// not to be tried again, but looked into.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Check {}

impl Job for Check {
    const KIND: &'static str = "change.verify";
}

impl Check {
    /// Adds what this job does to `registry`; `trust` reads what the node believes.
    pub fn register(
        registry: Registry,
        db: Db,
        folder: PathBuf,
        trust: impl Fn() -> Result<Trust, super::AuditError> + Send + Sync + 'static,
    ) -> Registry {
        let trust = Arc::new(trust);
        registry.on(move |_: Self, context| {
            let (db, folder, trust) = (db.clone(), folder.clone(), Arc::clone(&trust));
            async move {
                let trust = trust().map_err(|error| Failure::Again(Error::internal(error)))?;
                let reached = Arc::new(AtomicI64::new(0));
                let walking = {
                    let reached = Arc::clone(&reached);
                    let db = db.clone();
                    async move {
                        change::verify(&db, &trust, |rows| reached.store(rows, Ordering::Relaxed)).await
                    }
                };
                let mut walking = std::pin::pin!(walking);
                let verdict = loop {
                    tokio::select! {
                        verdict = &mut walking => break verdict?,
                        () = tokio::time::sleep(std::time::Duration::from_secs(1)) => {
                            let reached = u64::try_from(reached.load(Ordering::Relaxed)).unwrap_or(0);
                            context.progress(reached, reached).await?;
                        }
                    }
                };
                match verdict.fault {
                    None => Ok(()),
                    Some(fault) => {
                        tracing::error!(error = %fault, folder = %folder.display(), "the change log is not as it was written");
                        Err(Failure::Never(Error::internal(fault.to_string())))
                    }
                }
            }
        })
    }
}
