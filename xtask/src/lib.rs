//! What developers run through `cargo xtask`: the whole test run (`suite`), the checks of the tree (`tidy`), the benchmarks (`bench`).
//!
//! It knows the workspace from outside, by its files and its programs, and depends on none of its crates.

pub mod bench;
pub mod conform;
pub mod environment;
pub mod suite;
pub mod tally;
pub mod tidy;
pub mod workspace;
