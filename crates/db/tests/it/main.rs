//! The `db` crate from outside, each test on both engines.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod dump;
mod group_commit;
mod migration;
mod opening;
mod transaction;
