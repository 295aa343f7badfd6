//! The check `slices`.

use xtask::tidy::slices::{LIST, check};

use crate::{expect, tree};

const RULES: &str =
    "shared = [\"error\", \"id\"]\n[slices]\naccount = []\nfile = []\npublication = [\"file\"]\n";

/// A domain with every module of the list, and these files in it.
fn findings(files: &[(&str, &str)]) -> Vec<xtask::tidy::finding::Finding> {
    let modules =
        ["error", "id", "account", "file", "publication"].map(|name| format!("crates/domain/src/{name}.rs"));
    let mut all: Vec<(&str, &str)> = vec![(LIST, RULES), ("crates/domain/src/lib.rs", "")];
    all.extend(modules.iter().map(|path| (path.as_str(), "")));
    all.extend(files);
    check(&tree(&all))
}

#[test]
fn arrows_on_the_list_and_to_what_is_shared_are_clean() {
    let text = "use crate::file::File;\nuse crate::{error::Error, id};\nuse super::id::Id;\nfn f() { crate::publication::g() }";
    expect(findings(&[("crates/domain/src/publication.rs", text)]), &[]);
}

#[test]
fn an_arrow_that_is_not_on_the_list_is_found_however_it_is_written() {
    let texts = [
        "use crate::account::Account;",
        "use crate::{error::Error, account};",
        "use crate::{id, account as a};",
        "fn f() { crate::account::f() }",
        "fn f(a: &crate::account::Account) {}",
        "fn f() { assert!(crate::account::f()) }",
        "use super::account::Account;",
        "mod inner { use super::super::account::Account; }",
    ];
    for text in texts {
        expect(
            findings(&[("crates/domain/src/file.rs", text)]),
            &[("crates/domain/src/file.rs:1", "file imports account")],
        );
    }
}

#[test]
fn files_below_a_slice_belong_to_it() {
    let list = RULES;
    let tree = tree(&[
        (LIST, list),
        ("crates/domain/src/error.rs", ""),
        ("crates/domain/src/id.rs", ""),
        ("crates/domain/src/account/mod.rs", "use self::store::X; use super::error::Error;"),
        ("crates/domain/src/account/store.rs", "use super::model::File;\nuse super::super::file::File;"),
        ("crates/domain/src/file/mod.rs", ""),
        ("crates/domain/src/publication/mod.rs", ""),
    ]);
    expect(check(&tree), &[("crates/domain/src/account/store.rs:2", "account imports file")]);
}

#[test]
fn what_is_shared_imports_no_slice() {
    expect(
        findings(&[("crates/domain/src/id.rs", "use crate::error::E;\nuse crate::file::File;")]),
        &[("crates/domain/src/id.rs:2", "id imports file, but it is shared")],
    );
}

#[test]
fn tests_may_build_whole_worlds() {
    let text = "#[cfg(test)]\nmod tests { use crate::publication::P; }";
    let test = "use domain::publication::P; use crate::publication::P;";
    expect(findings(&[("crates/domain/src/file.rs", text), ("crates/domain/tests/it/main.rs", test)]), &[]);
}

#[test]
fn a_slice_that_is_not_on_the_list_is_found() {
    expect(findings(&[("crates/domain/src/listing/mod.rs", "")]), &[(LIST, "listing")]);
}

#[test]
fn a_name_on_the_list_without_a_module_is_found() {
    let tree =
        tree(&[(LIST, "shared = []\n[slices]\nfile = [\"account\"]\n"), ("crates/domain/src/file.rs", "")]);
    expect(check(&tree), &[(LIST, "account")]);
}

#[test]
fn a_slice_may_not_hide_behind_the_root() {
    let text = "pub mod file;\npub use error::Error;\npub use crate::file::File;";
    expect(
        findings(&[("crates/domain/src/lib.rs", text)]),
        &[("crates/domain/src/lib.rs:3", "re-exports from file")],
    );
}

#[test]
fn a_missing_or_broken_list_is_found() {
    expect(check(&tree(&[("crates/domain/src/file.rs", "")])), &[(LIST, "does not exist")]);
    expect(check(&tree(&[(LIST, "shared = 1\n[slices]\n")])), &[(LIST, "shared is no list")]);
}
