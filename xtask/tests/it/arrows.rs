//! The check `arrows`.

use xtask::tidy::arrows::check;

use crate::{expect, tree};

fn manifest(name: &str, rest: &str) -> String {
    format!("[package]\nname = \"{name}\"\n{rest}")
}

#[test]
fn arrows_that_point_down_are_clean() {
    let web = manifest("web", "[dependencies]\ndomain.workspace = true\naxum.workspace = true\n");
    let domain = manifest("domain", "[dependencies]\ndb.workspace = true\nblake3.workspace = true\n");
    expect(check(&tree(&[("crates/web/Cargo.toml", &web), ("crates/domain/Cargo.toml", &domain)])), &[]);
}

#[test]
fn an_arrow_that_runs_up_is_found() {
    let domain = manifest("domain", "[dependencies]\nweb.workspace = true\n");
    expect(
        check(&tree(&[("crates/domain/Cargo.toml", &domain)])),
        &[("crates/domain/Cargo.toml", "domain may not depend on web")],
    );
}

#[test]
fn an_arrow_for_one_platform_or_for_the_build_is_found() {
    let db = manifest(
        "db",
        "[build-dependencies]\ni18n.workspace = true\n[target.'cfg(unix)'.dependencies]\ndomain.workspace = true\n",
    );
    expect(
        check(&tree(&[("crates/db/Cargo.toml", &db)])),
        &[
            ("crates/db/Cargo.toml", "db may not depend on domain"),
            ("crates/db/Cargo.toml", "db may not depend on i18n"),
        ],
    );
}

#[test]
fn pure_crates_depend_on_no_other() {
    let schedule = manifest("schedule", "[dependencies]\ndb.workspace = true\n");
    expect(
        check(&tree(&[("crates/schedule/Cargo.toml", &schedule)])),
        &[("crates/schedule/Cargo.toml", "schedule")],
    );
}

#[test]
fn a_framework_outside_its_crate_is_found() {
    let domain = manifest(
        "domain",
        "[dependencies]\nsqlx.workspace = true\naxum-extra.workspace = true\nhyper-util.workspace = true\n",
    );
    let mail = manifest("mail", "[dependencies]\naskama.workspace = true\ntantivy.workspace = true\n");
    let db = manifest("db", "[dependencies]\nlettre.workspace = true\naskama.workspace = true\n");
    expect(
        check(&tree(&[
            ("crates/db/Cargo.toml", &db),
            ("crates/domain/Cargo.toml", &domain),
            ("crates/mail/Cargo.toml", &mail),
        ])),
        &[
            ("crates/db/Cargo.toml", "askama"),
            ("crates/db/Cargo.toml", "lettre"),
            ("crates/domain/Cargo.toml", "axum-extra"),
            ("crates/domain/Cargo.toml", "hyper-util"),
            ("crates/domain/Cargo.toml", "sqlx"),
            ("crates/mail/Cargo.toml", "tantivy"),
        ],
    );
}

#[test]
fn another_name_does_not_hide_a_framework() {
    let domain = manifest(
        "domain",
        "[dependencies]\npages = { workspace = true }\nsql = { package = \"sqlx\", version = \"1\" }\n",
    );
    let root = "[workspace.dependencies]\npages = { version = \"0.8\", package = \"axum\" }\n";
    expect(
        check(&tree(&[("Cargo.toml", root), ("crates/domain/Cargo.toml", &domain)])),
        &[("crates/domain/Cargo.toml", "axum"), ("crates/domain/Cargo.toml", "sqlx")],
    );
}

#[test]
fn tests_may_use_frameworks_and_crates_below_but_none_above() {
    let fine = manifest(
        "web",
        "[dev-dependencies]\nsqlx.workspace = true\nschedule.workspace = true\nweb.workspace = true\n",
    );
    let macros = manifest("db-macros", "[dev-dependencies]\ndb.workspace = true\n");
    let wrong = manifest("domain", "[dev-dependencies]\nweb.workspace = true\n");
    let tree = tree(&[
        ("crates/db-macros/Cargo.toml", &macros),
        ("crates/domain/Cargo.toml", &wrong),
        ("crates/web/Cargo.toml", &fine),
    ]);
    expect(check(&tree), &[("crates/domain/Cargo.toml", "domain may not depend on web")]);
}

#[test]
fn a_crate_that_is_not_on_the_map_is_found() {
    let stray = manifest("stray", "");
    expect(
        check(&tree(&[("crates/stray/Cargo.toml", &stray)])),
        &[("crates/stray/Cargo.toml", "not on the map")],
    );
}
