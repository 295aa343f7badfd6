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

/// How many things one statement takes where it takes several.
pub const AT_ONCE: usize = 10;

/// The values of a statement for [`AT_ONCE`] things: those in `list`, the last one again in the places that are left over.
///
/// # Panics
/// Where `list` is empty or longer: take it from `chunks(AT_ONCE)`.
pub fn at_once<T: Copy + Into<Value>>(list: &[T]) -> Vec<Value> {
    assert!((1..=AT_ONCE).contains(&list.len()), "one to {AT_ONCE} things, not {}", list.len());
    (0..AT_ONCE).map(|place| list[place.min(list.len() - 1)].into()).collect()
}

/// `sql!("select ... where a = $1 and b = $2", a, b)`: a [`Statement`] from a literal text and the values of its `$n`.
///
/// Write what both engines read: `cast(x as bigint)` around counts and sums, no arrays, no `lower` on text that is not
/// ASCII, no `now()`, no row locks.
///
/// For a list of things, whose length no literal can know: write a statement for [`AT_ONCE`] of them, and give it the
/// things with `..`, at most so many: `sql!("... where id in ($1, $2, ..., $10)", ..ids)`. The last one stands in the places
/// that are left over.
#[macro_export]
macro_rules! sql {
    ($text:literal, ..$list:expr) => {
        $crate::Statement::literal($text, $crate::at_once($list))
    };
    ($text:literal $(, $value:expr)* $(,)?) => {
        $crate::Statement::literal($text, vec![$($crate::Value::from($value)),*])
    };
}
