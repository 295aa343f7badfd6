//! Check: every SQL statement of the product ran on both databases in the tests. The test harness of `db` leaves
//! the text of each statement that ran; what runs, and whether it does the right thing, the tests say.

use proc_macro2::TokenTree;

use super::evidence::Seen;
use super::finding::Finding;
use super::rust::{RustFile, as_group, as_name, each_sequence, is_mark, line_of, string_value};
use super::tree::Tree;

/// A statement written in the product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Its file.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// Its text; `None` when it is no literal.
    pub text: Option<String>,
}

/// The statements that no test ran on both databases, and those whose text cannot be known.
pub fn check(tree: &Tree, seen: Option<&Seen>) -> Vec<Finding> {
    let statements = statements(tree);
    if statements.is_empty() {
        let remedy = "write each as db::sql!(\"..\"), so that this check can find it";
        return vec![Finding::new("crates/domain", 0, "has no SQL statement at all", remedy)];
    }
    let Some(seen) = seen else {
        let problem = "nothing is known of the statements that ran: no tests left target/sql-seen";
        return vec![Finding::new("target/sql-seen", 0, problem, "run `cargo xtask test` first")];
    };
    statements.iter().filter_map(|statement| check_statement(statement, seen)).collect()
}

fn check_statement(statement: &Statement, seen: &Seen) -> Option<Finding> {
    let find =
        |problem: String, remedy: &str| Some(Finding::new(&statement.path, statement.line, problem, remedy));
    let Some(text) = &statement.text else {
        return find(
            "sql! has no literal".into(),
            "write the whole statement as one literal; values are parameters",
        );
    };
    let file = seen_name(text);
    let databases = [("SQLite", &seen.sqlite), ("PostgreSQL", &seen.postgres)];
    let missing: Vec<&str> =
        databases.iter().filter(|(_, seen)| !seen.contains(&file)).map(|(name, _)| *name).collect();
    if missing.is_empty() {
        return None;
    }
    find(
        format!("no test ran this statement on {}", missing.join(" and ")),
        "write a test that reaches it with #[db::test], and run `cargo xtask test`",
    )
}

/// The file in which the test harness leaves a statement that ran: 16 hexadecimal digits of the BLAKE3 hash of
/// its text.
pub fn seen_name(text: &str) -> String {
    format!("{}.sql", &blake3::hash(text.as_bytes()).to_hex()[..16])
}

/// Every `sql!(..)` in the product code of the crates, wherever it stands, in macros too.
pub fn statements(tree: &Tree) -> Vec<Statement> {
    let is_product =
        |file: &&RustFile| !file.is_test && file.path.starts_with("crates/") && file.path.contains("/src/");
    let mut found = Vec::new();
    for file in tree.rust().iter().filter(is_product) {
        each_sequence(&file.product(), &mut |tokens| {
            for (at, token) in tokens.iter().enumerate() {
                let is_macro = as_name(Some(token)).is_some_and(|name| name == "sql")
                    && is_mark(tokens.get(at + 1), '!');
                let Some(arguments) = as_group(tokens.get(at + 2)).filter(|_| is_macro) else { continue };
                let inside: Vec<TokenTree> = arguments.stream().into_iter().collect();
                let text = match inside.as_slice() {
                    [TokenTree::Literal(literal)] => string_value(literal),
                    [TokenTree::Literal(literal), comma] if is_mark(Some(comma), ',') => {
                        string_value(literal)
                    }
                    _ => None,
                };
                found.push(Statement { path: file.path.clone(), line: line_of(token), text });
            }
        });
    }
    found
}
