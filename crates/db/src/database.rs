//! The database as the rest of the program holds it.

use std::path::PathBuf;
use std::sync::Arc;

use sqlx::PgPool;

use crate::conn::{Conn, Read, Tx, Witness};
use crate::{Clock, Error, OpenError, backoff, postgres, sqlite};

/// Which of the two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Embedded, a file.
    Sqlite,
    /// A server, version 15 or later.
    Postgres,
}

impl Engine {
    /// `sqlite` or `postgres`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// Where a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// An address `postgres://user:password@host:port/name`.
    Postgres(String),
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it is.
    pub target: Target,
    /// SQLite: connections that read. Ten suit a small machine.
    pub readers: u32,
    /// PostgreSQL: connections at most.
    pub connections: u32,
    /// The source of time for its transactions.
    pub clock: Clock,
    /// SQLite: wait for the disk at each commit (`synchronous=FULL`). False is for tests alone.
    pub sync: bool,
    /// SQLite: make the file when it is not there. False is for whoever only comes to look.
    pub create: bool,
}

impl Settings {
    /// The usual settings for `target`.
    pub fn new(target: Target) -> Self {
        Self { target, readers: 8, connections: 16, clock: Clock::system(), sync: true, create: true }
    }
}

/// A handle on an open database. Cloning shares it.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    store: Store,
    at: String,
    clock: Clock,
    witness: Option<Witness>,
}

enum Store {
    Sqlite(sqlite::Store),
    Postgres(PgPool),
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Db({})", self.0.at)
    }
}

/// What [`Db::probe`] found.
#[derive(Clone, Debug)]
pub struct Probe {
    /// The engine's version, as it names itself.
    pub version: String,
    /// The size of the database in bytes.
    pub bytes: i64,
}

impl Db {
    /// Opens the database and looks whether it is ours, whatever the version of its schema; see
    /// [`Db::migrate`](Db::migrate) and [`Db::demand_current`](Db::demand_current).
    ///
    /// # Errors
    /// [`OpenError`], each with the way out.
    pub async fn open(settings: &Settings) -> Result<Self, OpenError> {
        Self::open_witnessed(settings, None).await
    }

    pub(crate) async fn open_witnessed(
        settings: &Settings,
        witness: Option<Witness>,
    ) -> Result<Self, OpenError> {
        let (store, at) = match &settings.target {
            Target::Sqlite(file) => {
                let at = file.display().to_string();
                if !settings.create && !file.exists() {
                    return Err(OpenError::Missing { at });
                }
                let Settings { readers, sync, create, .. } = *settings;
                let store = sqlite::Store::open(file, readers, sync, create).await.map_err(|error| {
                    // SQLITE_NOTADB
                    if error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref()
                        == Some("26")
                    {
                        return OpenError::Foreign {
                            at: at.clone(),
                            sign: "not an SQLite database".to_owned(),
                        };
                    }
                    OpenError::Unreachable { at: at.clone(), cause: error.to_string() }
                })?;
                (Store::Sqlite(store), at)
            }
            Target::Postgres(url) => {
                let options =
                    postgres::options(url).map_err(|error| OpenError::Address(error.to_string()))?;
                let at = postgres::shown(&options);
                (Store::Postgres(postgres::pool(options, settings.connections)), at)
            }
        };
        let db = Self(Arc::new(Inner { store, at, clock: settings.clock.clone(), witness }));
        db.demand_ours().await?;
        Ok(db)
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self.0.store {
            Store::Sqlite(_) => Engine::Sqlite,
            Store::Postgres(_) => Engine::Postgres,
        }
    }

    /// Where this database is, without a password: for messages.
    pub fn at(&self) -> &str {
        &self.0.at
    }

    /// The source of time of its transactions.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Runs `f` on one consistent view of the database.
    ///
    /// # Errors
    /// What `f` answers; or [`Error::Busy`] or [`Error::Unavailable`] where no view could be had.
    pub async fn read<T, E, F>(&self, f: impl FnOnce(Read) -> F) -> Result<T, E>
    where
        E: From<Error>,
        F: Future<Output = Result<T, E>>,
    {
        let conn = match &self.0.store {
            Store::Sqlite(store) => Conn::SqliteReader(store.readers.begin().await.map_err(Error::from)?),
            Store::Postgres(pool) => {
                Conn::Postgres(pool.begin_with(postgres::BEGIN_READ).await.map_err(unreachable)?)
            }
        };
        let read = self.view(conn);
        let outcome = f(read.handle()).await;
        // Nothing was written; ending it frees the snapshot, and a failure to do so does not change the answer.
        match read.into_session().await.conn {
            Conn::SqliteReader(tx) => tx.rollback().await.ok(),
            Conn::Postgres(tx) => tx.rollback().await.ok(),
            Conn::SqliteWriter(_) => None,
        };
        outcome
    }

    /// Runs `f` in a transaction, as if writers came one after the other, and returns once its work is durable.
    /// An error from `f` undoes everything.
    ///
    /// `f` is run again, from its start, where another writer was in the way: it must not do outside the database what
    /// may not be done twice.
    ///
    /// # Errors
    /// What `f` answers; [`Error::Busy`] after the last run; [`Error::Full`] where the storage refused;
    /// [`Error::Unavailable`] where the database went away.
    pub async fn write<T, E, F>(&self, f: impl FnMut(Tx) -> F) -> Result<T, E>
    where
        E: From<Error>,
        F: Future<Output = Result<T, E>>,
    {
        self.write_from(postgres::BEGIN_WRITE, f).await
    }

    /// [`Db::write`] with another beginning on PostgreSQL.
    pub(crate) async fn write_from<T, E, F>(
        &self,
        begin: &'static str,
        mut f: impl FnMut(Tx) -> F,
    ) -> Result<T, E>
    where
        E: From<Error>,
        F: Future<Output = Result<T, E>>,
    {
        let mut attempt = 0;
        loop {
            let (outcome, again) = match self.begin(begin).await {
                Ok(view) => {
                    let outcome = f(Tx::new(view.handle())).await;
                    let session = view.into_session().await;
                    let again = session.retry;
                    match end(session.conn, outcome.is_ok()).await {
                        Ok(()) => (outcome, again),
                        Err(error) => {
                            let again = again || error.passes_with_a_retry();
                            (Err(error.into()), again)
                        }
                    }
                }
                Err(error) => {
                    let again = error.passes_with_a_retry();
                    (Err(error.into()), again)
                }
            };
            attempt += 1;
            if outcome.is_ok() || !again || attempt == backoff::ATTEMPTS {
                return outcome;
            }
            tokio::time::sleep(backoff::pause(attempt)).await;
        }
    }

    /// Asks the engine for its version and the size of the database.
    ///
    /// # Errors
    /// What the database says.
    pub async fn probe(&self) -> Result<Probe, Error> {
        let engine = self.engine();
        self.read(async |read| {
            let (version,): (String,) = match engine {
                Engine::Sqlite => read.one(crate::sql!("select sqlite_version() as value")).await?,
                Engine::Postgres => read.one(crate::sql!("select current_setting('server_version') as value")).await?,
            };
            let (bytes,): (i64,) = match engine {
                Engine::Sqlite => {
                    read.one(crate::sql!(
                        "select c.page_count * s.page_size as value from pragma_page_count() c, pragma_page_size() s"
                    ))
                    .await?
                }
                Engine::Postgres => {
                    read.one(crate::sql!("select pg_database_size(current_database()) as value")).await?
                }
            };
            Ok(Probe { version, bytes })
        })
        .await
    }

    /// Closes every connection; on SQLite the write-ahead log is folded into the file.
    pub async fn close(&self) {
        match &self.0.store {
            Store::Sqlite(store) => store.close().await,
            Store::Postgres(pool) => pool.close().await,
        }
    }

    async fn begin(&self, postgres: &'static str) -> Result<Read, Error> {
        let conn = match &self.0.store {
            Store::Sqlite(store) => Conn::SqliteWriter(store.turn().await?),
            Store::Postgres(pool) => Conn::Postgres(pool.begin_with(postgres).await.map_err(unreachable)?),
        };
        Ok(self.view(conn))
    }

    fn view(&self, conn: Conn) -> Read {
        Read::new(conn, self.0.witness.clone(), self.0.clock.clone())
    }
}

/// A server that refuses connections shows as a pool that waited in vain.
fn unreachable(error: sqlx::Error) -> Error {
    match error {
        sqlx::Error::PoolTimedOut => Error::Unavailable("no connection within 5 seconds".to_owned()),
        other => other.into(),
    }
}

async fn end(conn: Conn, keep: bool) -> Result<(), Error> {
    match conn {
        Conn::SqliteWriter(turn) => turn.finish(keep).await,
        Conn::Postgres(tx) if keep => Ok(tx.commit().await?),
        Conn::Postgres(tx) => {
            // The server undoes it in any case; the closure's own error is the answer.
            tx.rollback().await.ok();
            Ok(())
        }
        Conn::SqliteReader(_) => Ok(()),
    }
}
