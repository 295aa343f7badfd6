//! Lists in pages: a page ends with a cursor that says where the next one begins. Cursors are opaque to whoever passes
//! them on, and hold no more than the place in the order.

use std::fmt;

use db::{Timestamp, Uuid};

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

    /// The place that the cursor names, in a list that is ordered by moments.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `after`.
    pub fn place(&self) -> Result<Option<Place>, Error> {
        self.after.as_deref().map(Place::parse).transpose()
    }
}

/// A place in a list that is ordered by a moment, and by id where moments are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The moment.
    pub at: Timestamp,
    /// The id.
    pub id: Uuid,
}

impl Place {
    /// The place of the thing `id`, ordered by `at`.
    pub fn of(at: Timestamp, id: Uuid) -> Self {
        Self { at, id }
    }

    fn parse(cursor: &str) -> Result<Self, Error> {
        let wrong = || Error::field("after", Problem::BadValue);
        let (micros, id) = cursor.split_once('_').ok_or_else(wrong)?;
        let micros = micros.parse().map_err(|_| wrong())?;
        let at = Timestamp::from_microsecond(micros).map_err(|_| wrong())?;
        Ok(Self { at, id: id.parse().map_err(|_| wrong())? })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.as_microsecond(), self.id.simple())
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
