//! One test binary: every result is verified by the independent checker.

mod explaining;
mod formats;
mod oracle;
mod replanning;
mod search;
mod world;
