//! Jobs that come round.

use std::time::Duration;

use db::{Db, Timestamp};
use jiff::SignedDuration;

use super::queue::{Job, enqueue_once};
use crate::Result;
use crate::actor::Actor;
use crate::id::JobId;

/// A job that is due once in every period. The periods are counted from the epoch, so that all nodes agree on them, and
/// the job's key names its period, so that only one of them enqueues it. What fell due while no node ran is made up for
/// once, not once for each period that went by.
#[derive(Clone, Debug)]
pub struct Schedule {
    every: SignedDuration,
}

impl Schedule {
    /// Every `period`, one minute at the least.
    pub fn every(period: Duration) -> Self {
        let every = SignedDuration::try_from(period).unwrap_or(SignedDuration::MAX);
        Self { every: every.max(SignedDuration::from_mins(1)) }
    }

    /// The number of the period that `at` lies in.
    fn period(&self, at: Timestamp) -> i64 {
        at.as_second().div_euclid(self.every.as_secs())
    }

    /// How long to wait until the next period begins.
    pub fn wait(&self, now: Timestamp) -> Duration {
        let next = (self.period(now) + 1).saturating_mul(self.every.as_secs());
        Duration::from_secs(u64::try_from(next - now.as_second()).unwrap_or(0).max(1))
    }

    /// Enqueues the job of the present period, unless that was done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enqueue<J: Job>(&self, db: &Db, job: &J) -> Result<Option<JobId>> {
        db.write(async |tx| {
            let key = format!("{} {}", J::KIND, self.period(tx.now()));
            enqueue_once(&tx, &Actor::system(), job, &key, tx.now()).await
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_the_same_on_every_node() {
        let daily = Schedule::every(Duration::from_secs(86_400));
        let morning: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        let evening: Timestamp = "2026-11-23T23:59:59Z".parse().unwrap();
        let next: Timestamp = "2026-11-24T00:00:00Z".parse().unwrap();
        assert_eq!(daily.period(morning), daily.period(evening));
        assert_eq!(daily.period(next), daily.period(morning) + 1);
        assert_eq!(daily.wait(morning), Duration::from_secs(16 * 3600));
        assert_eq!(daily.wait(evening), Duration::from_secs(1));
        assert_eq!(Schedule::every(Duration::ZERO).wait(next), Duration::from_secs(60));
    }
}
