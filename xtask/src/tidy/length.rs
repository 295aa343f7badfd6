//! Check: no Rust file is too long to be read in one go.

use super::finding::Finding;
use super::rust::RustFile;
use super::tree::Tree;

/// The longest a file may be, in lines.
pub const LIMIT: usize = 600;

/// The files over the limit. Generated files (marked `@generated` in their first five lines) and test files that
/// hold nothing but tables are exempt.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .iter()
        .filter(|file| file.text.lines().count() > LIMIT && !is_generated(&file.text) && !is_test_table(file))
        .map(|file| {
            Finding::new(
                &file.path,
                LIMIT + 1,
                format!("has {} lines, over the limit of {LIMIT}", file.text.lines().count()),
                "split it by verb or facet; at 400 lines already it was worth a second look",
            )
        })
        .collect()
}

/// Whether the text says in its first lines that a program wrote it.
pub fn is_generated(text: &str) -> bool {
    text.lines().take(5).any(|line| line.trim_start().starts_with("//") && line.contains("@generated"))
}

fn is_test_table(file: &RustFile) -> bool {
    let is_data =
        |item: &syn::Item| matches!(item, syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Use(_));
    file.path.contains("/tests/")
        && file.parsed.as_ref().is_ok_and(|parsed| parsed.syntax.items.iter().all(is_data))
}
