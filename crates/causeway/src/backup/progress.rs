//! How far a long piece of work is, and the way to stop it: shared by who does it and who waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use tokio::runtime::Handle;

use super::BackupError;

/// Cloning shares it.
#[derive(Clone, Debug, Default)]
pub struct Progress(Arc<State>);

#[derive(Debug, Default)]
struct State {
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// Steps done, and steps in all as far as that is known; what a step is differs from work to work.
    pub fn reached(&self) -> (u64, u64) {
        let done = self.0.done.load(Ordering::Relaxed);
        (done, self.0.total.load(Ordering::Relaxed).max(done))
    }

    /// Asks whoever does the work to stop, which then answers [`BackupError::Stopped`].
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    pub(super) fn expect(&self, more: u64) {
        self.0.total.fetch_add(more, Ordering::Relaxed);
    }

    pub(super) fn advance(&self, steps: u64) -> Result<(), BackupError> {
        self.0.done.fetch_add(steps, Ordering::Relaxed);
        if self.is_stopped() { Err(BackupError::Stopped) } else { Ok(()) }
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.0.stop.load(Ordering::Relaxed)
    }

    /// Runs `work` on a thread where it may block (compress, hash, write), while its database connections stay with the
    /// runtime that they belong to. Whoever stops waiting for it stops it.
    pub(super) async fn apart<T, W, F>(&self, work: W) -> Result<T, BackupError>
    where
        T: Send + 'static,
        W: FnOnce() -> F + Send + 'static,
        F: Future<Output = Result<T, BackupError>>,
    {
        let mut waiting = Waiting { progress: self, over: false };
        let runtime = Handle::current();
        let outcome = tokio::task::spawn_blocking(move || runtime.block_on(work())).await;
        waiting.over = true;
        match outcome {
            Ok(outcome) => outcome,
            Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
            Err(_) => Err(BackupError::Stopped),
        }
    }
}

struct Waiting<'p> {
    progress: &'p Progress,
    over: bool,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.over {
            self.progress.stop();
        }
    }
}
