//! The checks of what the compiler cannot see. Each check is a pure function from the tree to its findings,
//! in a file of its own; this module lists them, gathers what they look at and prints what they found.

pub mod arrows;
pub mod environment;
pub mod evidence;
pub mod finding;
pub mod glossary;
pub mod heads;
pub mod length;
pub mod messages;
pub mod names;
pub mod paths;
pub mod routes;
pub mod rust;
pub mod slices;
pub mod statements;
pub mod tree;
pub mod vocabulary;

use anyhow::{Result, bail};
use clap::Args;

pub use self::evidence::Routes;
use self::evidence::{Evidence, Seen};
use self::finding::Finding;
use self::tree::Tree;
use crate::tally::Tally;
use crate::workspace::Workspace;

/// What `cargo xtask tidy` takes.
#[derive(Debug, Args)]
pub struct Options {
    /// Run only these checks.
    pub checks: Vec<String>,
}

/// One check of the tree.
pub struct Check {
    /// Its name on the command line.
    pub name: &'static str,
    /// What must hold.
    pub rule: &'static str,
    /// Why there is nothing to check yet, if so. Where the crate that brings the subject exists, the absence of
    /// the subject is a finding instead.
    pub absent: fn(&Tree) -> Option<&'static str>,
    /// Where the rule does not hold.
    pub run: fn(&Tree, &Evidence) -> Vec<Finding>,
}

/// Every check, in the order they run.
pub const CHECKS: &[Check] = &[
    Check {
        name: "heads",
        rule: "crates take the workspace's lints, and every module file says at its head what it owns",
        absent: |_| None,
        run: |tree, _| heads::check(tree),
    },
    Check {
        name: "arrows",
        rule: "crates depend downwards only, and each framework is named by one crate",
        absent: |_| None,
        run: |tree, _| arrows::check(tree),
    },
    Check {
        name: "environment",
        rule: "only the binary reads the environment",
        absent: |_| None,
        run: |tree, _| environment::check(tree),
    },
    Check {
        name: "slices",
        rule: "a slice imports another only where the list allows it",
        absent: |tree| (!tree.has_crate("domain")).then_some("there is no crate domain yet"),
        run: |tree, _| slices::check(tree),
    },
    Check {
        name: "length",
        rule: "no Rust file is longer than 600 lines",
        absent: |_| None,
        run: |tree, _| length::check(tree),
    },
    Check {
        name: "names",
        rule: "nothing is named after its layer or after nothing at all",
        absent: |_| None,
        run: |tree, _| names::check(tree),
    },
    Check {
        name: "vocabulary",
        rule: "one word per thing, from table to type",
        absent: |_| None,
        run: |tree, _| vocabulary::check(tree),
    },
    Check {
        name: "messages",
        rule: "every message is known, used, and there in each locale with the same arguments",
        absent: |tree| (!tree.has_crate("i18n")).then_some("there is no crate i18n yet"),
        run: |tree, _| messages::check(tree),
    },
    Check {
        name: "glossary",
        rule: "the glossary's tables are well formed, and no two concepts share a label",
        absent: |tree| tree.text("glossary/taxonomy.tsv").is_none().then_some("there is no glossary yet"),
        run: |tree, _| glossary::check(tree),
    },
    Check {
        name: "routes",
        rule: "every route has a row in the authorisation matrix",
        absent: |tree| (!tree.has_crate("web")).then_some("there is no crate web yet"),
        run: |tree, evidence| routes::check(tree, &evidence.routes),
    },
    Check {
        name: "statements",
        rule: "every SQL statement ran on both databases in the tests",
        absent: |tree| {
            let is_early = !tree.has_crate("domain") && statements::statements(tree).is_empty();
            is_early.then_some("there is no crate domain and no statement yet")
        },
        run: |tree, evidence| statements::check(tree, evidence.seen.as_ref()),
    },
    Check {
        name: "paths",
        rule: "no file names a folder of somebody's machine or a registry's host",
        absent: |_| None,
        run: |tree, _| paths::check(tree),
    },
];

/// Runs the wanted checks and closes with their counts. Gives whether none failed.
///
/// # Errors
/// When a check is not known or the tree cannot be read.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let tally = report(workspace, &options.checks, Routes::BuildFirst)?;
    println!("\n{tally}");
    Ok(tally.failed == 0)
}

/// Runs the checks named in `only` (all when it is empty) and prints every finding with its way out.
///
/// # Errors
/// When a check is not known or the tree cannot be read.
pub fn report(workspace: &Workspace, only: &[String], routes: Routes) -> Result<Tally> {
    if let Some(unknown) = only.iter().find(|name| CHECKS.iter().all(|check| check.name != **name)) {
        let known: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        bail!("there is no check {unknown}; the checks are {}", known.join(", "));
    }
    let wanted = |check: &Check| only.is_empty() || only.iter().any(|name| name == check.name);
    let tree = Tree::read(&workspace.root)?;
    let wants_routes =
        CHECKS.iter().any(|check| check.name == "routes" && wanted(check) && (check.absent)(&tree).is_none());
    let evidence = Evidence {
        seen: Seen::read(&workspace.sql_seen())?,
        routes: if wants_routes { routes.ask(workspace) } else { Err("they were not asked for".into()) },
    };
    let mut tally = Tally::default();
    for check in CHECKS.iter().filter(|check| wanted(check)) {
        tally += report_check(check, &tree, &evidence);
    }
    Ok(tally)
}

fn report_check(check: &Check, tree: &Tree, evidence: &Evidence) -> Tally {
    if let Some(reason) = (check.absent)(tree) {
        println!("skipped {:<12} {reason}", check.name);
        return Tally { skipped: 1, ..Tally::default() };
    }
    let mut findings = (check.run)(tree, evidence);
    findings.sort();
    findings.dedup();
    let outcome = if findings.is_empty() { "passed" } else { "FAILED" };
    println!("{outcome}  {:<12} {}", check.name, check.rule);
    for finding in &findings {
        println!("  {finding}");
    }
    Tally::of_one(findings.is_empty())
}
