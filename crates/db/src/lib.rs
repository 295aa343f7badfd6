//! Connection and transaction: one way to SQLite (embedded) and PostgreSQL (several nodes), with one SQL text for both.
//!
//! Owns the pools, the group commit, retries, migrations, the few differences between the engines, and the test harness.
//! Does not own tables' meaning: every statement of the platform stands in the `store.rs` of its slice in `domain`.
//!
//! ```ignore
//! let id = db.write(async |tx| {
//!     let id = tx.new_id();
//!     tx.run(sql!("insert into note (id, body, made_at) values ($1, $2, $3)", id, body, tx.now())).await?;
//!     Ok::<_, db::Error>(id)
//! }).await?;
//! let note: Option<Note> = db.read(async |r| r.optional(sql!("select id, body from note where id = $1", id)).await).await?;
//! ```
//!
//! # What differs between the engines, and is hidden here
//! | | SQLite | PostgreSQL |
//! |---|---|---|
//! | writers | one, in turn, many to a commit ([`Db::write`]) | many, `serializable`, retried |
//! | `uuid` | 16 bytes | `uuid` |
//! | `instant` | fixed-width ISO 8601 text | the same, a domain over `text collate "C"` |
//! | `hex(uuid)` | built in | a function of the first migration |

mod backoff;
mod clock;
mod conn;
mod database;
mod dump;
mod error;
mod examine;
mod migrate;
mod postgres;
mod row;
mod schema;
mod sqlite;
mod statement;
mod value;

#[cfg(feature = "testing")]
pub mod testing;

pub use clock::Clock;
pub use conn::{Read, Tx};
pub use database::{Db, Engine, Probe, Settings, Target};
#[cfg(feature = "testing")]
pub use db_macros::test;
pub use dump::{Cell, TableWriter};
pub use error::{Error, OpenError};
pub use examine::ServerSettings;
pub use migrate::{Applied, MigrationPlan};
pub use row::{Column, FromRow, Row};
pub use schema::{ColumnKind, SchemaColumn, Table};
pub use statement::{AT_ONCE, Statement, at_once};
pub use value::Value;

/// The moment type of the whole platform: UTC, microseconds.
pub use jiff::Timestamp;
pub use uuid::Uuid;
