//! One test binary: every result is verified by the independent checker.

mod oracle;
mod search;
mod world;
