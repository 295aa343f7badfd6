//! PostgreSQL: a pool of connections.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions as _, PgPool};

/// How long to wait for a connection before the database counts as busy.
const ACQUIRE: Duration = Duration::from_secs(5);

/// How a write begins: as if writers came one after the other, which is what SQLite gives. Conflicts are run again.
pub(crate) const BEGIN_WRITE: &str = "begin isolation level serializable read write";

/// How a migration begins: each statement sees what was committed before it, so that a node which had to wait for
/// another's migration sees that it is done.
pub(crate) const BEGIN_MIGRATION: &str = "begin isolation level read committed read write";

/// How a read begins: every statement sees the same moment.
pub(crate) const BEGIN_READ: &str = "begin isolation level repeatable read read only";

/// Parses the address, so that a mistake in it is found before anything is tried.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, sqlx::Error> {
    Ok(PgConnectOptions::from_str(url)?.application_name("causeway").disable_statement_logging())
}

pub(crate) fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(connections.max(2))
        .min_connections(0)
        .acquire_timeout(ACQUIRE)
        .max_lifetime(Duration::from_secs(30 * 60))
        .connect_lazy_with(options)
}

/// The address without its password, for messages.
pub(crate) fn shown(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    format!("postgres://{}@{}:{}/{database}", options.get_username(), options.get_host(), options.get_port())
}
