//! Watching the tasks: one that panics is told of and started again. Owns nothing of what the tasks do.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::pause;

/// How long a task that panicked is left alone before it is started again.
const REST: Duration = Duration::from_secs(5);

/// How long a task must go on before it counts as sound again.
const CALM: Duration = Duration::from_secs(60);

/// Runs the task that `start` makes until it ends, and again after a rest whenever it panics, until `stopped` turns true.
/// From a panic until it has gone on for a minute, the condition `name` of the site's health does not hold: so each task
/// needs a name of its own.
pub(super) async fn watched<F>(
    name: &'static str,
    health: web::Health,
    mut stopped: watch::Receiver<bool>,
    start: impl Fn() -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let mut sound = true;
    loop {
        // A set of one: what is in it ends with it when the process does not wait for this any longer.
        let mut task = JoinSet::new();
        task.spawn(start());
        let ended = if sound {
            task.join_next().await
        } else {
            tokio::select! {
                ended = task.join_next() => ended,
                () = tokio::time::sleep(CALM) => {
                    health.set(name, Ok(()));
                    task.join_next().await
                }
            }
        };
        if !matches!(ended, Some(Err(error)) if error.is_panic()) {
            return;
        }
        // What it panicked over is in the log already: the panic hook put it there.
        tracing::error!(task = name, "a background task panicked");
        sound = false;
        health.set(name, Err("it failed: see this node's log".to_owned()));
        pause(REST, &mut stopped).await;
        if *stopped.borrow() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn holds(health: &web::Health) -> Option<bool> {
        health.conditions().first().map(|condition| condition.ok)
    }

    #[tokio::test(start_paused = true)]
    async fn a_task_that_panics_is_told_of_and_started_again() {
        let (stop, stopped) = watch::channel(false);
        let health = web::Health::starting();
        let starts = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&starts);
        let task = tokio::spawn(watched("upkeep", health.clone(), stopped.clone(), move || {
            let start = counted.fetch_add(1, Ordering::SeqCst);
            let mut stopped = stopped.clone();
            async move {
                assert!(start > 0, "on purpose");
                stopped.wait_for(|stopped| *stopped).await.unwrap();
            }
        }));
        tokio::time::sleep(REST / 2).await;
        assert_eq!((starts.load(Ordering::SeqCst), holds(&health)), (1, Some(false)));
        tokio::time::sleep(REST).await;
        assert_eq!((starts.load(Ordering::SeqCst), holds(&health)), (2, Some(false)), "not sound yet");
        tokio::time::sleep(CALM).await;
        assert_eq!(holds(&health), Some(true));
        stop.send_replace(true);
        task.await.unwrap();
        assert_eq!(starts.load(Ordering::SeqCst), 2, "one that ends is left at that");
    }
}
