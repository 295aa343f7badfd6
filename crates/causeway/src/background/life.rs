//! Signs of life: proof, every few seconds, that this process can write to its database and to its folder.

use std::sync::Arc;
use std::time::Duration;

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
    while !*stopped.borrow() {
        let sign = node::give_sign(&site.db, &name, env!("CARGO_PKG_VERSION"), started_at);
        health.set("database", in_time(sign).await.map_err(|error| cause(&error)));
        health.set("disk", room(&site));
        health.set("clock", clock(&site).await);
        pause(EVERY, &mut stopped).await;
    }
    // Whoever looks at the list sees a silent node if this fails, and the list forgets it after a day.
    in_time(node::leave(&site.db, &name)).await.ok();
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
