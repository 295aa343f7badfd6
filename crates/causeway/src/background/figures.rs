//! The figures that are read from the database now and then.

use std::sync::Arc;
use std::time::Duration;

use domain::{change, job, notice};
use tokio::sync::watch;

use super::{pause, seconds_since};
use crate::site::Site;

const EVERY: Duration = Duration::from_secs(10);

pub(super) async fn run(site: Arc<Site>, metrics: web::Metrics, mut stopped: watch::Receiver<bool>) {
    let due = metrics.gauge("causeway_jobs_due", "Jobs whose time has come.");
    let running = metrics.gauge("causeway_jobs_running", "Jobs in a worker's hands.");
    let dead = metrics.gauge("causeway_jobs_dead", "Jobs that failed for the last time.");
    let waiting =
        metrics.gauge("causeway_jobs_waiting_seconds", "How long the job that is due longest has waited.");
    let letters =
        metrics.gauge("causeway_letters_waiting", "Letters that wait to be sent, or to be tried again.");
    let letters_dead = metrics.gauge("causeway_letters_dead", "Letters that were given up.");
    let letters_oldest = metrics
        .gauge("causeway_letters_waiting_seconds", "How long the letter that waits longest has waited.");
    let unsealed = metrics.gauge("causeway_changes_unsealed", "Changes that wait for their seal.");
    let size = metrics.gauge("causeway_database_bytes", "Size of the database.");
    let free = metrics.gauge("causeway_disk_free_bytes", "Free space in the data folder.");
    let wal = metrics.gauge("causeway_wal_bytes", "Size of SQLite's write-ahead log.");
    while !*stopped.borrow() {
        if let Ok(overview) = job::overview(&site.db).await {
            due.set(overview.due_count);
            running.set(overview.running_count);
            dead.set(overview.dead_count);
            let now = site.db.clock().now();
            waiting.set(overview.waiting_since.map_or(0, |since| seconds_since(since, now)));
        }
        if let Ok(overview) = notice::overview(&site.db).await {
            letters.set(overview.queued_count + overview.failed_count);
            letters_dead.set(overview.dead_count);
            let now = site.db.clock().now();
            letters_oldest.set(overview.waiting_since.map_or(0, |since| seconds_since(since, now)));
        }
        if let Ok(count) = site.db.read(async |read| change::unsealed(&read).await).await {
            unsealed.set(count);
        }
        if let Ok(probe) = site.db.probe().await {
            size.set(probe.bytes);
        }
        if let Ok(bytes) = super::life::free_bytes(site.folder.path()) {
            free.set(i64::try_from(bytes).unwrap_or(i64::MAX));
        }
        let log = site.folder.database().with_extension("db-wal");
        wal.set(log.metadata().map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX)));
        pause(EVERY, &mut stopped).await;
    }
}
