//! The platform itself: what people do in it, as verbs on slices. No HTTP, no HTML, no environment.
//!
//! Each slice owns its tables, its rules and its verbs. A verb runs in one transaction: it loads through the actor, asks
//! the policy, changes the state, writes the [`change`] row and enqueues the [`job`]s that follow, or does nothing.
//!
//! Shared by all slices, and importing none of them: [`actor`], [`change`], [`error`], [`id`], [`job`],
//! [`node`], [`once`], [`page`], [`programme`], [`schema`], [`taxonomy`], [`words`], and the macro of `code`.

pub mod account;
pub mod actor;
pub mod change;
mod code;
pub mod error;
pub mod file;
pub mod id;
pub mod job;
pub mod membership;
pub mod node;
pub mod notice;
pub mod once;
pub mod organisation;
pub mod page;
pub mod programme;
pub mod publication;
pub mod schema;
pub mod taxonomy;
pub mod words;

pub use error::{Error, Field, Result};
