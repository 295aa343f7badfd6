//! The jobs of this program: what runs for each kind, and what comes round.

use std::sync::Arc;
use std::time::Duration;

use domain::job::{Job, Registry, Schedule, Settings, Worker};
use domain::{account, file, job, membership, notice, organisation};
use mail::Post;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Tasks, node_name, pause};
use crate::audit;
use crate::backup::{Make, Source};
use crate::site::Site;

/// How long an idle worker waits before it looks again.
const IDLE: Duration = Duration::from_millis(500);

const DAILY: Duration = Duration::from_secs(24 * 3600);

/// Days that a job which ended well is kept on the board.
const KEEP_DAYS: u32 = 30;

/// What is run for each kind of job.
pub fn registry(site: &Arc<Site>, post: Arc<Post>) -> Registry {
    let registry = job::Sweep::register(Registry::default(), site.db.clone());
    let registry = notice::Sweep::register(registry, site.db.clone());
    let registry = post.register(registry, site.db.clone());
    let registry = file::Sweep::register(registry, site.db.clone(), site.shelf.clone());
    let registry = organisation::import::Import::register(registry, site.db.clone(), site.shelf.clone());
    let registry = membership::Sweep::register(registry, site.db.clone());
    let registry = account::Sweep::register(registry, site.db.clone());
    let source = Source::new(site.db.clone(), site.shelf.clone(), &site.folder);
    let keep = site.config.backup.keep as usize;
    let registry = Make::register(registry, source, site.backup_folder(), keep);
    let believing = Arc::clone(site);
    let folder = site.folder.path().to_owned();
    audit::Check::register(registry, site.db.clone(), folder, move || audit::trust(&believing.folder))
}

pub(super) fn spawn(tasks: &mut Tasks, site: &Arc<Site>, post: Arc<Post>) {
    let registry = Arc::new(registry(site, post));
    let settings = Settings {
        node: node_name(),
        lease: site.config.jobs.lease,
        max_attempts: site.config.jobs.max_attempts,
        idle: IDLE,
    };
    let workers = site.config.jobs.workers;
    let (db, stopped) = (site.db.clone(), tasks.stopped.clone());
    tasks.watch("workers", move || {
        let worker = Worker::new(db.clone(), Arc::clone(&registry), settings.clone());
        let stopped = stopped.clone();
        let work = move || {
            let (worker, stopped) = (worker.clone(), stopped.clone());
            async move { worker.run(stopped).await }
        };
        all((0..workers).map(move |_| work()))
    });
    come_round(tasks, "schedule-job-sweep", site, DAILY, || job::Sweep { keep_days: KEEP_DAYS });
    come_round(tasks, "schedule-file-sweep", site, DAILY, || file::Sweep {});
    come_round(tasks, "schedule-account-sweep", site, DAILY, || account::Sweep {});
    come_round(tasks, "schedule-membership-sweep", site, DAILY, || membership::Sweep {});
    come_round(tasks, "schedule-letter-sweep", site, DAILY, || notice::Sweep {});
    come_round(tasks, "schedule-log-check", site, DAILY, || audit::Check {});
    if let Some(every) = site.config.backup.every {
        come_round(tasks, "schedule-backup", site, every, || Make {});
    }
}

/// Runs `tasks` side by side. When one of them panics, so does this, and the others go on with the next start: what they
/// were at lies in the queue under its lease.
async fn all<F: Future<Output = ()> + Send + 'static>(tasks: impl Iterator<Item = F>) {
    let mut tasks: JoinSet<()> = tasks.collect();
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended
            && error.is_panic()
        {
            std::panic::resume_unwind(error.into_panic());
        }
    }
}

fn come_round<J: Job + Sync>(
    tasks: &mut Tasks,
    name: &'static str,
    site: &Arc<Site>,
    every: Duration,
    job: impl Fn() -> J + Send + 'static,
) {
    let (site, stopped) = (Arc::clone(site), tasks.stopped.clone());
    tasks.watch(name, move || enqueue_in_turn(site.clone(), Schedule::every(every), job(), stopped.clone()));
}

/// The longest that is slept at a stretch, so that a machine that was asleep itself does not miss a period.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

async fn enqueue_in_turn<J: Job + Sync>(
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
