//! Check: only the binary reads the environment. The tool itself may, and a test harness (`src/testing.rs` or below
//! `src/testing/`) may read the variables that `cargo xtask test` sets for it.

use proc_macro2::TokenTree;

use super::finding::Finding;
use super::rust::{RustFile, as_group, as_name, each_sequence, is_mark, line_of, string_value};
use super::tree::Tree;

/// What `std::env` offers that depends on who started the process and how.
const READERS: &[&str] =
    &["var", "var_os", "vars", "vars_os", "set_var", "remove_var", "args", "args_os", "home_dir"];

/// The variables a test harness may read.
const TEST_PREFIX: &str = "CAUSEWAY_TEST_";

/// Where code outside the binary reads the environment, and where a test harness reads more of it than it may.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let may = |file: &RustFile| file.is_in_src_of("causeway") || file.path.starts_with("xtask/");
    let is_product = |file: &&RustFile| !file.is_test && file.path.contains("/src/") && !may(file);
    let files = tree.rust().iter().filter(is_product);
    files.flat_map(|file| if is_harness(file) { foreign_variables(file) } else { readers(file) }).collect()
}

fn is_harness(file: &RustFile) -> bool {
    file.path.ends_with("/src/testing.rs") || file.path.contains("/src/testing/")
}

fn readers(file: &RustFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    each_sequence(&file.product(), &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            if as_name(Some(token)).is_none_or(|name| name != "env")
                || !is_mark(tokens.get(at + 1), ':')
                || !is_mark(tokens.get(at + 2), ':')
            {
                continue;
            }
            let named = names_after(&tokens[at + 3..]);
            if let Some(reader) = named.iter().find(|name| READERS.contains(&name.as_str())) {
                findings.push(Finding::new(
                    &file.path,
                    line_of(token),
                    format!("names std::env::{reader}; only the binary reads the environment"),
                    format!(
                        "take the value as a parameter, from the configuration of crates/causeway; a test harness \
                         reads {TEST_PREFIX}.. in src/testing.rs"
                    ),
                ));
            }
        }
    });
    findings
}

/// The name after `env::`, or those in the braces of an import.
fn names_after(tokens: &[TokenTree]) -> Vec<String> {
    let group: Vec<TokenTree> = match as_group(tokens.first()) {
        Some(group) => group.stream().into_iter().collect(),
        None => tokens.first().cloned().into_iter().collect(),
    };
    group.iter().filter_map(|token| as_name(Some(token)).map(ToString::to_string)).collect()
}

/// The literals of a test harness that look like a variable and are neither the test run's nor cargo's.
fn foreign_variables(file: &RustFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    each_sequence(&file.product(), &mut |tokens| {
        for token in tokens {
            let TokenTree::Literal(literal) = token else { continue };
            let foreign = string_value(literal).filter(|text| {
                is_variable(text) && !text.starts_with(TEST_PREFIX) && !text.starts_with("CARGO_")
            });
            findings.extend(foreign.map(|name| {
                Finding::new(
                    &file.path,
                    line_of(token),
                    format!("a test harness names the variable {name}"),
                    format!("a test depends on nothing but what `cargo xtask test` says in {TEST_PREFIX}.."),
                )
            }));
        }
    });
    findings
}

fn is_variable(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    text.len() > 1
        && text.starts_with(|letter: char| letter.is_ascii_uppercase())
        && text.chars().all(is_letter)
}
