//! What the checks look at beside the files: the statements that ran in the tests, and the routes the binary has.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// What was gathered before the checks run.
#[derive(Debug)]
pub struct Evidence {
    /// The statements that ran; `None` when no tests ran since the build folder was made.
    pub seen: Option<Seen>,
    /// What `causeway routes --json` printed, or why it could not be had.
    pub routes: Result<String, String>,
}

/// The statements that ran in the tests, by the name of their file (a hash of their text).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// On SQLite.
    pub sqlite: BTreeSet<String>,
    /// On PostgreSQL.
    pub postgres: BTreeSet<String>,
}

impl Seen {
    /// Reads the two folders the test harness wrote; `None` when `folder` does not exist.
    ///
    /// # Errors
    /// When a folder is there and cannot be read.
    pub fn read(folder: &Path) -> Result<Option<Seen>> {
        if !folder.exists() {
            return Ok(None);
        }
        let names = |database: &str| -> Result<BTreeSet<String>> {
            let folder = folder.join(database);
            if !folder.exists() {
                return Ok(BTreeSet::new());
            }
            let files = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
            files.map(|file| Ok(file?.file_name().to_string_lossy().into_owned())).collect()
        };
        Ok(Some(Seen { sqlite: names("sqlite")?, postgres: names("postgres")? }))
    }
}

/// How to come by the binary that knows the routes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routes {
    /// It has just been built.
    FromBuild,
    /// Build it first.
    BuildFirst,
}

impl Routes {
    /// What `causeway routes --json` prints, or why it could not be had.
    pub fn ask(self, workspace: &Workspace) -> Result<String, String> {
        if !workspace.has_crate("causeway") {
            return Err("there is no crate causeway, whose `routes --json` lists them".into());
        }
        if self == Routes::BuildFirst {
            let built = Command::new("cargo").args(["build", "--quiet", "--package", "causeway"]).status();
            if !built.is_ok_and(|status| status.success()) {
                return Err("the binary does not build".into());
            }
        }
        let binary = workspace.target.join("debug/causeway");
        let output = Command::new(&binary)
            .args(["routes", "--json"])
            .output()
            .map_err(|error| format!("{} could not be started: {error}", binary.display()))?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr);
            return Err(format!("`causeway routes --json` failed: {}", words.trim()));
        }
        String::from_utf8(output.stdout).map_err(|error| format!("`causeway routes --json` printed {error}"))
    }
}
