//! Product code and test code are told apart.

use crate::tree;

fn product(text: &str) -> String {
    let tree = tree(&[("crates/db/src/lib.rs", text)]);
    tree.rust()[0].product().to_string()
}

#[test]
fn items_under_a_test_condition_are_left_out() {
    let kept = product("fn kept() {} #[cfg(test)] mod tests { fn gone() {} } fn also_kept() {}");
    assert_eq!(kept, "fn kept () { } fn also_kept () { }");
    assert_eq!(product("#[cfg(all(test, unix))] use gone::{a, b}; fn kept() {}"), "; fn kept () { }");
}

#[test]
fn test_functions_are_left_out_whatever_runs_them() {
    assert_eq!(product("#[db::test] async fn gone(db: Db) { x() } #[test] #[ignore] fn gone() {}"), "");
    assert_eq!(
        product("impl A { #[tokio::test(flavor = \"x\")] fn gone() {} fn kept() {} }"),
        "impl A { fn kept () { } }"
    );
}

#[test]
fn what_holds_outside_tests_is_product() {
    assert_eq!(product("#[cfg(not(test))] fn kept() {}"), "# [cfg (not (test))] fn kept () { }");
    assert_eq!(product("#[cfg(unix)] fn kept() {}"), "# [cfg (unix)] fn kept () { }");
}

#[test]
fn files_of_test_modules_are_test_code() {
    let tree = tree(&[
        ("crates/db/src/lib.rs", "mod pool; #[cfg(test)] mod proof;"),
        ("crates/db/src/pool.rs", "#[cfg(test)] mod deep;"),
        ("crates/db/src/pool/deep.rs", ""),
        ("crates/db/src/proof/mod.rs", ""),
        ("crates/db/src/proof/part.rs", ""),
        ("crates/db/src/proofs.rs", ""),
        ("crates/db/src/whole.rs", "#![cfg(test)]"),
        ("crates/db/tests/it/main.rs", ""),
    ]);
    let tests: Vec<&str> =
        tree.rust().iter().filter(|file| file.is_test).map(|file| file.path.as_str()).collect();
    assert_eq!(
        tests,
        [
            "crates/db/src/pool/deep.rs",
            "crates/db/src/proof/mod.rs",
            "crates/db/src/proof/part.rs",
            "crates/db/src/whole.rs",
            "crates/db/tests/it/main.rs",
        ]
    );
}
