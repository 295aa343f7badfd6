//! Check: crates depend downwards only, and each framework is named by the one crate that wraps it.
//!
//! The table below is the architecture's. A new arrow or a new crate needs a decision entry first.

use toml::{Table, Value};

use super::finding::Finding;
use super::tree::Tree;

/// Each crate with those of the workspace it may depend on.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("schedule", &[]),
    ("i18n", &[]),
    ("search", &["text"]),
    ("matching", &["text"]),
    ("db-macros", &[]),
    ("db", &["db-macros"]),
    ("domain", &["db", "i18n", "matching", "schedule", "search"]),
    ("mail", &["db", "domain", "i18n"]),
    ("web", &["db", "domain", "i18n"]),
    ("causeway", &["db", "domain", "i18n", "mail", "matching", "schedule", "search", "text", "web"]),
    ("xtask", &[]),
];

/// Arrows that only tests may use, beside those that lead down.
const TEST_ARROWS: &[(&str, &str)] = &[("db-macros", "db")];

/// Each framework (a package, or a family of packages with this word and a hyphen or underscore in front) with
/// the crates that may name it.
const FRAMEWORKS: &[(&str, &[&str])] = &[
    ("axum", &["web"]),
    ("askama", &["mail", "web"]),
    ("hyper", &["web"]),
    ("tower", &["web"]),
    ("lettre", &["mail"]),
    ("tantivy", &["search"]),
    ("sqlx", &["db"]),
    ("rusqlite", &["db"]),
    ("libsqlite3", &["db"]),
    ("tokio-postgres", &["db"]),
];

/// The dependencies that lead up, or name another crate's framework.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let root: Table = tree.text("Cargo.toml").and_then(|text| text.parse().ok()).unwrap_or_default();
    let mut findings = Vec::new();
    for (folder, manifest) in tree.crates() {
        // A manifest that is not TOML is reported by the check `heads`.
        let Some(manifest) = manifest else { continue };
        let path = format!("{folder}/Cargo.toml");
        let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
        let name = name.unwrap_or_default();
        if !ARROWS.iter().any(|(known, _)| *known == name) {
            let remedy = "give it a decision entry and a row in the table of xtask/src/tidy/arrows.rs";
            findings.push(Finding::new(&path, 0, format!("the crate {name} is not on the map"), remedy));
            continue;
        }
        for dependency in dependencies(&manifest, &root) {
            findings.extend(
                judge(name, &dependency).map(|(problem, remedy)| Finding::new(&path, 0, problem, remedy)),
            );
        }
    }
    findings
}

/// One entry of a manifest.
struct Dependency {
    /// The package's own name, whatever the manifest calls it.
    package: String,
    for_tests: bool,
}

fn dependencies(manifest: &Table, root: &Table) -> Vec<Dependency> {
    let renamed_at_root = |key: &str| {
        let package = root.get("workspace")?.get("dependencies")?.get(key)?.get("package")?.as_str()?;
        Some(package.to_owned())
    };
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flatten();
    let tables = platforms.filter_map(|(_, table)| table.as_table()).chain([manifest]);
    let mut all = Vec::new();
    for table in tables {
        for (section, for_tests) in
            [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)]
        {
            let entries = table.get(section).and_then(Value::as_table).into_iter().flatten();
            all.extend(entries.map(|(key, value)| {
                let renamed = value.get("package").and_then(Value::as_str).map(str::to_owned);
                let package = renamed.or_else(|| renamed_at_root(key)).unwrap_or_else(|| key.clone());
                Dependency { package, for_tests }
            }));
        }
    }
    all
}

/// What is wrong with a crate's dependency, and the way out.
fn judge(name: &str, dependency: &Dependency) -> Option<(String, String)> {
    let Dependency { package, for_tests } = dependency;
    if let Some((_, owners)) = FRAMEWORKS.iter().find(|(framework, _)| is_of_family(package, framework)) {
        let wrong = !owners.contains(&name) && !for_tests;
        let owner = owners.join(" and ");
        return wrong.then(|| {
            (
                format!("{name} depends on {package}, which only {owner} may name"),
                format!("put what needs {package} into crates/{} and call it from here", owners[0]),
            )
        });
    }
    let (target, _) = ARROWS.iter().find(|(known, _)| known == package)?;
    let allowed = may(name, target)
        || *for_tests && (*target == name || !reaches(target, name) || TEST_ARROWS.contains(&(name, target)));
    (!allowed).then(|| {
        (
            format!("{name} may not depend on {target}: arrows point down only"),
            format!("move the shared part below both, or hand it in from above; see the table for {name}"),
        )
    })
}

fn is_of_family(package: &str, framework: &str) -> bool {
    package
        .strip_prefix(framework)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || rest.starts_with('_'))
}

fn may(from: &str, to: &str) -> bool {
    ARROWS.iter().any(|(name, allowed)| *name == from && allowed.contains(&to))
}

/// Whether arrows lead from one crate to another, over any number of crates.
fn reaches(from: &str, to: &str) -> bool {
    from == to
        || ARROWS
            .iter()
            .filter(|(name, _)| *name == from)
            .any(|(_, next)| next.iter().any(|next| reaches(next, to)))
}
