//! What the operator and the administrator see of the queue, and do to it.

use db::{Db, Error as DbError, FromRow, Row, Timestamp, row};
use schemars::JsonSchema;
use serde::Serialize;

use super::queue::Job;
use super::worker::Failure;
use super::{Registry, State, store};
use crate::actor::{Actor, Role};
use crate::change::{self, Entry};
use crate::id::JobId;
use crate::page::{Ask, Page, Place};
use crate::schema::Moment;
use crate::{Error, Result};

/// A job as it is shown. Its payload is not: ids alone say little, and errors name what matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Job")]
pub struct JobView {
    /// Its id.
    pub id: JobId,
    /// Its kind, `slice.verb`.
    pub kind: String,
    /// Where it stands.
    pub state: State,
    /// When it is or was due.
    #[schemars(with = "Moment")]
    pub run_at: Timestamp,
    /// Runs so far.
    pub attempts: i64,
    /// The node that has it.
    pub worker: Option<String>,
    /// Whether it was asked to stop.
    pub stop_asked: bool,
    /// Steps done.
    pub step: i64,
    /// Steps in all, once it has said so.
    pub steps: Option<i64>,
    /// Why the last run failed.
    pub error: Option<String>,
    /// The request that caused it.
    pub request: Option<String>,
    /// When it was enqueued.
    #[schemars(with = "Moment")]
    pub made_at: Timestamp,
    /// When it ended.
    #[schemars(with = "Option<Moment>")]
    pub ended_at: Option<Timestamp>,
}

impl FromRow for JobView {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let code: String = row.get("state")?;
        let state =
            State::parse(&code).ok_or_else(|| DbError::Refused(format!("a job in the state “{code}”")))?;
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            state,
            run_at: row.get("run_at")?,
            attempts: row.get("attempts")?,
            worker: row.get("worker")?,
            stop_asked: row.get("stop_asked")?,
            step: row.get("step")?,
            steps: row.get("steps")?,
            error: row.get("error")?,
            request: row.get("request")?,
            made_at: row.get("made_at")?,
            ended_at: row.get("ended_at")?,
        })
    }
}

row!(
    /// The queue at a glance.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Overview {
        /// Jobs whose time has come.
        pub due_count: i64,
        /// Jobs whose time is yet to come.
        pub later_count: i64,
        /// Jobs in a worker's hands.
        pub running_count: i64,
        /// Jobs that failed for the last time.
        pub dead_count: i64,
        /// Since when the longest has been due.
        pub waiting_since: Option<Timestamp>,
    }
);

fn may_see(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator, Role::Auditor]) { Ok(()) } else { Err(Error::NotFound) }
}

fn may_change(actor: &Actor) -> Result<()> {
    may_see(actor)?;
    if actor.is_one_of(&[Role::Administrator]) {
        Ok(())
    } else {
        Err(Error::Denied("job-administrator-only"))
    }
}

/// Jobs, of one state or of all, newest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them; [`Error::Invalid`] naming `limit` or `after`.
pub async fn list(db: &Db, actor: &Actor, state: Option<State>, ask: Ask) -> Result<Page<JobView>> {
    may_see(actor)?;
    let ask = ask.checked()?;
    let place = ask.place()?;
    db.read(async |read| {
        let found = store::list(&read, state, place, ask.limit + 1).await?;
        Ok(Page::of(found, ask.limit, |last| Place::of(last.made_at, last.id.0).to_string()))
    })
    .await
}

/// One job.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn load(db: &Db, actor: &Actor, id: JobId) -> Result<JobView> {
    may_see(actor)?;
    db.read(async |read| store::find(&read, id).await?.ok_or(Error::NotFound)).await
}

/// The queue at a glance: for health and metrics, whoever asks.
///
/// # Errors
/// What the database says.
pub async fn overview(db: &Db) -> Result<Overview> {
    db.read(async |read| Ok(store::overview(&read).await?)).await
}

/// Runs a dead or stopped job again, from its first attempt.
///
/// # Errors
/// [`Error::Conflict`] where it has not ended badly.
pub async fn retry(db: &Db, actor: &Actor, id: JobId) -> Result<JobView> {
    may_change(actor)?;
    db.write(async |tx| {
        let job = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        if !store::requeue(&tx, id).await? {
            return Err(Error::Conflict("job-not-ended"));
        }
        record(&tx, actor, "job.retry", &job).await?;
        store::find(&tx, id).await?.ok_or(Error::NotFound)
    })
    .await
}

/// Stops a job: at once while it waits, at its next step while it runs.
///
/// # Errors
/// [`Error::Conflict`] where it has ended.
pub async fn stop(db: &Db, actor: &Actor, id: JobId) -> Result<JobView> {
    may_change(actor)?;
    db.write(async |tx| {
        let job = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        if !store::ask_to_stop(&tx, id).await? {
            return Err(Error::Conflict("job-ended"));
        }
        record(&tx, actor, "job.stop", &job).await?;
        store::find(&tx, id).await?.ok_or(Error::NotFound)
    })
    .await
}

async fn record(tx: &db::Tx, actor: &Actor, verb: &'static str, job: &JobView) -> Result<()> {
    let before = serde_json::json!({ "kind": job.kind, "state": job.state, "attempts": job.attempts });
    let entry = Entry { verb, kind: "job", subject: job.id.0, before: Some(before), after: None };
    change::record(tx, actor, entry).await?;
    Ok(())
}

/// Removes jobs that ended well some time ago, but for the newest of each kind that comes round.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub struct Sweep {
    /// Days that a job is kept after its end.
    pub keep_days: u32,
}

impl Job for Sweep {
    const KIND: &'static str = "job.sweep";
}

impl Sweep {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db) -> Registry {
        registry.on(move |sweep: Self, _| {
            let db = db.clone();
            async move {
                let keep = jiff::SignedDuration::from_hours(24 * i64::from(sweep.keep_days));
                let gone = db.write(async |tx| store::forget_done(&tx, tx.now() - keep).await).await;
                let gone = gone.map_err(Failure::from)?;
                tracing::info!(count = gone, "removed jobs that had ended");
                Ok(())
            }
        })
    }
}
