//! Check: only the binary reads the environment. The tool itself may, and a test harness may read the variables
//! that `cargo xtask test` sets for it.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};

use super::finding::Finding;
use super::rust::{RustFile, as_group, as_name, each_sequence, is_mark, line_of, string_value};
use super::tree::Tree;

/// What `std::env` offers that depends on who started the process and how.
const READERS: &[&str] =
    &["var", "var_os", "vars", "vars_os", "set_var", "remove_var", "args", "args_os", "home_dir"];

/// The variables a test harness may read.
const TEST_PREFIX: &str = "CAUSEWAY_TEST_";

/// Where code outside the binary reads the environment.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let may = |file: &RustFile| file.is_in_src_of("causeway") || file.path.starts_with("xtask/");
    let is_product = |file: &&RustFile| !file.is_test && file.path.contains("/src/") && !may(file);
    tree.rust().iter().filter(is_product).flat_map(check_file).collect()
}

fn check_file(file: &RustFile) -> Vec<Finding> {
    let tokens = file.product();
    let constants = constants(&tokens);
    let mut findings = Vec::new();
    each_sequence(&tokens, &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            if as_name(Some(token)).is_none_or(|name| name != "env")
                || !is_mark(tokens.get(at + 1), ':')
                || !is_mark(tokens.get(at + 2), ':')
            {
                continue;
            }
            let named = names_after(&tokens[at + 3..]);
            let Some(reader) = named.iter().find(|name| READERS.contains(&name.as_str())) else { continue };
            if !reads_test_variable(&tokens[at + 3..], &constants) {
                findings.push(Finding::new(
                    &file.path,
                    line_of(token),
                    format!("names std::env::{reader}; only the binary reads the environment"),
                    format!(
                        "take the value as a parameter, from the configuration of crates/causeway; a test harness \
                         reads `std::env::var(\"{TEST_PREFIX}..\")` and names the variable there"
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

/// Whether `tokens` is a call (`var("CAUSEWAY_TEST_X")`) that names a test variable, itself or by a constant.
fn reads_test_variable(tokens: &[TokenTree], constants: &BTreeMap<String, String>) -> bool {
    let Some(arguments) = as_group(tokens.get(1)) else { return false };
    let arguments: Vec<TokenTree> = arguments.stream().into_iter().collect();
    let variable = match arguments.as_slice() {
        [TokenTree::Literal(literal)] => string_value(literal),
        [.., TokenTree::Ident(name)] => constants.get(&name.to_string()).cloned(),
        _ => None,
    };
    variable.is_some_and(|variable| variable.starts_with(TEST_PREFIX))
}

/// The constants of a file whose value is a string literal: `const NAME: &str = "value";`.
fn constants(tokens: &TokenStream) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    each_sequence(tokens, &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Literal(literal) = token else { continue };
            if at < 6 || !is_mark(tokens.get(at - 1), '=') || !is_mark(tokens.get(at + 1), ';') {
                continue;
            }
            let start = tokens[..at]
                .iter()
                .rposition(|token| as_name(Some(token)).is_some_and(|name| name == "const"));
            let name = start.and_then(|start| as_name(tokens.get(start + 1)));
            if let (Some(name), Some(value)) = (name, string_value(literal)) {
                found.insert(name.to_string(), value);
            }
        }
    });
    found
}
