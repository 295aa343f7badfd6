//! Check: every crate takes the workspace's lints and versions, and every module file opens with its `//!`.

use toml::{Table, Value};

use super::finding::Finding;
use super::length::is_generated;
use super::rust::RustFile;
use super::tree::Tree;

const SECTIONS: &[&str] = &["dependencies", "dev-dependencies", "build-dependencies"];

/// Where a crate or a file lacks its head.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let manifests = tree.crates().flat_map(|(folder, manifest)| check_manifest(folder, manifest));
    let files = tree.rust().iter().filter(|file| !is_generated(&file.text)).filter_map(check_file);
    manifests.chain(files).collect()
}

fn check_manifest(folder: &str, manifest: Option<Table>) -> Vec<Finding> {
    let path = format!("{folder}/Cargo.toml");
    let Some(manifest) = manifest else {
        return vec![Finding::new(&path, 0, "is not TOML", "correct the manifest")];
    };
    let mut findings = Vec::new();
    let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
    if lints != Some(&Value::Boolean(true)) {
        findings.push(Finding::new(
            &path,
            0,
            "does not take the workspace's lints",
            "add `[lints]` with `workspace = true`",
        ));
    }
    for section in SECTIONS {
        let Some(Value::Table(dependencies)) = manifest.get(*section) else { continue };
        // A crate may name itself, to turn on a feature for its own tests.
        let own = |value: &Value| {
            value.get("workspace") != Some(&Value::Boolean(true))
                && value.get("path").and_then(Value::as_str) != Some(".")
        };
        findings.extend(dependencies.iter().filter(|(_, value)| own(value)).map(|(name, _)| {
            Finding::new(
                &path,
                0,
                format!("gives {name} a version of its own"),
                format!("write `{name}.workspace = true` and the version into the root Cargo.toml"),
            )
        }));
    }
    findings
}

fn check_file(file: &RustFile) -> Option<Finding> {
    if let Err((line, words)) = &file.parsed {
        return Some(Finding::new(&file.path, *line, format!("does not parse: {words}"), "correct the code"));
    }
    let is_opened = file.text.trim_start().starts_with("//!");
    (!is_opened).then(|| {
        Finding::new(
            &file.path,
            1,
            "does not open with `//!`",
            "say in its first lines what the module owns and what it does not",
        )
    })
}
