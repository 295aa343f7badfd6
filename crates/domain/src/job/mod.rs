//! Jobs: work that follows from a change, done later and at least once. Owns the queue, the workers and the schedules.
//! What a job does belongs to the slice whose job it is.
//!
//! A verb [`enqueue`]s in its own transaction, so that there is a job if and only if the change was kept. A worker claims
//! a job by a lease and keeps the lease alive while it works; when the worker dies, the lease ends and another takes the
//! job. So a crash loses none, and repeats at most the one each worker was at: a job must bear to be run again.

mod board;
mod queue;
mod schedule;
mod store;
mod worker;

pub use board::{JobView, Overview, Sweep, list, load, overview, retry, stop};
pub use queue::{Job, enqueue, enqueue_once};
pub use schedule::Schedule;
pub use worker::{Context, Failure, Registry, Settings, Worker};

/// Where a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "JobState")]
pub enum State {
    /// Waits for its time and for a worker.
    Queued,
    /// A worker has it.
    Running,
    /// It succeeded.
    Done,
    /// It failed for the last time; somebody must look.
    Dead,
    /// Somebody stopped it.
    Stopped,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Running, Self::Done, Self::Dead, Self::Stopped];

    /// Its code, as in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Stopped => "stopped",
        }
    }

    /// The state of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}
