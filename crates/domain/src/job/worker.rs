//! Workers: they claim jobs by a lease, run them, and settle them.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use db::Db;
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use serde_json::Value as Json;
use tokio::sync::watch;

use super::State;
use super::queue::Job;
use super::store::{self, Claimed, Ending};
use crate::id::JobId;
use crate::{Error, Result};

/// Why a run of a job did not succeed.
#[derive(Debug)]
pub enum Failure {
    /// It may succeed later: run it again after a while.
    Again(Error),
    /// It will never succeed.
    Never(Error),
    /// It was asked to stop, and did.
    Stopped,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Again(error)
    }
}

impl From<db::Error> for Failure {
    fn from(error: db::Error) -> Self {
        Self::Again(error.into())
    }
}

/// What a running job is given.
#[derive(Clone, Debug)]
pub struct Context {
    /// The job's id.
    pub id: JobId,
    /// Which run this is, from 1.
    pub attempt: u32,
    db: Db,
    stop: Arc<AtomicBool>,
}

impl Context {
    /// Says that `step` of `steps` are done, for those who wait for it.
    ///
    /// # Errors
    /// [`Failure::Stopped`] once somebody has asked the job to stop, or another worker has it: pass it on with `?`.
    pub async fn progress(&self, step: u64, steps: u64) -> Result<(), Failure> {
        if self.stop_asked() {
            return Err(Failure::Stopped);
        }
        let (step, steps) =
            (i64::try_from(step).unwrap_or(i64::MAX), i64::try_from(steps).unwrap_or(i64::MAX));
        let held = self
            .db
            .write(async |tx| store::progress(&tx, self.id, i64::from(self.attempt), step, steps).await)
            .await?;
        if held { Ok(()) } else { Err(Failure::Stopped) }
    }

    /// Whether somebody has asked the job to stop, or the program is going down. At most a third of a lease old.
    pub fn stop_asked(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

type Outcome = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>>;
type Run = Box<dyn Fn(Json, Context) -> Outcome + Send + Sync>;

/// What to run for each kind of job.
#[derive(Default)]
pub struct Registry(HashMap<&'static str, Run>);

impl std::fmt::Debug for Registry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Registry {
    /// Adds what is to be done for jobs of the kind `J`.
    #[must_use]
    pub fn on<J, F>(mut self, run: impl Fn(J, Context) -> F + Send + Sync + 'static) -> Self
    where
        J: Job,
        F: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let run = move |payload: Json, context: Context| -> Outcome {
            match serde_json::from_value::<J>(payload) {
                Ok(job) => Box::pin(run(job, context)),
                Err(error) => Box::pin(async move { Err(Failure::Never(Error::internal(error))) }),
            }
        };
        self.0.insert(J::KIND, Box::new(run));
        self
    }
}

/// How workers work.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The name of the node, for whoever looks at the board.
    pub node: String,
    /// How long a job stays with a worker that gives no sign of life.
    pub lease: Duration,
    /// Runs before a job counts as dead.
    pub max_attempts: u32,
    /// How long an idle worker waits before it looks again. Jobs that this node enqueues wait no longer than this.
    pub idle: Duration,
}

/// One worker of a node. Several may run side by side.
#[derive(Clone, Debug)]
pub struct Worker {
    db: Db,
    registry: Arc<Registry>,
    settings: Settings,
}

impl Worker {
    /// A worker for the jobs that `registry` knows.
    pub fn new(db: Db, registry: Arc<Registry>, settings: Settings) -> Self {
        Self { db, registry, settings }
    }

    /// Runs jobs until `shutdown` turns true. The job it is at is asked to stop and waited for, and goes back to the
    /// queue if it does not finish.
    pub async fn run(&self, mut shutdown: watch::Receiver<bool>) {
        while !*shutdown.borrow() {
            match self.run_one_until(shutdown.clone()).await {
                Ok(true) => {}
                Ok(false) => idle(self.settings.idle, &mut shutdown).await,
                Err(error) => {
                    tracing::warn!(error = %error, "the job queue cannot be read");
                    idle(self.settings.idle.max(Duration::from_secs(1)), &mut shutdown).await;
                }
            }
        }
    }

    /// Claims and runs one job that is due, and tells whether there was one.
    ///
    /// # Errors
    /// What the database says when claiming or settling; a job's own failure is settled, not returned.
    pub async fn run_one(&self) -> Result<bool> {
        let (_keep, never) = watch::channel(false);
        self.run_one_until(never).await
    }

    async fn run_one_until(&self, shutdown: watch::Receiver<bool>) -> Result<bool> {
        let lease = SignedDuration::try_from(self.settings.lease).unwrap_or(SignedDuration::MAX);
        let claimed = self.db.write(async |tx| store::claim(&tx, &self.settings.node, lease).await).await?;
        let Some(job) = claimed else { return Ok(false) };
        if let Some((state, error)) = self.end_unrun(&job) {
            self.end(&job, state, error, SignedDuration::ZERO, false).await?;
            return Ok(true);
        }
        let stop = Arc::new(AtomicBool::new(false));
        let context = Context {
            id: job.id,
            attempt: u32::try_from(job.attempts).unwrap_or(u32::MAX),
            db: self.db.clone(),
            stop: Arc::clone(&stop),
        };
        let outcome = match self.registry.0.get(job.kind.as_str()) {
            Some(run) => {
                // Within the block, so that what panics before there is a future is caught as well.
                let payload = job.payload.clone();
                let run = AssertUnwindSafe(async { run(payload, context).await }).catch_unwind();
                let kept = self.keep_lease(&job, lease, &stop, shutdown.clone());
                tokio::select! {
                    outcome = run => outcome.unwrap_or_else(|_| Err(Failure::Again(Error::internal("the job panicked")))),
                    () = kept => return Ok(true),
                }
            }
            None => Err(Failure::Again(Error::internal("this release knows no job of that kind"))),
        };
        let going_down = *shutdown.borrow();
        self.settle(&job, outcome, going_down).await?;
        Ok(true)
    }

    /// Renews the lease while the job runs. Returns when the lease was lost: somebody else has the job then.
    async fn keep_lease(
        &self,
        job: &Claimed,
        lease: SignedDuration,
        stop: &AtomicBool,
        mut shutdown: watch::Receiver<bool>,
    ) {
        loop {
            idle(self.settings.lease / 3, &mut shutdown).await;
            if *shutdown.borrow() {
                stop.store(true, Ordering::Relaxed);
                tokio::time::sleep(self.settings.lease / 3).await;
            }
            match self.db.write(async |tx| store::renew(&tx, job, lease).await).await {
                Ok(Some(asked)) => stop.store(asked || *shutdown.borrow(), Ordering::Relaxed),
                Ok(None) => {
                    tracing::warn!(job = job.kind, job_id = %job.id, "lost its lease; it was given to another worker");
                    return;
                }
                Err(error) => {
                    tracing::warn!(%error, job = job.kind, job_id = %job.id, "cannot renew the lease");
                }
            }
        }
    }

    /// Where a job ends that is not to be run: one that was asked to stop while nobody was there to stop it, and one
    /// that had every run it may have. The latter gets here when its last worker died; it may well be what kills them.
    fn end_unrun(&self, job: &Claimed) -> Option<(State, Option<Error>)> {
        if job.stop_asked {
            return Some((State::Stopped, None));
        }
        let most = self.settings.max_attempts;
        (job.attempts > i64::from(most)).then(|| {
            let error = format!(
                "no run of it is left, of {most}, and the last came to no end, most likely since its worker died: \
                 see what the nodes' logs say of that time, then retry it"
            );
            (State::Dead, Some(Error::internal(error)))
        })
    }

    async fn settle(&self, job: &Claimed, outcome: Result<(), Failure>, going_down: bool) -> Result<()> {
        let given_back = going_down && matches!(outcome, Err(Failure::Stopped));
        let (state, error) = match outcome {
            Ok(()) => (State::Done, None),
            Err(Failure::Stopped) if going_down => (State::Queued, None),
            Err(Failure::Stopped) => (State::Stopped, None),
            Err(Failure::Never(error)) => (State::Dead, Some(error)),
            Err(Failure::Again(error)) if job.attempts >= i64::from(self.settings.max_attempts) => {
                (State::Dead, Some(error))
            }
            Err(Failure::Again(error)) => (State::Queued, Some(error)),
        };
        let wait = if going_down { SignedDuration::ZERO } else { back_off(job.attempts) };
        self.end(job, state, error, wait, !given_back).await
    }

    async fn end(
        &self,
        job: &Claimed,
        state: State,
        error: Option<Error>,
        wait: SignedDuration,
        counts: bool,
    ) -> Result<()> {
        if let Some(error) = &error {
            tracing::warn!(job = job.kind, job_id = %job.id, attempt = job.attempts, %error, "a job failed");
        }
        let error = error.map(|error| error.to_string());
        self.db
            .write(async |tx| {
                let ending = Ending { state, error: error.clone(), run_at: tx.now() + wait, counts };
                store::settle(&tx, job, &ending).await
            })
            .await?;
        Ok(())
    }
}

/// The pause after failed run `attempts`: 10 s, doubled each time, one hour at the most.
fn back_off(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 10) - 1).unwrap_or(0);
    SignedDuration::from_secs((10 << doublings).min(3600))
}

async fn idle(pause: Duration, shutdown: &mut watch::Receiver<bool>) {
    // A sender that is gone means that nobody will ever say so: then the pause alone counts.
    if shutdown.has_changed().is_err() {
        tokio::time::sleep(pause).await;
        return;
    }
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        _ = shutdown.wait_for(|down| *down) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_an_hour() {
        let pauses: Vec<i64> =
            [1, 2, 3, 9, 10, 50].map(back_off).iter().map(SignedDuration::as_secs).collect();
        assert_eq!(pauses, [10, 20, 40, 2560, 3600, 3600]);
    }
}
