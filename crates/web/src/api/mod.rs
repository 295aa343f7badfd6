//! The description of the JSON API, in OpenAPI 3.1: made from the types by which handlers take requests and give answers,
//! so that it cannot say anything else than they do. A row of the route table for programs is made by [`get`], [`post`] or
//! one of their kin, which take no handler whose parts cannot be described.
//!
//! - [`Part`]: what a handler is given, and what it says of the request
//! - [`Answered`]: what a handler answers with
//! - [`Operation`]: a row's description; [`document`] puts all together

mod answer;
mod docs;
mod document;
mod openapi;
mod operation;
mod part;
mod sketch;

pub use document::document;

pub(crate) use answer::{Accepted, Bytes, Created, Digested, Lines, Paged, Removed, Versioned};
pub(crate) use docs::{choose_docs, docs};
pub(crate) use openapi::openapi;
pub(crate) use operation::{Described, Operation, only_signed_in};
pub(crate) use part::PageQuery;
pub(crate) use sketch::Sketch;

/// What a cursor of a list looks like, which is ordered by moments.
pub(crate) const CURSOR: &str = "^[0-9]{1,15}_[0-9a-f]{32}$";

/// Part of what a handler is given, as far as programs see it.
pub(crate) trait Part {
    /// Adds what it reads of a request, and what it may refuse.
    fn describe(sketch: &mut Sketch<'_>);
}

/// What a handler answers with.
pub(crate) trait Answered {
    /// Adds the answers that it may be.
    fn describe(sketch: &mut Sketch<'_>);
}
