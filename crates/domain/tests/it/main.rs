//! The verbs of the platform, each test on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod account;
mod change;
mod file;
mod grant;
mod job;
mod meeting;
mod membership;
mod node;
mod notice;
mod organisation;
mod organisation_import;
mod programme;
mod publication;
mod session;
mod suppression;
mod tamper;
mod world;
