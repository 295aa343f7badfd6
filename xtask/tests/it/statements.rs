//! The check `statements`.

use xtask::tidy::evidence::Seen;
use xtask::tidy::statements::{check, seen_name};

use crate::{expect, tree};

const TEXT: &str = "select id from file where id = $1";

fn seen(sqlite: &[&str], postgres: &[&str]) -> Seen {
    let names = |texts: &[&str]| texts.iter().map(|text| seen_name(text)).collect();
    Seen { sqlite: names(sqlite), postgres: names(postgres) }
}

#[test]
fn a_seen_statement_is_kept_under_sixteen_digits_of_its_hash() {
    assert_eq!(seen_name(""), "af1349b9f5f9a1a6.sql");
    assert_eq!(seen_name("select 1").len(), 20);
}

#[test]
fn statements_that_ran_on_both_databases_are_clean() {
    let text = format!(
        "const A: Sql = db::sql!(\"{TEXT}\");\nfn f() {{ run(sql!(r\"select 'x'\", id, tx.now())); }}"
    );
    let tree = tree(&[("crates/domain/src/file.rs", &text)]);
    let both = [TEXT, "select 'x'"];
    expect(check(&tree, Some(&seen(&both, &both))), &[]);
}

#[test]
fn a_statement_that_ran_on_one_database_or_none_is_found() {
    let text = format!("fn f() {{\n    log!(db::sql!(\"{TEXT}\"));\n}}");
    let tree = tree(&[("crates/domain/src/file.rs", &text)]);
    let place = "crates/domain/src/file.rs:2";
    expect(check(&tree, Some(&seen(&[TEXT], &[]))), &[(place, "on PostgreSQL")]);
    expect(check(&tree, Some(&seen(&[], &[TEXT]))), &[(place, "on SQLite")]);
    expect(check(&tree, Some(&seen(&[], &[]))), &[(place, "on SQLite and PostgreSQL")]);
}

#[test]
fn another_text_is_another_statement() {
    let tree = tree(&[("crates/domain/src/file.rs", "fn f() { sql!(\"select 1\\n  + 1\") }")]);
    expect(
        check(&tree, Some(&seen(&["select 1 + 1"], &["select 1 + 1"]))),
        &[("crates/domain/src/file.rs:1", "no test")],
    );
    let same = "select 1\n  + 1";
    expect(check(&tree, Some(&seen(&[same], &[same]))), &[]);
}

#[test]
fn a_statement_that_is_no_literal_is_found() {
    let tree = tree(&[
        ("crates/domain/src/a.rs", "fn f() { sql!(TEXT) }"),
        ("crates/domain/src/b.rs", "fn f() { db::sql!(concat!(\"select \", \"1\")) }"),
    ]);
    expect(
        check(&tree, Some(&seen(&[], &[]))),
        &[("crates/domain/src/a.rs:1", "no literal"), ("crates/domain/src/b.rs:1", "no literal")],
    );
}

#[test]
fn in_db_a_statement_may_be_for_one_engine() {
    let text = "fn f() { match engine {\n\
        Engine::Sqlite => a(sql!(\"s\"), 1),\n\
        Engine::Postgres => { b(sql!(\"p\")) }\n\
        _ => sql!(\"both\"),\n\
        } }\n\
        fn g() { if read.engine() == Engine::Postgres { sql!(\"p\") } sql!(\"both\") }\n\
        fn postgres_columns(name: &str) -> Statement { sql!(\"p\", name) }\n\
        fn h() { sql!(\"both\") }\n\
        fn i() { match e { Engine::Sqlite | Engine::Postgres => sql!(\"both\"), } }";
    let seen = seen(&["s"], &["p"]);
    let in_db =
        tree(&[("crates/db/src/schema.rs", text), ("crates/db/src/sqlite.rs", "fn f() { sql!(\"s\") }")]);
    let both = "on SQLite and PostgreSQL";
    expect(
        check(&in_db, Some(&seen)),
        &[
            ("crates/db/src/schema.rs:4", both),
            ("crates/db/src/schema.rs:6", both),
            ("crates/db/src/schema.rs:8", both),
            ("crates/db/src/schema.rs:9", both),
        ],
    );
    let elsewhere = "fn f() { match engine { Engine::Sqlite => sql!(\"s\"), } }";
    let tree = tree(&[("crates/domain/src/file.rs", elsewhere)]);
    expect(check(&tree, Some(&seen)), &[("crates/domain/src/file.rs:1", "on PostgreSQL")]);
}

#[test]
fn statements_of_tests_are_not_looked_at() {
    let tree = tree(&[
        (
            "crates/domain/src/a.rs",
            "const A: Sql = sql!(\"select 1\");\n#[cfg(test)] mod tests { const B: Sql = sql!(\"select 2\"); }",
        ),
        ("crates/domain/tests/it/a.rs", "const C: Sql = sql!(\"select 3\");"),
    ]);
    expect(check(&tree, Some(&seen(&["select 1"], &["select 1"]))), &[]);
}

#[test]
fn without_a_test_run_nothing_is_known() {
    let tree = tree(&[("crates/domain/src/a.rs", "const A: Sql = sql!(\"select 1\");")]);
    let findings = check(&tree, None);
    assert!(findings[0].remedy.contains("cargo xtask test"));
    expect(findings, &[("target/sql-seen", "no tests left")]);
}

#[test]
fn a_domain_without_any_statement_is_found() {
    expect(check(&tree(&[]), Some(&seen(&[], &[]))), &[("crates/domain", "no SQL statement at all")]);
}
