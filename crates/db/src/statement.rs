//! A statement: a literal text with the values bound to its `$1`, `$2`, ...

use std::borrow::Cow;

use sqlx::AssertSqlSafe;

use crate::Value;
use crate::value::{PostgresQuery, SqliteQuery};

/// A text with its values, made by [`sql!`](crate::sql).
#[derive(Clone, Debug)]
pub struct Statement {
    pub(crate) text: Cow<'static, str>,
    pub(crate) values: Vec<Value>,
}

impl Statement {
    /// What [`sql!`](crate::sql) expands to. The text must be a literal, so that nothing from outside can become SQL and
    /// so that `cargo xtask tidy` can ask whether the tests ran it on both engines.
    pub fn literal(text: &'static str, values: Vec<Value>) -> Self {
        Self { text: Cow::Borrowed(text), values }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For this crate alone, where a table's or column's name is part of the text.
    pub(crate) fn made(text: String, values: Vec<Value>) -> Self {
        Self { text: Cow::Owned(text), values }
    }

    pub(crate) fn sqlite(self) -> SqliteQuery {
        let query = sqlx::query(AssertSqlSafe(self.text));
        self.values.into_iter().fold(query, |query, value| value.bind_sqlite(query))
    }

    pub(crate) fn postgres(self) -> PostgresQuery {
        let query = sqlx::query(AssertSqlSafe(self.text));
        self.values.into_iter().fold(query, |query, value| value.bind_postgres(query))
    }
}

/// `sql!("select ... where a = $1 and b = $2", a, b)`: a [`Statement`] from a literal text and the values of its `$n`.
///
/// Write what both engines read: `cast(x as bigint)` around counts and sums, no arrays, no `lower` on text that is not
/// ASCII, no `now()`, no row locks.
#[macro_export]
macro_rules! sql {
    ($text:literal $(, $value:expr)* $(,)?) => {
        $crate::Statement::literal($text, vec![$($crate::Value::from($value)),*])
    };
}
