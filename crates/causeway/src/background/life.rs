//! Signs of life: proof, every few seconds, that this process can write to its database and to its folder.

use std::sync::Arc;
use std::time::{Duration, Instant};

use db::Timestamp;
use domain::{Error, Result, node};
use jiff::SignedDuration;
use tokio::sync::watch;

use super::{node_name, pause};
use crate::site::Site;

const EVERY: Duration = Duration::from_secs(2);

/// Below this, the disk counts as full before it is: the database needs room to make room.
const LEAST_FREE: u64 = 16 << 20;

/// A database whose newest row lies further in the future than this was written with a clock that went wrong.
const FUTURE: SignedDuration = SignedDuration::from_mins(5);

/// How long the database may take to answer a probe. One that hangs is as little use as one that refuses.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn run(site: Arc<Site>, health: web::Health, mut stopped: watch::Receiver<bool>) {
    let name = node_name();
    let started_at = site.db.clock().now();
    let mut watch = Watch::start(started_at, Instant::now());
    while !*stopped.borrow() {
        if let Some(jump) = watch.look(site.db.clock().now(), Instant::now()) {
            tell_of(jump);
        }
        let sign = node::give_sign(&site.db, &name, env!("CARGO_PKG_VERSION"), started_at);
        health.set("database", in_time(sign).await.map_err(|error| cause(&error)));
        health.set("disk", room(&site));
        health.set("clock", clock(&site).await);
        pause(EVERY, &mut stopped).await;
    }
    // Whoever looks at the list sees a silent node if this fails, and the list forgets it after a day.
    in_time(node::leave(&site.db, &name)).await.ok();
}

/// A step of the clock larger than this is a jump: a clock that is kept right is slewed, or stepped by less.
const JUMP: SignedDuration = SignedDuration::from_secs(10);

/// The machine's clock, held against the time that has really passed.
struct Watch {
    clock: Timestamp,
    passed: Instant,
}

impl Watch {
    fn start(clock: Timestamp, passed: Instant) -> Self {
        Self { clock, passed }
    }

    /// By how much the clock has jumped since the last look, if it has.
    fn look(&mut self, clock: Timestamp, passed: Instant) -> Option<SignedDuration> {
        let went =
            SignedDuration::try_from(passed.duration_since(self.passed)).unwrap_or(SignedDuration::MAX);
        let jump = clock.duration_since(self.clock).saturating_sub(went);
        *self = Self { clock, passed };
        (jump.abs() > JUMP).then_some(jump)
    }
}

/// Time zones are no jump; a machine that slept, one whose clock was wrong, and one whose clock has gone wrong are.
fn tell_of(jump: SignedDuration) {
    let by = jump.as_secs();
    if jump.is_negative() {
        tracing::error!(
            seconds = by,
            "the machine's clock jumped back: what is dated after its new time lies in the future now, and no work is lost; \
             see that the clock is right (timedatectl)"
        );
    } else {
        tracing::error!(
            seconds = by,
            "the machine's clock jumped forwards: tokens and sessions may have expired by it, and no work is lost; see that \
             the clock is right (timedatectl)"
        );
    }
}

/// What `probe` answers, or that it did not answer in time.
async fn in_time<T>(probe: impl Future<Output = Result<T>>) -> Result<T> {
    let late = || Error::Unavailable(format!("no answer within {} s", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, probe).await.unwrap_or_else(|_| Err(late()))
}

/// What anybody may know of it; the log has the rest.
fn cause(error: &Error) -> String {
    tracing::warn!(%error, "the database cannot be written to");
    match error {
        Error::Full(_) => "cannot be written to: free space on its disk; reading goes on",
        _ => "cannot be written to: see this node's log",
    }
    .to_owned()
}

fn room(site: &Site) -> Result<(), String> {
    let free = free_bytes(site.folder.path()).map_err(|error| {
        tracing::warn!(%error, "the data folder cannot be looked at");
        "the data folder cannot be looked at: see this node's log".to_owned()
    })?;
    if free >= LEAST_FREE {
        return Ok(());
    }
    Err(format!("only {} MiB are free in the data folder: free space on its disk", free >> 20))
}

/// Bytes that this process may still use on the disk that holds `path`.
pub(crate) fn free_bytes(path: &std::path::Path) -> std::io::Result<u64> {
    let state = rustix::fs::statvfs(path)?;
    Ok(state.f_bavail.saturating_mul(state.f_frsize))
}

async fn clock(site: &Site) -> Result<(), String> {
    let ahead = in_time(future_by(&site.db)).await.map_err(|error| {
        tracing::warn!(%error, "the newest change cannot be read");
        "the newest change cannot be read: see this node's log".to_owned()
    })?;
    if ahead <= FUTURE {
        return Ok(());
    }
    Err(format!(
        "the newest change lies {} minutes ahead of this machine's clock: set the clock right (timedatectl)",
        ahead.as_mins()
    ))
}

/// How far the newest change lies in the future of this machine's clock; negative when it does not.
pub(crate) async fn future_by(db: &db::Db) -> Result<SignedDuration> {
    let newest = db.read(async |read| domain::change::newest(&read).await).await?;
    Ok(newest.map_or(SignedDuration::MIN, |newest| newest.duration_since(db.clock().now())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_is_told_from_time_that_passes() {
        let (start, begun): (Timestamp, _) = ("2026-11-23T08:00:00Z".parse().unwrap(), Instant::now());
        let mut watch = Watch::start(start, begun);
        let mut look = |clock: i64, passed: u64| {
            let clock = start + SignedDuration::from_secs(clock);
            watch.look(clock, begun + Duration::from_secs(passed)).map(|jump| jump.as_secs())
        };
        let (day, year) = (86_400, 365 * 86_400);
        assert_eq!(look(2, 2), None);
        assert_eq!(look(7, 4), None, "a small step is no jump");
        assert_eq!(look(9 - day, 6), Some(-day));
        assert_eq!(look(11 - day, 8), None, "and it goes on from there");
        assert_eq!(look(13 - day + year, 10), Some(year));
        assert_eq!(look(3613 - day + year, 3610), None, "an hour in which nobody looked");
    }

    #[tokio::test(start_paused = true)]
    async fn a_database_that_hangs_has_failed_and_what_it_says_stays_in_the_log() {
        let hanging = in_time(std::future::pending::<Result<()>>()).await.unwrap_err();
        assert!(matches!(hanging, Error::Unavailable(_)), "{hanging:?}");
        for error in
            [hanging, Error::Unavailable("/srv/causeway: no".to_owned()), Error::Full("/srv".to_owned())]
        {
            let told = cause(&error);
            assert!(told.starts_with("cannot be written to") && !told.contains('/'), "{told}");
        }
    }
}
