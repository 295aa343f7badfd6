//! SQLite: many readers, and one writer whose commits are shared.
//!
//! # Group commit
//! With `synchronous=FULL` a commit costs an fsync, so that a few hundred a second are all a disk gives. Writers take
//! turns on one connection; each runs in a savepoint of its own inside a transaction that they share, and whoever finds
//! nobody waiting behind him commits for all. Nobody is answered before that commit has returned: neither the writer
//! whose change it holds, nor one who was refused because of what another in the same batch had written.
//!
//! A writer that is dropped in the middle (a client that went away, a panic) is rolled back to its savepoint by
//! [`Turn`]'s drop, which also passes the turn on. Where SQLite undoes the whole transaction (disk full), everybody in
//! the batch runs again from the start, for a while each with a commit of its own, so that one who cannot succeed no longer
//! takes along those who can.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use tokio::sync::{Mutex, OwnedMutexGuard, watch};

use crate::Error;

/// Marks the file as ours (`pragma application_id`, "CWAY").
pub(crate) const APPLICATION_ID: i64 = 0x4357_4159;

/// A batch is committed at the latest after so many writers or so long, though more may wait: it bounds what one failed
/// commit sends back, and how long the first in it waits.
const BATCH_WRITERS: usize = 256;
const BATCH_AGE: Duration = Duration::from_millis(25);

/// How long to wait for another process that holds the file (a backup tool, a shell).
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A write-ahead log that has grown beyond this is cut back after the next checkpoint.
const WAL_LIMIT: &str = "67108864";

#[derive(Debug)]
pub(crate) struct Store {
    pub(crate) readers: SqlitePool,
    writer: Arc<Writer>,
}

#[derive(Debug)]
struct Writer {
    session: Arc<Mutex<Session>>,
    waiting: AtomicUsize,
}

#[derive(Debug)]
struct Session {
    conn: SqliteConnection,
    batch: Option<Batch>,
    /// Somebody has begun something (the transaction, his savepoint) and has not said how it ended. A statement runs to
    /// its end though whoever sent it has gone away, so this is set before the first and cleared after the last.
    torn: bool,
    /// So many writers more commit alone, since one has undone the work of those it shared a commit with.
    alone: usize,
}

#[derive(Debug)]
struct Batch {
    writers: usize,
    since: Instant,
    outcome: watch::Sender<Outcome>,
}

/// What became of a batch.
#[derive(Clone, Debug)]
enum Outcome {
    Open,
    Durable,
    /// Undone, and not for a reason that lasts: run again.
    Undone,
    /// The storage refused the commit.
    Full(String),
    /// The commit failed for a reason that is not the storage's.
    Refused(String),
}

fn options(file: &Path, sync: bool) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .synchronous(if sync { SqliteSynchronous::Full } else { SqliteSynchronous::Off })
        .pragma("journal_size_limit", WAL_LIMIT)
        .pragma("trusted_schema", "off")
        .disable_statement_logging()
}

impl Store {
    /// `sync` false is for tests alone: a power cut may lose what was acknowledged.
    pub(crate) async fn open(
        file: &Path,
        readers: u32,
        sync: bool,
        create: bool,
    ) -> Result<Self, sqlx::Error> {
        let writer = options(file, sync)
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .connect()
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(readers.max(1))
            .min_connections(0)
            .acquire_timeout(BUSY_TIMEOUT)
            .test_before_acquire(false)
            .connect_lazy_with(options(file, sync).read_only(true));
        let session = Session { conn: writer, batch: None, torn: false, alone: 0 };
        let writer = Writer { session: Arc::new(Mutex::new(session)), waiting: AtomicUsize::new(0) };
        Ok(Self { readers, writer: Arc::new(writer) })
    }

    /// Waits for its turn to write and opens a savepoint.
    pub(crate) async fn turn(&self) -> Result<Turn, Error> {
        let mut place = Place { writer: Arc::clone(&self.writer), left: false };
        self.writer.waiting.fetch_add(1, Ordering::SeqCst);
        let session = Arc::clone(&self.writer.session).lock_owned().await;
        place.leave();
        let mut turn = Turn { session: Some(session), writer: Arc::clone(&self.writer) };
        turn.begin().await?;
        Ok(turn)
    }

    pub(crate) async fn close(&self) {
        self.readers.close().await;
        let mut session = self.writer.session.lock().await;
        let Ok(fresh) = SqliteConnection::connect("sqlite::memory:").await else { return };
        if let Err(error) = std::mem::replace(&mut session.conn, fresh).close().await {
            tracing::warn!(%error, "the database did not close cleanly; it recovers by itself at the next start");
        }
    }
}

/// A place in the line of writers. Given up early (its task was dropped), it makes sure that a batch which counted on
/// it is still committed.
struct Place {
    writer: Arc<Writer>,
    left: bool,
}

impl Place {
    fn leave(&mut self) {
        self.left = true;
        self.writer.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.left {
            self.leave();
            let writer = Arc::clone(&self.writer);
            spawn(async move {
                let session = Arc::clone(&writer.session).lock_owned().await;
                pass_on(session, &writer).await;
            });
        }
    }
}

/// The turn of one writer: the connection, with a savepoint of its own.
#[derive(Debug)]
pub(crate) struct Turn {
    session: Option<OwnedMutexGuard<Session>>,
    writer: Arc<Writer>,
}

impl Turn {
    fn session(&mut self) -> &mut Session {
        self.session.as_mut().expect("a turn holds the session until it is finished")
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.session().conn
    }

    async fn begin(&mut self) -> Result<(), Error> {
        let session = self.session();
        session.mend().await;
        session.torn = true;
        if session.batch.is_none() {
            sqlx::query("begin immediate").execute(&mut session.conn).await?;
            let batch =
                Batch { writers: 0, since: Instant::now(), outcome: watch::Sender::new(Outcome::Open) };
            session.batch = Some(batch);
        }
        sqlx::query("savepoint verb").execute(&mut session.conn).await?;
        Ok(())
    }

    /// Keeps or undoes what the writer did, passes the turn on, and waits until the batch is durable.
    pub(crate) async fn finish(mut self, keep: bool) -> Result<(), Error> {
        let session = self.session();
        if keep {
            match sqlx::query("release verb").execute(&mut session.conn).await {
                Ok(_) => session.torn = false,
                Err(error) => {
                    session.mend().await;
                    return Err(error.into());
                }
            }
        } else {
            session.mend().await;
        }
        let Some(batch) = session.batch.as_mut() else {
            // Its own failure undid the batch, and is the answer.
            return if keep { Err(Error::Busy(None)) } else { Ok(()) };
        };
        batch.writers += 1;
        let mut outcome = batch.outcome.subscribe();
        let session = self.session.take().expect("the turn is still held");
        let writer = Arc::clone(&self.writer);
        // In a task of its own, so that a caller who goes away cannot stop a commit that others wait for.
        spawn(async move { pass_on(session, &writer).await });
        match outcome.wait_for(|outcome| !matches!(outcome, Outcome::Open)).await.as_deref() {
            Ok(Outcome::Durable) => Ok(()),
            Ok(Outcome::Full(cause)) => Err(Error::Full(cause.clone())),
            Ok(Outcome::Refused(cause)) => Err(Error::Refused(cause.clone())),
            Ok(Outcome::Undone | Outcome::Open) | Err(_) => Err(Error::Busy(None)),
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let writer = Arc::clone(&self.writer);
            spawn(async move { pass_on(session, &writer).await });
        }
    }
}

impl Session {
    /// Undoes a savepoint that nobody owns any more. Where SQLite has already undone the whole transaction, everybody in
    /// the batch is told to run again.
    async fn mend(&mut self) {
        if !self.torn {
            return;
        }
        let undone = sqlx::query("rollback to verb").execute(&mut self.conn).await.is_ok()
            && sqlx::query("release verb").execute(&mut self.conn).await.is_ok();
        if !undone {
            // Fails when no transaction is left, which is what is wanted.
            sqlx::query("rollback").execute(&mut self.conn).await.ok();
            if let Some(batch) = self.batch.take() {
                self.alone = BATCH_WRITERS;
                batch.outcome.send_replace(Outcome::Undone);
            }
        }
        self.torn = false;
    }

    async fn commit(&mut self, batch: Batch) {
        let outcome = match sqlx::query("commit").execute(&mut self.conn).await {
            Ok(_) => Outcome::Durable,
            Err(error) => {
                sqlx::query("rollback").execute(&mut self.conn).await.ok();
                match Error::from(error) {
                    // Whose fault it is shows when each commits alone.
                    _ if batch.writers > 1 => {
                        self.alone = BATCH_WRITERS;
                        Outcome::Undone
                    }
                    Error::Full(cause) => Outcome::Full(cause),
                    Error::Busy(_) => Outcome::Undone,
                    other => Outcome::Refused(other.to_string()),
                }
            }
        };
        batch.outcome.send_replace(outcome);
    }
}

/// Lets the next in line continue the batch, or commits it where nobody waits or the batch has grown enough.
async fn pass_on(mut session: OwnedMutexGuard<Session>, writer: &Writer) {
    session.mend().await;
    let Some(batch) = &session.batch else { return };
    let due = batch.writers >= BATCH_WRITERS || batch.since.elapsed() >= BATCH_AGE || session.alone > 0;
    if due || writer.waiting.load(Ordering::SeqCst) == 0 {
        session.alone = session.alone.saturating_sub(1);
        let batch = session.batch.take().expect("looked at above");
        session.commit(batch).await;
    }
}

/// At the end of a process no runtime is left to clean up on; SQLite rolls back by itself then.
fn spawn(task: impl Future<Output = ()> + Send + 'static) {
    if let Ok(runtime) = tokio::runtime::Handle::try_current() {
        runtime.spawn(task);
    }
}
