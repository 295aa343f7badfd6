//! The check `names`.

use xtask::tidy::names::{check, words};

use crate::{expect, tree};

#[test]
fn names_are_split_into_words() {
    assert_eq!(words("HTTPHandler"), ["http", "handler"]);
    assert_eq!(words("service_order"), ["service", "order"]);
    assert_eq!(words("FooUtils2"), ["foo", "utils2"]);
    assert_eq!(words("kebab-case"), ["kebab", "case"]);
}

#[test]
fn files_and_folders_named_after_nothing_are_found() {
    let tree = tree(&[
        ("crates/db/src/utils.rs", ""),
        ("crates/domain/src/listing/listing_service.rs", ""),
        ("crates/web/src/handlers/news.rs", ""),
        ("crates/web/templates/misc/a.html", ""),
        ("locales/en/helper.ftl", ""),
        ("docs/utils.md", ""),
    ]);
    expect(
        check(&tree),
        &[
            ("crates/db/src/utils.rs", "utils"),
            ("crates/domain/src/listing/listing_service.rs", "service"),
            ("crates/web/src/handlers/news.rs", "handlers"),
            ("crates/web/templates/misc/a.html", "misc"),
            ("locales/en/helper.ftl", "helper"),
        ],
    );
}

#[test]
fn modules_and_types_named_after_nothing_are_found() {
    let text = "mod helpers {\n    struct NewsManager;\n}\ntrait Handler {}\ntype ListingRepository = u8;\nrow!(enum MailService {});";
    expect(
        check(&tree(&[("crates/web/src/lib.rs", text)])),
        &[
            ("crates/web/src/lib.rs:1", "helpers"),
            ("crates/web/src/lib.rs:2", "NewsManager"),
            ("crates/web/src/lib.rs:4", "Handler"),
            ("crates/web/src/lib.rs:5", "ListingRepository"),
            ("crates/web/src/lib.rs:6", "MailService"),
        ],
    );
}

#[test]
fn the_slice_service_keeps_its_name() {
    let text = "struct Service;\nstruct ServiceOrder;";
    let tree = tree(&[
        ("crates/domain/src/lib.rs", "pub mod service;"),
        ("crates/domain/src/service/mod.rs", text),
        ("crates/web/src/service.rs", text),
        ("crates/web/src/page.rs", "struct ServiceLayer;"),
    ]);
    expect(check(&tree), &[("crates/web/src/page.rs:1", "ServiceLayer")]);
}

#[test]
fn functions_with_empty_prefixes_are_found_where_we_name_them() {
    let text = "fn get_news() {}\nimpl News {\n    fn handle_post(&self) {}\n}\n\
                impl Other for News {\n    fn get_it(&self) {}\n}\nfn doing() {}\nfn getter() {}";
    expect(
        check(&tree(&[("crates/web/src/news.rs", text)])),
        &[("crates/web/src/news.rs:1", "get_"), ("crates/web/src/news.rs:3", "handle_")],
    );
}
