//! Reading a row, whichever engine it came from.

use jiff::Timestamp;
use sqlx::error::UnexpectedNullError;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type, ValueRef as _};
use uuid::Uuid;

use crate::Error;

/// One row of an answer.
#[derive(Debug)]
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The value in `column`.
    ///
    /// # Errors
    /// [`Error::Column`] where there is no such column, where it is null and `T` is not an `Option`, or where its
    /// content is not a `T`.
    pub fn get<T: Column>(&self, column: &str) -> Result<T, Error> {
        T::take(self, column)
    }

    fn raw<T>(&self, column: &str) -> Result<T, Error>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        if self.is_null(column)? {
            return Err(Error::column(column, UnexpectedNullError));
        }
        match self {
            Self::Sqlite(row) => row.try_get_unchecked(column),
            Self::Postgres(row) => row.try_get_unchecked(column),
        }
        .map_err(|source| Error::column(column, source))
    }

    fn is_null(&self, column: &str) -> Result<bool, Error> {
        match self {
            Self::Sqlite(row) => row.try_get_raw(column).map(|value| value.is_null()),
            Self::Postgres(row) => row.try_get_raw(column).map(|value| value.is_null()),
        }
        .map_err(|source| Error::column(column, source))
    }
}

/// A type that a column can be read as.
pub trait Column: Sized {
    /// Reads `column` of `row`.
    ///
    /// # Errors
    /// As [`Row::get`].
    fn take(row: &Row, column: &str) -> Result<Self, Error>;
}

macro_rules! column {
    ($($type:ty),*) => {$(
        impl Column for $type {
            fn take(row: &Row, column: &str) -> Result<Self, Error> {
                row.raw(column)
            }
        }
    )*};
}

column!(bool, i64, f64, String, Vec<u8>, Uuid);

impl Column for Timestamp {
    fn take(row: &Row, column: &str) -> Result<Self, Error> {
        row.raw::<String>(column)?.parse().map_err(|source: jiff::Error| Error::column(column, source))
    }
}

impl Column for serde_json::Value {
    fn take(row: &Row, column: &str) -> Result<Self, Error> {
        serde_json::from_str(&row.raw::<String>(column)?).map_err(|source| Error::column(column, source))
    }
}

impl<T: Column> Column for Option<T> {
    fn take(row: &Row, column: &str) -> Result<Self, Error> {
        if row.is_null(column)? { Ok(None) } else { T::take(row, column).map(Some) }
    }
}

/// A type that a whole row can be read as. Make one with [`row!`](crate::row), or write it out where columns become
/// richer types.
pub trait FromRow: Sized {
    /// Reads `row`.
    ///
    /// # Errors
    /// [`Error::Column`] for the first column that does not fit.
    fn from_row(row: &Row) -> Result<Self, Error>;
}

/// A row of one column called `value`.
impl<T: Column> FromRow for (T,) {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok((row.get("value")?,))
    }
}

/// Declares a plain struct whose fields are the columns of the same names, and reads it with
/// [`FromRow`](crate::FromRow).
#[macro_export]
macro_rules! row {
    ($(#[$meta:meta])* $visibility:vis struct $name:ident {
        $($(#[$field_meta:meta])* $field_visibility:vis $field:ident: $type:ty),* $(,)?
    }) => {
        $(#[$meta])* $visibility struct $name { $($(#[$field_meta])* $field_visibility $field: $type),* }
        impl $crate::FromRow for $name {
            fn from_row(row: &$crate::Row) -> Result<Self, $crate::Error> {
                Ok(Self { $($field: row.get(stringify!($field))?),* })
            }
        }
    };
}
