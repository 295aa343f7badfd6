//! The check `environment`.

use xtask::tidy::environment::check;

use crate::{expect, tree};

#[test]
fn reading_the_environment_outside_the_binary_is_found() {
    let tree = tree(&[
        ("crates/domain/src/a.rs", "fn f() {\n    let x = std::env::var(\"HOME\");\n}"),
        ("crates/web/src/b.rs", "use std::env::{self, var_os};"),
        ("crates/web/src/c.rs", "use std::env;\nfn f() {\n    println!(\"{:?}\", env::args());\n}"),
    ]);
    expect(
        check(&tree),
        &[
            ("crates/domain/src/a.rs:2", "std::env::var"),
            ("crates/web/src/b.rs:1", "std::env::var_os"),
            ("crates/web/src/c.rs:3", "std::env::args"),
        ],
    );
}

#[test]
fn the_binary_the_tool_and_tests_may() {
    let text = "fn f() { std::env::var(\"HOME\"); }";
    let test = "#[cfg(test)] mod tests { fn f() { std::env::var(\"HOME\"); } }";
    let tree = tree(&[
        ("crates/causeway/src/config.rs", text),
        ("xtask/src/main.rs", text),
        ("crates/web/tests/it/main.rs", text),
        ("crates/web/src/lib.rs", test),
        ("crates/web/src/page.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\");"),
    ]);
    expect(check(&tree), &[]);
}

#[test]
fn a_test_harness_may_read_what_the_test_run_sets_and_nothing_else() {
    let text = "fn told(name: &str) { std::env::var(name); }\nfn f() { told(\"CAUSEWAY_TEST_POSTGRES\"); env!(\"CARGO_MANIFEST_DIR\"); }\n\
                fn g() { told(\"HOME\"); }";
    expect(
        check(&tree(&[("crates/db/src/testing.rs", text)])),
        &[("crates/db/src/testing.rs:3", "variable HOME")],
    );
    expect(check(&tree(&[("crates/db/src/pool.rs", text)])), &[("crates/db/src/pool.rs:1", "std::env::var")]);
}
