//! The check `vocabulary`.

use xtask::tidy::vocabulary::check;

use crate::{expect, tree};

#[test]
fn types_and_modules_with_another_word_are_found() {
    let text = "pub mod users {\n    struct UserRow;\n}\nenum Event {}\ntype OrgId = u8;\nstruct CompanyPage;\nrow!(pub struct Tickets { a: u8 });";
    let findings = check(&tree(&[("crates/domain/src/lib.rs", text)]));
    let wanted = [
        (1, "account"),
        (2, "account"),
        (4, "activity"),
        (5, "organisation"),
        (6, "organisation"),
        (7, "registration"),
    ];
    for (line, word) in wanted {
        let found = findings.iter().find(|finding| finding.line == line).unwrap();
        assert!(found.remedy.contains(word), "{found}");
    }
    assert_eq!(findings.len(), wanted.len());
}

#[test]
fn the_products_words_and_others_words_are_clean() {
    let text = "mod account {} struct Organisation; struct UserAgent; struct EventStream; struct Change; enum Tier {}";
    let test = "#[cfg(test)] mod tests { struct User; }";
    let tree = tree(&[
        ("crates/domain/src/lib.rs", text),
        ("crates/web/src/lib.rs", test),
        ("crates/db/migrations/1.sql", "create table account (user text);\n-- create table user ();"),
        ("crates/schedule/src/lib.rs", "struct Event;"),
        ("xtask/src/lib.rs", "struct Program;"),
    ]);
    expect(check(&tree), &[]);
}

#[test]
fn tables_with_another_word_are_found() {
    let text =
        "CREATE TABLE IF NOT EXISTS organisation_user (\n  id text\n);\ncreate table companies(id text);";
    expect(
        check(&tree(&[("crates/db/migrations/0001.sql", text)])),
        &[
            ("crates/db/migrations/0001.sql:1", "organisation_user"),
            ("crates/db/migrations/0001.sql:4", "companies"),
        ],
    );
}
