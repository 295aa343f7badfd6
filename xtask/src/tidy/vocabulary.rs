//! Check: types, modules and tables use the product's words. Held are those slips that mean one thing only here;
//! words with a second, honest meaning in a program (`node`, `metric`, `case`) are left to the reader.

use super::finding::Finding;
use super::names::words;
use super::rust::{RustFile, definitions, each_sequence};
use super::tree::Tree;

/// What slips in, and the word to use.
const SLIPS: &[(&str, &str)] = &[
    ("company", "organisation"),
    ("companies", "organisation"),
    ("org", "organisation"),
    ("organization", "organisation"),
    ("institution", "organisation"),
    ("user", "person or account"),
    ("hub", "centre"),
    ("tenant", "centre"),
    ("center", "centre"),
    ("program", "programme"),
    ("ipr", "right"),
    ("recommendation", "match"),
    ("eoi", "interest"),
    ("enquiry", "interest"),
    ("enquiries", "interest"),
    ("deal", "docking"),
    ("achievement", "agreement"),
    ("partnership", "mechanism"),
    ("event", "activity, or change for a row of the log"),
    ("ticket", "registration"),
    ("booking", "registration"),
    ("appointment", "meeting"),
    ("consultant", "expert"),
    ("acl", "tier"),
];

/// Endings that say which side of a thing a type shows: `UserRow` is a slip as `User` is.
const SIDES: &[&str] =
    &["draft", "filter", "form", "id", "kind", "list", "page", "ref", "row", "state", "view"];

/// The crates that know nothing of the platform, and have the words of their own subject.
const APART: &[&str] = &["matching", "schedule", "search", "text"];

/// Where a name uses a word that is not the product's. The developer tool has no product words and is left out.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let is_product = |file: &&RustFile| {
        file.path.starts_with("crates/") && !APART.iter().any(|name| file.is_in_src_of(name))
    };
    let rust = tree.rust().iter().filter(is_product).flat_map(check_file);
    let sql = tree.below("crates/").filter(|(path, _)| path.ends_with(".sql"));
    rust.chain(sql.flat_map(|(path, text)| check_tables(path, text))).collect()
}

fn slip(word: &str) -> Option<&'static str> {
    let singular = word.strip_suffix('s').unwrap_or(word);
    SLIPS.iter().find(|(wrong, _)| *wrong == word || *wrong == singular).map(|(_, right)| *right)
}

fn finding(path: &str, line: usize, what: &str, name: &str, right: &str) -> Finding {
    Finding::new(
        path,
        line,
        format!("the {what} {name} uses a word that is not the product's"),
        format!("the word is {right}: one word per thing, from table to type to message"),
    )
}

fn check_file(file: &RustFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Ok(parsed) = &file.parsed else { return findings };
    each_sequence(&parsed.product, &mut |tokens| {
        for (what, name) in definitions(tokens) {
            if let Some(right) = slip_in_whole(&name.to_string()) {
                findings.push(finding(&file.path, name.span().start().line, what, &name.to_string(), right));
            }
        }
    });
    findings
}

/// Whether the name as a whole, less the side it shows, is a slip. A slip inside a longer name (`UserAgent`)
/// most often belongs to somebody else's word.
fn slip_in_whole(name: &str) -> Option<&'static str> {
    let mut words = words(name);
    while words.len() > 1 && words.last().is_some_and(|word| SIDES.contains(&word.as_str())) {
        words.pop();
    }
    match words.as_slice() {
        [word] => slip(word),
        _ => None,
    }
}

/// Every word of a table's name counts: nobody else names our tables.
fn check_tables(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim().to_lowercase();
        let Some(rest) = line.strip_prefix("create table ") else { continue };
        let rest = rest.strip_prefix("if not exists ").unwrap_or(rest);
        let name: String = rest
            .trim_start()
            .chars()
            .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
            .collect();
        if let Some(right) = words(&name).iter().find_map(|word| slip(word)) {
            findings.push(finding(path, number + 1, "table", &name, right));
        }
    }
    findings
}
