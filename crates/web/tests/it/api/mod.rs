//! The JSON API: its shapes, its versions, its pages and its refusals.

mod file;
mod job;
mod letter;
mod log;
mod once;
mod programme;
mod publication;
mod refusal;
