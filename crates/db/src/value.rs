//! The values a statement takes, and how each engine is given them.

use jiff::Timestamp;
use sqlx::{Postgres, Sqlite};
use uuid::Uuid;

/// A value bound to a `$n` of a statement. `None` is SQL's null, and keeps its type (PostgreSQL asks for it).
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `boolean`.
    Bool(Option<bool>),
    /// `bigint`, the one integer type of the schema.
    Int(Option<i64>),
    /// `double precision`.
    Float(Option<f64>),
    /// `text`, and `instant` in its written form.
    Text(Option<String>),
    /// `bytea`.
    Bytes(Option<Vec<u8>>),
    /// `uuid`.
    Id(Option<Uuid>),
}

macro_rules! from {
    ($($type:ty => $variant:ident, |$value:ident| $given:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                Self::$variant(Some($given))
            }
        }
        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::$variant(value.map(|$value| $given))
            }
        }
    )*};
}

from! {
    bool => Bool, |v| v;
    i64 => Int, |v| v;
    i32 => Int, |v| i64::from(v);
    u32 => Int, |v| i64::from(v);
    f64 => Float, |v| v;
    String => Text, |v| v;
    &String => Text, |v| v.clone();
    &str => Text, |v| v.to_owned();
    Vec<u8> => Bytes, |v| v;
    &[u8] => Bytes, |v| v.to_vec();
    Uuid => Id, |v| v;
    Timestamp => Text, |v| written(v);
    serde_json::Value => Text, |v| v.to_string();
}

/// The fixed-width form in which both engines keep a moment: `2026-11-23T08:00:00.000000Z`. As text it sorts as time
/// does, and its first 4, 7 or 10 characters are the year, month or day.
pub(crate) fn written(at: Timestamp) -> String {
    format!("{at:.6}")
}

pub(crate) type SqliteQuery = sqlx::query::Query<'static, Sqlite, sqlx::sqlite::SqliteArguments>;
pub(crate) type PostgresQuery = sqlx::query::Query<'static, Postgres, sqlx::postgres::PgArguments>;

impl Value {
    pub(crate) fn bind_sqlite(self, query: SqliteQuery) -> SqliteQuery {
        match self {
            Self::Bool(v) => query.bind(v),
            Self::Int(v) => query.bind(v),
            Self::Float(v) => query.bind(v),
            Self::Text(v) => query.bind(v),
            Self::Bytes(v) => query.bind(v),
            Self::Id(v) => query.bind(v),
        }
    }

    pub(crate) fn bind_postgres(self, query: PostgresQuery) -> PostgresQuery {
        match self {
            Self::Bool(v) => query.bind(v),
            Self::Int(v) => query.bind(v),
            Self::Float(v) => query.bind(v),
            Self::Text(v) => query.bind(v),
            Self::Bytes(v) => query.bind(v),
            Self::Id(v) => query.bind(v),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_at_one_width() {
        for (given, want) in [
            ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00.000000Z"),
            ("2026-11-23T08:00:00.5Z", "2026-11-23T08:00:00.500000Z"),
            ("0999-01-01T00:00:00.123456Z", "0999-01-01T00:00:00.123456Z"),
        ] {
            assert_eq!(written(given.parse().unwrap()), want);
        }
    }
}
