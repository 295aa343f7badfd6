//! The `db` crate from outside, each test on both engines.

mod dump;
mod group_commit;
mod migration;
mod opening;
mod transaction;
