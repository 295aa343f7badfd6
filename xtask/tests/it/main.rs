//! The tests of the developer tool. Each check of the tree is shown a tree that breaks its rule and must find it,
//! and one that keeps it and must find nothing.

mod arrows;
mod environment;
mod glossary;
mod group;
mod heads;
mod length;
mod messages;
mod names;
mod paths;
mod routes;
mod rust;
mod slices;
mod statements;
mod suite;
mod tally;
mod tree;
mod vocabulary;

use xtask::tidy::finding::Finding;
use xtask::tidy::tree::Tree;

/// A tree of these files.
fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::of(files.iter().copied())
}

/// Demands these findings and no other, in the order of their places: each at `path:line` (`path` alone for a
/// whole file) with these words in it.
#[track_caller]
fn expect(mut findings: Vec<Finding>, wanted: &[(&str, &str)]) {
    findings.sort();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let shown = shown.join("\n");
    assert_eq!(
        findings.len(),
        wanted.len(),
        "{} findings, wanted {}:\n{shown}",
        findings.len(),
        wanted.len()
    );
    for (finding, (place, words)) in findings.iter().zip(wanted) {
        let at = if finding.line == 0 {
            finding.path.clone()
        } else {
            format!("{}:{}", finding.path, finding.line)
        };
        assert_eq!(at, *place, "in\n{shown}");
        assert!(finding.problem.contains(words), "wanted `{words}` in\n{finding}");
        assert!(!finding.remedy.is_empty(), "no way out of\n{finding}");
    }
}
