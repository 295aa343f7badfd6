//! Lists in pages: a page ends with a cursor that says where the next one begins. Cursors are opaque to whoever passes
//! them on, and hold no more than the place in the order.

use crate::Error;
use crate::error::Problem;

/// The most that one page may hold.
pub const MOST: u32 = 200;

/// How many, and from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// How many at most, 1 to [`MOST`].
    pub limit: u32,
    /// The cursor that the page before ended with.
    pub after: Option<String>,
}

impl Ask {
    /// The first `limit`.
    pub fn first(limit: u32) -> Self {
        Self { limit, after: None }
    }

    /// Refuses a limit out of range.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `limit`.
    pub fn checked(self) -> Result<Self, Error> {
        if (1..=MOST).contains(&self.limit) {
            Ok(self)
        } else {
            Err(Error::field("limit", Problem::BadValue))
        }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What it holds, in order.
    pub items: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page from `limit` + 1 items asked for: the one too many says that there is a next page, and `cursor` where.
    pub fn of(mut items: Vec<T>, limit: u32, cursor: impl FnOnce(&T) -> String) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }

    /// The same page of other things.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}
