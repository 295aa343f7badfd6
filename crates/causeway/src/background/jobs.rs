//! The jobs of this program: what runs for each kind, and what comes round.

use std::sync::Arc;
use std::time::Duration;

use domain::job::{Job, Registry, Schedule, Settings, Worker};
use domain::{file, job};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{node_name, pause};
use crate::audit;
use crate::backup::{Make, Source};
use crate::site::Site;

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_millis(500);

const DAILY: Duration = Duration::from_secs(24 * 3600);

/// Days that a job which ended well is kept on the board.
const KEEP_DAYS: u32 = 30;

/// What is run for each kind of job.
pub fn registry(site: &Arc<Site>) -> Registry {
    let registry = job::Sweep::register(Registry::default(), site.db.clone());
    let registry = file::Sweep::register(registry, site.db.clone(), site.shelf.clone());
    let source = Source::new(site.db.clone(), site.shelf.clone(), &site.folder);
    let keep = site.config.backup.keep as usize;
    let registry = Make::register(registry, source, site.backup_folder(), keep);
    let believing = Arc::clone(site);
    let folder = site.folder.path().to_owned();
    audit::Check::register(registry, site.db.clone(), folder, move || audit::trust(&believing.folder))
}

pub(super) fn spawn(tasks: &mut JoinSet<()>, site: &Arc<Site>, stopped: &watch::Receiver<bool>) {
    let registry = Arc::new(registry(site));
    let settings = Settings {
        node: node_name(),
        lease: site.config.jobs.lease,
        max_attempts: site.config.jobs.max_attempts,
        idle: IDLE,
    };
    for _ in 0..site.config.jobs.workers {
        let worker = Worker::new(site.db.clone(), Arc::clone(&registry), settings.clone());
        let stopped = stopped.clone();
        tasks.spawn(async move { worker.run(stopped).await });
    }
    let round = |period: Duration| Schedule::every(period);
    tasks.spawn(come_round(site.clone(), round(DAILY), job::Sweep { keep_days: KEEP_DAYS }, stopped.clone()));
    tasks.spawn(come_round(site.clone(), round(DAILY), file::Sweep {}, stopped.clone()));
    tasks.spawn(come_round(site.clone(), round(DAILY), audit::Check {}, stopped.clone()));
    if let Some(every) = site.config.backup.every {
        tasks.spawn(come_round(site.clone(), round(every), Make {}, stopped.clone()));
    }
}

/// The longest that is slept at a stretch, so that a machine that was asleep itself does not miss a period.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

async fn come_round<J: Job + Sync>(
    site: Arc<Site>,
    schedule: Schedule,
    job: J,
    mut stopped: watch::Receiver<bool>,
) {
    while !*stopped.borrow() {
        if let Err(error) = schedule.enqueue(&site.db, &job).await {
            tracing::warn!(%error, job = J::KIND, "cannot be enqueued");
        }
        pause(schedule.wait(site.db.clock().now()).min(LONGEST_SLEEP), &mut stopped).await;
    }
}
