//! Reading the tree from a git checkout, and the list of checks.

use std::path::Path;
use std::process::Command;

use xtask::tidy::CHECKS;
use xtask::tidy::evidence::Seen;
use xtask::tidy::tree::Tree;

use crate::tree;

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git").args(arguments).current_dir(folder).status().expect("git is there");
    assert!(status.success(), "git {arguments:?}");
}

#[test]
fn tracked_and_new_text_files_are_read_and_ignored_ones_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    git(folder.path(), &["init", "--quiet"]);
    write(".gitignore", b"/target\n");
    write("tracked.md", b"a");
    write("gone.md", b"b");
    git(folder.path(), &["add", "."]);
    std::fs::remove_file(folder.path().join("gone.md")).unwrap();
    write("new/file.md", "ສະບາຍດີ".as_bytes());
    write("target/built.md", b"c");
    write("picture.png", &[0x89, 0x50, 0xff, 0x00]);

    let tree = Tree::read(folder.path()).unwrap();
    let paths: Vec<&str> = tree.files().map(|(path, _)| path).collect();
    assert_eq!(paths, [".gitignore", "new/file.md", "tracked.md"]);
}

#[test]
fn a_folder_without_git_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let error = Tree::read(folder.path()).err().unwrap();
    assert!(error.to_string().contains("git"), "{error}");
}

#[test]
fn seen_statements_are_read_from_both_folders() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Seen::read(&folder.path().join("none")).unwrap(), None);
    std::fs::create_dir_all(folder.path().join("sqlite")).unwrap();
    std::fs::write(folder.path().join("sqlite/0123.sql"), "select 1").unwrap();
    let seen = Seen::read(folder.path()).unwrap().unwrap();
    assert_eq!(seen.sqlite.into_iter().collect::<Vec<_>>(), ["0123.sql"]);
    assert!(seen.postgres.is_empty());
}

#[test]
fn a_check_without_a_subject_says_so_only_until_its_crate_exists() {
    let early = tree(&[]);
    let late = tree(&[
        ("crates/domain/Cargo.toml", ""),
        ("crates/i18n/Cargo.toml", ""),
        ("crates/web/Cargo.toml", ""),
    ]);
    for name in ["slices", "messages", "routes", "statements"] {
        let check = CHECKS.iter().find(|check| check.name == name).unwrap();
        assert!((check.absent)(&early).is_some(), "{name} has a subject in an empty tree");
        assert!((check.absent)(&late).is_none(), "{name} is skipped though its crate is there");
        let evidence = xtask::tidy::evidence::Evidence { seen: None, routes: Err("none".into()) };
        assert!(!(check.run)(&late, &evidence).is_empty(), "{name} passes without its subject");
    }
}

#[test]
fn the_contributors_guide_explains_every_check() {
    let guide = include_str!("../../../CONTRIBUTING.md");
    for check in CHECKS {
        assert!(guide.contains(&format!("\n| `{}` | ", check.name)), "no row for {}", check.name);
    }
}
