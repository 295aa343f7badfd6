//! `cargo xtask bench NAME`: the benchmark programs, each in the crate that it measures, built with optimisation.

use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::workspace::Workspace;

/// The benchmarks: name, crate, what it prints.
const BENCHES: &[(&str, &str, &str)] = &[
    ("writes", "db", "acknowledged writes a second, shared commits against one commit a write"),
    ("verify", "domain", "time to verify a change log of a million rows, against reading them"),
    ("backup", "causeway", "time and size of a backup and a restore"),
    (
        "overload",
        "causeway",
        "ten times the load it bears, and five hundred slow clients, against an unloaded minute",
    ),
    ("upgrade", "causeway", "kill -9 in the middle of migrations, and the time of one that is left alone"),
];

/// Which benchmark.
#[derive(Args, Debug)]
pub struct Options {
    /// Its name; without, all are listed.
    name: Option<String>,
}

/// Runs one benchmark, and tells whether it ended well.
///
/// # Errors
/// For a name that is none, or where cargo cannot be started.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let Some(name) = &options.name else {
        for (name, package, about) in BENCHES {
            println!("{name:10} {package:10} {about}");
        }
        return Ok(true);
    };
    let Some((name, package, _)) = BENCHES.iter().find(|(known, _, _)| known == name) else {
        let names: Vec<_> = BENCHES.iter().map(|(name, _, _)| *name).collect();
        bail!("there is no benchmark “{name}”; there are: {}", names.join(", "));
    };
    let status = Command::new("cargo")
        .args(["bench", "--package", package, "--bench", name])
        .current_dir(&workspace.root)
        .status()
        .context("cargo cannot be started")?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_benchmark_is_where_it_is_said_to_be() {
        let workspace = Workspace::find().unwrap();
        for (name, package, _) in BENCHES {
            let file = workspace.root.join("crates").join(package).join("benches").join(format!("{name}.rs"));
            assert!(file.is_file(), "{}", file.display());
        }
    }

    #[test]
    fn a_name_that_is_none_lists_those_that_are() {
        let workspace = Workspace::find().unwrap();
        let error = run(&workspace, &Options { name: Some("nothing".to_owned()) }).unwrap_err();
        assert!(error.to_string().contains("writes"), "{error}");
    }
}
