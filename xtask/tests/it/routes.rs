//! The check `routes`.

use xtask::tidy::finding::Finding;
use xtask::tidy::routes::{MATRIX, check};

use crate::{expect, tree};

const ROUTES: &str = r#"[
    {"method": "GET", "path": "/{locale}", "name": "home", "surface": "page"},
    {"method": "POST", "path": "/api/v1/news", "name": "news", "surface": "api"},
    {"method": "GET", "path": "/api/v1/news", "name": "news", "surface": "api"}
]"#;
const HOME: &str = "[home]\npath = \"/{locale}\"\nvisitor = 200\nmember = 200\n";
const NEWS: &str = "[news]\npath = \"/api/v1/news\"\nvisitor = 401\nmember = 403\n";

fn findings(matrix: &str) -> Vec<Finding> {
    check(&tree(&[(MATRIX, matrix)]), &Ok(ROUTES.to_owned()))
}

#[test]
fn a_row_for_each_route_is_clean() {
    expect(findings(&format!("{HOME}{NEWS}")), &[]);
}

#[test]
fn a_route_without_a_row_is_found() {
    expect(findings(HOME), &[(MATRIX, "the route news (/api/v1/news) has no row")]);
}

#[test]
fn a_row_without_a_route_is_found() {
    let matrix = format!("{HOME}{NEWS}[old]\npath = \"/old\"\nvisitor = 200\nmember = 200\n");
    expect(findings(&matrix), &[(&format!("{MATRIX}:9"), "old is no route")]);
}

#[test]
fn a_row_for_another_path_is_found() {
    let matrix = format!("{HOME}{}", NEWS.replace("v1", "v2"));
    expect(findings(&matrix), &[(&format!("{MATRIX}:5"), "news lies at /api/v1/news")]);
}

#[test]
fn a_row_that_leaves_out_a_role_is_found() {
    let matrix = format!("{HOME}{}", NEWS.replace("member = 403\n", ""));
    expect(findings(&matrix), &[(&format!("{MATRIX}:5"), "news says nothing for member")]);
    let matrix = format!("{HOME}[news]\npath = \"/api/v1/news\"\n");
    expect(findings(&matrix), &[(&format!("{MATRIX}:5"), "nothing for any role")]);
}

#[test]
fn a_missing_or_broken_matrix_is_found() {
    expect(check(&tree(&[]), &Ok(ROUTES.to_owned())), &[(MATRIX, "does not exist")]);
    expect(findings("[home\n"), &[(MATRIX, "is not TOML")]);
}

#[test]
fn routes_that_cannot_be_had_are_found() {
    let broken = [
        Err("the binary does not build".to_owned()),
        Ok("no json".to_owned()),
        Ok("[]".to_owned()),
        Ok("[{\"path\": \"/\"}]".to_owned()),
        Ok("[{\"path\": \"/a\", \"name\": \"a\"}, {\"path\": \"/b\", \"name\": \"a\"}]".to_owned()),
    ];
    for routes in broken {
        expect(check(&tree(&[(MATRIX, HOME)]), &routes), &[("crates/web", "the routes are not known")]);
    }
}
