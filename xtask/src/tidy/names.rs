//! Check: no file, module or type is named after its layer (`service`, `repository`) or after nothing at all
//! (`utils`), and no function carries a prefix that says nothing (`get_`). What the words of the product are is
//! the matter of `vocabulary`.

use proc_macro2::Ident;
use syn::visit::{self, Visit};

use super::finding::Finding;
use super::rust::{RustFile, definitions, each_sequence};
use super::tree::Tree;

/// Words that say nothing about what a thing is.
const EMPTY_WORDS: &[&str] = &[
    "util",
    "utils",
    "utility",
    "utilities",
    "helper",
    "helpers",
    "manager",
    "managers",
    "service",
    "services",
    "handler",
    "handlers",
    "repository",
    "repositories",
    "misc",
];

/// Prefixes of functions that say nothing about what they do.
const EMPTY_PREFIXES: &[&str] = &["get_", "handle_", "do_"];

const REMEDY: &str = "name it after what it is or does in the product's words: a singular noun, or a verb";

/// Where a name says nothing.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let ours = ["crates/", "xtask/", "locales/"].into_iter().flat_map(|folder| tree.below(folder));
    let files = ours.filter_map(|(path, _)| check_path(path));
    files.chain(tree.rust().iter().flat_map(check_file)).collect()
}

/// The words of a name in snake_case, kebab-case or CamelCase, in small letters.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut letters = name.chars().peekable();
    let mut after_small = false;
    while let Some(letter) = letters.next() {
        let before_small = letters.peek().is_some_and(|next| next.is_lowercase());
        if !letter.is_alphanumeric() || letter.is_uppercase() && (after_small || before_small) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        after_small = letter.is_lowercase() || letter.is_numeric();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn empty_word(name: &str) -> Option<String> {
    words(name).into_iter().find(|word| EMPTY_WORDS.contains(&word.as_str()))
}

fn check_path(path: &str) -> Option<Finding> {
    path.split('/').find_map(|part| {
        let stem = part.split_once('.').map_or(part, |(stem, _)| stem);
        let word = empty_word(stem).filter(|_| stem != "service")?;
        Some(Finding::new(path, 0, format!("{part} is named after nothing (`{word}`)"), REMEDY))
    })
}

fn check_file(file: &RustFile) -> Vec<Finding> {
    let Ok(parsed) = &file.parsed else { return Vec::new() };
    let mut findings = Vec::new();
    each_sequence(&parsed.all, &mut |tokens| {
        findings.extend(definitions(tokens).filter_map(|(what, name)| check_definition(file, what, name)));
    });
    let mut functions = Functions { file, findings };
    functions.visit_file(&parsed.syntax);
    functions.findings
}

fn check_definition(file: &RustFile, what: &str, name: &Ident) -> Option<Finding> {
    let text = name.to_string();
    let word = empty_word(&text)?;
    // The slice `service`, of the services that the platform's members offer, may use its own name.
    let is_slice =
        text == "service" || file.path.split('/').any(|part| part == "service" || part == "service.rs");
    if word.starts_with("service") && is_slice {
        return None;
    }
    Some(finding(file, name, format!("the {what} {text} is named after nothing (`{word}`)")))
}

fn finding(file: &RustFile, name: &Ident, problem: String) -> Finding {
    Finding::new(&file.path, name.span().start().line, problem, REMEDY)
}

/// Looks at the functions that we name: not at the methods of somebody else's trait.
struct Functions<'a> {
    file: &'a RustFile,
    findings: Vec<Finding>,
}

impl Functions<'_> {
    fn judge(&mut self, name: &Ident) {
        let text = name.to_string();
        if let Some(prefix) = EMPTY_PREFIXES.iter().find(|prefix| text.starts_with(**prefix)) {
            let problem = format!("the function {text} begins with the empty prefix `{prefix}`");
            self.findings.push(finding(self.file, name, problem));
        }
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.trait_.is_none() {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        self.judge(&signature.ident);
        visit::visit_signature(self, signature);
    }
}
