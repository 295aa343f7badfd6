//! What developers run: tests, checks of the tree, benchmarks, drills.

fn main() {}
