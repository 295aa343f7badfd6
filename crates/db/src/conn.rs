//! What a closure given to [`Db::read`](crate::Db::read) or [`Db::write`](crate::Db::write) works with.

use std::ops::Deref;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;
use sqlx::{PgConnection, Postgres, Sqlite, Transaction};
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::sqlite::Turn;
use crate::statement::Statement;
use crate::{Clock, Engine, Error, FromRow, Row};

/// The statements that ran, told to the test harness.
pub(crate) type Witness = Arc<dyn Fn(Engine, &str) + Send + Sync>;

#[derive(Debug)]
pub(crate) enum Conn {
    SqliteReader(Transaction<'static, Sqlite>),
    SqliteWriter(Turn),
    Postgres(Transaction<'static, Postgres>),
}

enum Raw<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Conn {
    fn raw(&mut self) -> Raw<'_> {
        match self {
            Self::SqliteReader(tx) => Raw::Sqlite(&mut *tx),
            Self::SqliteWriter(turn) => Raw::Sqlite(turn.connection()),
            Self::Postgres(tx) => Raw::Postgres(&mut *tx),
        }
    }
}

/// What one transaction holds. Shared with the handles that a closure may still have when the transaction is over; they
/// find nothing in it then.
pub(crate) struct Session {
    pub(crate) conn: Conn,
    /// Set once a statement failed in a way that a fresh run of the whole transaction may mend.
    pub(crate) retry: bool,
}

/// A consistent view of the database: every statement sees the same moment.
pub struct Read {
    session: Arc<Mutex<Option<Session>>>,
    engine: Engine,
    witness: Option<Witness>,
    clock: Clock,
    now: Timestamp,
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Read").field("engine", &self.engine).field("now", &self.now).finish_non_exhaustive()
    }
}

impl Read {
    pub(crate) fn new(conn: Conn, witness: Option<Witness>, clock: Clock) -> Self {
        let engine = match conn {
            Conn::SqliteReader(_) | Conn::SqliteWriter(_) => Engine::Sqlite,
            Conn::Postgres(_) => Engine::Postgres,
        };
        let now = clock.now();
        let session = Arc::new(Mutex::new(Some(Session { conn, retry: false })));
        Self { session, engine, witness, clock, now }
    }

    /// A second handle, kept by whoever ends the transaction.
    pub(crate) fn handle(&self) -> Self {
        Self {
            session: Arc::clone(&self.session),
            engine: self.engine,
            witness: self.witness.clone(),
            clock: self.clock.clone(),
            now: self.now,
        }
    }

    /// Ends the use of every handle.
    pub(crate) async fn into_session(self) -> Session {
        self.session.lock().await.take().expect("a transaction is ended once")
    }

    /// The moment of this transaction: the same at each call, UTC, in whole microseconds.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Which engine answers. For the few places where they differ, all of them in this crate or in tests.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// All rows of the answer.
    ///
    /// # Errors
    /// What the database says, or [`Error::Column`] for a row that is not a `T`.
    pub async fn all<T: FromRow>(&self, statement: Statement) -> Result<Vec<T>, Error> {
        let mut found = Vec::new();
        self.each(statement, |row| {
            found.push(T::from_row(&row)?);
            Ok::<_, Error>(())
        })
        .await?;
        Ok(found)
    }

    /// The first row of the answer, if there is one.
    ///
    /// # Errors
    /// As [`Read::all`].
    pub async fn optional<T: FromRow>(&self, statement: Statement) -> Result<Option<T>, Error> {
        self.seen(&statement);
        let mut session = self.session.lock().await;
        let session = session.as_mut().ok_or_else(over)?;
        let first = match session.conn.raw() {
            Raw::Sqlite(conn) => {
                statement.sqlite().fetch_optional(conn).await.map(|row| row.map(Row::Sqlite))
            }
            Raw::Postgres(conn) => {
                statement.postgres().fetch_optional(conn).await.map(|row| row.map(Row::Postgres))
            }
        };
        session.noting(first)?.map(|row| T::from_row(&row)).transpose()
    }

    /// The one row of the answer.
    ///
    /// # Errors
    /// [`Error::Missing`] where there is none; else as [`Read::all`].
    pub async fn one<T: FromRow>(&self, statement: Statement) -> Result<T, Error> {
        self.optional(statement).await?.ok_or(Error::Missing)
    }

    /// Gives the rows to `take` one after the other, for answers too long to hold.
    ///
    /// # Errors
    /// What the database says, or the first error of `take`, which ends it.
    pub async fn each<E: From<Error>>(
        &self,
        statement: Statement,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<(), E> {
        self.seen(&statement);
        let mut session = self.session.lock().await;
        let session = session.as_mut().ok_or_else(over)?;
        let mut rows = match session.conn.raw() {
            Raw::Sqlite(conn) => statement.sqlite().fetch(conn).map_ok(Row::Sqlite).boxed(),
            Raw::Postgres(conn) => statement.postgres().fetch(conn).map_ok(Row::Postgres).boxed(),
        };
        while let Some(row) = rows.next().await {
            match row {
                Ok(row) => take(row)?,
                Err(error) => {
                    drop(rows);
                    return session.noting(Err(error)).map_err(E::from);
                }
            }
        }
        Ok(())
    }

    async fn execute(&self, statement: Statement) -> Result<u64, Error> {
        self.seen(&statement);
        let mut session = self.session.lock().await;
        let session = session.as_mut().ok_or_else(over)?;
        let outcome = match session.conn.raw() {
            Raw::Sqlite(conn) => statement.sqlite().execute(conn).await.map(|done| done.rows_affected()),
            Raw::Postgres(conn) => statement.postgres().execute(conn).await.map(|done| done.rows_affected()),
        };
        session.noting(outcome)
    }

    pub(crate) async fn script(&self, text: &'static str) -> Result<(), Error> {
        let mut session = self.session.lock().await;
        let session = session.as_mut().ok_or_else(over)?;
        let outcome = match session.conn.raw() {
            Raw::Sqlite(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
            Raw::Postgres(conn) => sqlx::raw_sql(text).execute(conn).await.map(|_| ()),
        };
        session.noting(outcome)
    }

    fn seen(&self, statement: &Statement) {
        if let Some(witness) = &self.witness {
            witness(self.engine, &statement.text);
        }
    }
}

fn over() -> Error {
    Error::Refused("the transaction is over".to_owned())
}

impl Session {
    fn noting<T>(&mut self, outcome: Result<T, sqlx::Error>) -> Result<T, Error> {
        outcome.map_err(|error| {
            let error = Error::from(error);
            self.retry |= error.passes_with_a_retry();
            error
        })
    }
}

/// A transaction that writes. What it did is durable once [`Db::write`](crate::Db::write) has returned `Ok`, and undone
/// whole when the closure returns an error.
#[derive(Debug)]
pub struct Tx(Read);

impl Tx {
    pub(crate) fn new(read: Read) -> Self {
        Self(read)
    }

    /// A fresh UUIDv7.
    pub fn new_id(&self) -> Uuid {
        self.clock.new_id(self.now)
    }

    /// Runs a statement and tells how many rows it touched.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run(&self, statement: Statement) -> Result<u64, Error> {
        self.execute(statement).await
    }
}

impl Deref for Tx {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.0
    }
}
