//! What a serving process does beside answering requests: sealing the log, giving signs of life, running jobs and
//! enqueueing those that come round. Each task goes on until `shutdown` turns true, reports what it cannot do to the site's
//! health, and is started again if it panics.

mod figures;
mod jobs;
mod life;
mod sealer;
mod watching;

use std::sync::Arc;
use std::time::Duration;

use db::Timestamp;
use domain::change::Signer;
use mail::Post;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::site::Site;

pub use jobs::registry;
pub(crate) use life::{free_bytes, future_by};

/// The running tasks of one process.
#[derive(Debug)]
pub struct Background {
    site: Arc<Site>,
    signer: Arc<Signer>,
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// The tasks as they are started, each of them watched.
struct Tasks {
    set: JoinSet<()>,
    health: web::Health,
    stopped: watch::Receiver<bool>,
}

impl Tasks {
    /// Adds a task.
    fn watch<F>(&mut self, name: &'static str, start: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.set.spawn(watching::watched(name, self.health.clone(), self.stopped.clone(), start));
    }
}

/// What the tasks tell the site's health and figures.
#[derive(Clone, Debug)]
pub struct Signals {
    /// Conditions of `/health/ready`.
    pub health: web::Health,
    /// The figures of the metrics port.
    pub metrics: web::Metrics,
}

impl Background {
    /// Starts every task.
    pub fn start(site: &Arc<Site>, signer: Signer, post: Post, signals: &Signals) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut tasks = Tasks { set: JoinSet::new(), health: signals.health.clone(), stopped };
        let (beside, health, stopped) = (site.clone(), signals.health.clone(), tasks.stopped.clone());
        let signer = Arc::new(signer);
        let sealing = Arc::clone(&signer);
        tasks.watch("sealer", move || {
            sealer::run(beside.clone(), Arc::clone(&sealing), health.clone(), stopped.clone())
        });
        let (beside, health, stopped) = (site.clone(), signals.health.clone(), tasks.stopped.clone());
        tasks.watch("signs-of-life", move || life::run(beside.clone(), health.clone(), stopped.clone()));
        let (beside, metrics, stopped) = (site.clone(), signals.metrics.clone(), tasks.stopped.clone());
        tasks.watch("figures", move || figures::run(beside.clone(), metrics.clone(), stopped.clone()));
        jobs::spawn(&mut tasks, site, Arc::new(post));
        let tasks = tasks.set;
        Self { site: Arc::clone(site), signer, tasks, stop }
    }

    /// Asks every task to end, and waits for them, `grace` at the most. Work that is cut off is taken up by the next
    /// start: it lies in the database.
    pub async fn end(&mut self, grace: Duration) {
        self.stop.send_replace(true);
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, all).await.is_err() {
            tracing::warn!("some background work did not end in time; it goes on at the next start");
        }
    }

    /// Seals what requests have changed since the background work ended: the last that is done with the site. What cannot be
    /// sealed within `time` is sealed at the next start.
    pub async fn seal_rest(self, time: Duration) {
        let sealing = sealer::seal_rest(&self.site, &self.signer);
        match tokio::time::timeout(time, sealing).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the last changes are sealed at the next start"),
            Err(_) => tracing::warn!("the last changes are sealed at the next start: there was no time"),
        }
    }
}

/// The name of this process among the nodes: host and process number.
pub fn node_name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = host.trim();
    format!("{}:{}", if host.is_empty() { "node" } else { host }, std::process::id())
}

/// Sleeps, or returns at once when the process goes down.
async fn pause(length: Duration, stopped: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(length) => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
}

/// How long ago `at` was, in seconds; 0 for what is yet to come.
fn seconds_since(at: Timestamp, now: Timestamp) -> i64 {
    now.duration_since(at).as_secs().max(0)
}
