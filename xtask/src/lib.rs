//! What developers run through `cargo xtask`: the whole test run (`suite`) and the checks of the tree (`tidy`).
//!
//! It knows the workspace from outside, by its files and its programs, and depends on none of its crates.

pub mod environment;
pub mod suite;
pub mod tally;
pub mod tidy;
pub mod workspace;
