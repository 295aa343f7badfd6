//! What can go wrong with a database, told apart by what the caller can do about it.

use sqlx::error::ErrorKind;

/// A failed statement or transaction.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database was too busy, or other writers were in the way, for longer than the retries lasted. Try later.
    #[error("the database is busy")]
    Busy(#[source] Option<sqlx::Error>),
    /// The storage is full or cannot be written. Nothing of the transaction was kept; reading goes on.
    #[error("the database cannot write: {0}")]
    Full(String),
    /// The database cannot be reached. Whether a transaction that was just being committed was kept is not known.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// A unique key stands in the way; named `table_column_key` on both engines.
    #[error("a row with the same {0} exists")]
    Unique(String),
    /// A row that is referred to is missing, or a row to be removed is referred to.
    #[error("a reference does not hold")]
    Reference,
    /// A `check` of the schema, or a trigger that refuses the change, was broken.
    #[error("refused by the schema: {0}")]
    Refused(String),
    /// A row that had to be there is not.
    #[error("no such row")]
    Missing,
    /// A column did not hold what the program reads from it.
    #[error("column {name}: {source}")]
    Column {
        /// The column's name.
        name: String,
        /// Why it could not be read.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Anything else the driver says.
    #[error(transparent)]
    Driver(sqlx::Error),
}

impl Error {
    pub(crate) fn column(name: &str, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Column { name: name.to_owned(), source: Box::new(source) }
    }

    /// Whether the same transaction may well succeed when it is run once more from its start.
    pub(crate) fn passes_with_a_retry(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

/// SQLite's primary result codes that we tell apart (sqlite.org/rescode.html); the low byte of the extended code.
mod sqlite_code {
    pub(super) const BUSY: i32 = 5;
    pub(super) const LOCKED: i32 = 6;
    pub(super) const READONLY: i32 = 8;
    pub(super) const IOERR: i32 = 10;
    pub(super) const FULL: i32 = 13;
    pub(super) const CANTOPEN: i32 = 14;
    pub(super) const CONSTRAINT_TRIGGER: i32 = 1811;
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                sqlx::Error::RowNotFound => Self::Missing,
                sqlx::Error::PoolTimedOut => Self::Busy(Some(error)),
                // A connection that is cut shows as any of these, as the moment has it.
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::BeginFailed
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed => Self::Unavailable(error.to_string()),
                other => Self::Driver(other),
            };
        };
        let message = database.message().to_owned();
        match database.kind() {
            ErrorKind::UniqueViolation => return Self::Unique(unique_key(database.constraint(), &message)),
            ErrorKind::ForeignKeyViolation => return Self::Reference,
            ErrorKind::CheckViolation | ErrorKind::NotNullViolation => return Self::Refused(message),
            _ => {}
        }
        let code = database.code().unwrap_or_default().into_owned();
        match code.parse::<i32>() {
            Ok(sqlite) if code.len() <= 4 => from_sqlite(sqlite, message, error),
            _ => from_postgres(&code, message, error),
        }
    }
}

fn from_sqlite(code: i32, message: String, error: sqlx::Error) -> Error {
    if code == sqlite_code::CONSTRAINT_TRIGGER {
        return Error::Refused(message);
    }
    match code & 0xff {
        sqlite_code::BUSY | sqlite_code::LOCKED => Error::Busy(Some(error)),
        sqlite_code::FULL | sqlite_code::IOERR | sqlite_code::READONLY => Error::Full(message),
        sqlite_code::CANTOPEN => Error::Unavailable(message),
        _ => Error::Driver(error),
    }
}

/// SQLSTATE classes (postgresql.org/docs/current/errcodes-appendix.html).
fn from_postgres(code: &str, message: String, error: sqlx::Error) -> Error {
    match code {
        "40001" | "40P01" | "55P03" => Error::Busy(Some(error)),
        "53100" => Error::Full(message),
        // raise_exception: our triggers; integrity_constraint_violation
        "P0001" | "23000" => Error::Refused(message),
        "25006" => Error::Unavailable(format!("{message} (is this a standby?)")),
        _ if code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") => {
            Error::Unavailable(message)
        }
        _ => Error::Driver(error),
    }
}

/// PostgreSQL names the key, SQLite lists its columns (`UNIQUE constraint failed: t.a, t.b`); both become `t_a_b_key`.
fn unique_key(constraint: Option<&str>, message: &str) -> String {
    if let Some(name) = constraint {
        return name.to_owned();
    }
    let columns = message.rsplit_once(": ").map_or(message, |(_, columns)| columns);
    let table = columns.split('.').next().unwrap_or_default();
    let names = columns.split(", ").filter_map(|column| column.split('.').next_back());
    format!("{table}_{}_key", names.collect::<Vec<_>>().join("_"))
}

/// Why a database could not be opened, in a sentence that names the way out.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address in the configuration cannot be read.
    #[error(
        "database.url is not an address this program understands: {0}; write postgres://user:password@host:5432/name, or leave it empty for the embedded database"
    )]
    Address(String),
    /// The server or file does not answer.
    #[error(
        "the database at {at} cannot be opened: {cause}; check that it runs, that its address and password are right, and that this machine may reach it"
    )]
    Unreachable {
        /// Where it was looked for, without a password.
        at: String,
        /// What the driver said.
        cause: String,
    },
    /// There is no file, and the caller did not ask for a new one.
    #[error(
        "there is no database at {at}; if there was one, bring it back with `causeway restore`, else start with `causeway serve`, which makes a new one"
    )]
    Missing {
        /// Where it was looked for.
        at: String,
    },
    /// The tables in it are not ours.
    #[error("{at} holds the data of another program ({sign}); give Causeway a database or file of its own")]
    Foreign {
        /// Where it is.
        at: String,
        /// What gave it away.
        sign: String,
    },
    /// It was written by a newer release.
    #[error(
        "{at} was written by a newer release (its schema is {found}, this program knows up to {known}); install that release or a later one, or restore a backup made before the upgrade"
    )]
    Newer {
        /// Where it is.
        at: String,
        /// The schema's version in the database.
        found: i64,
        /// The newest version this program has.
        known: i64,
    },
    /// A migration that was applied is not the one this program carries.
    #[error(
        "migration {version} in {at} differs from the one in this program; the database was changed by a build that was never released: restore a backup made before it"
    )]
    Altered {
        /// Where it is.
        at: String,
        /// The migration's number.
        version: i64,
    },
    /// It needs migrations, and the caller did not ask for them.
    #[error(
        "{at} is at schema {found} and this program needs {known}; run `causeway migrate`, or set database.migrate_on_start = true"
    )]
    Older {
        /// Where it is.
        at: String,
        /// The schema's version in the database.
        found: i64,
        /// The newest version this program has.
        known: i64,
    },
    /// A statement failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unique_key_has_one_name_on_both_engines() {
        assert_eq!(unique_key(Some("job_key_key"), "duplicate key"), "job_key_key");
        assert_eq!(unique_key(None, "UNIQUE constraint failed: job.key"), "job_key_key");
        assert_eq!(
            unique_key(None, "UNIQUE constraint failed: text.owner, text.field"),
            "text_owner_field_key"
        );
    }
}
