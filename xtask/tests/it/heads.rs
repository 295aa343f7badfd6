//! The check `heads`.

use xtask::tidy::heads::check;

use crate::{expect, tree};

const MANIFEST: &str =
    "[package]\nname = \"db\"\n[lints]\nworkspace = true\n[dependencies]\ntoml.workspace = true\n";

#[test]
fn a_crate_with_lints_and_heads_is_clean() {
    let tree = tree(&[("crates/db/Cargo.toml", MANIFEST), ("crates/db/src/lib.rs", "//! Connections.\n")]);
    expect(check(&tree), &[]);
}

#[test]
fn a_crate_without_the_workspaces_lints_is_found() {
    let tree = tree(&[
        ("crates/db/Cargo.toml", "[package]\nname = \"db\"\n"),
        ("xtask/Cargo.toml", "[package]\nname = \"xtask\"\n[lints]\nworkspace = false\n"),
    ]);
    expect(check(&tree), &[("crates/db/Cargo.toml", "lints"), ("xtask/Cargo.toml", "lints")]);
}

#[test]
fn a_version_outside_the_root_manifest_is_found() {
    let own = format!("{MANIFEST}syn = \"3\"\n[build-dependencies]\ninsta = {{ version = \"1\" }}\n");
    let tree = tree(&[("crates/db/Cargo.toml", own.as_str())]);
    expect(check(&tree), &[("crates/db/Cargo.toml", "insta"), ("crates/db/Cargo.toml", "syn")]);
}

#[test]
fn a_module_without_its_head_is_found() {
    let tree = tree(&[
        ("crates/db/src/pool.rs", "use std::fmt;\n"),
        ("crates/db/src/lib.rs", "\n//! Connections.\n"),
    ]);
    expect(check(&tree), &[("crates/db/src/pool.rs:1", "//!")]);
}

#[test]
fn a_file_that_does_not_parse_is_found_since_no_check_could_read_it() {
    let tree = tree(&[("crates/db/src/pool.rs", "//! Pools.\nfn {\n")]);
    let findings = check(&tree);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].problem.contains("does not parse"));
}

#[test]
fn a_manifest_that_is_no_toml_is_found() {
    expect(check(&tree(&[("crates/db/Cargo.toml", "[package\n")])), &[("crates/db/Cargo.toml", "not TOML")]);
}
