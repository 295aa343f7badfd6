//! The check `paths`. The words it looks for are put together here, so that this file does not hold them.

use xtask::tidy::paths::check;

use crate::{expect, tree};

#[test]
fn folders_of_one_machine_are_found() {
    let text = format!("cd /{}/main\n\"/{}/x\" and /{}/ann/x\n", "work", "root", "home");
    expect(
        check(&tree(&[("docs/a.md", &text)])),
        &[("docs/a.md:1", "one machine"), ("docs/a.md:2", "one machine"), ("docs/a.md:2", "one machine")],
    );
}

#[test]
fn hosts_of_registries_are_found() {
    let text = format!("registry = \"https://{}.crates.io/\"\n", "static");
    expect(check(&tree(&[("Cargo.lock", &text)])), &[("Cargo.lock:1", "registry's host")]);
}

#[test]
fn the_same_words_inside_other_paths_are_clean() {
    let text =
        format!("docs/{0}/a.md src/{1}/b ../{0}/c https://crates.io/crates/syn ./{0}/x\n", "work", "home");
    expect(check(&tree(&[("docs/a.md", &text)])), &[]);
}
