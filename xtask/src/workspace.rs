//! Where the workspace and its build folder lie.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The workspace the tool was started in.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub root: PathBuf,
    /// Cargo's build folder, which `CARGO_TARGET_DIR` may have moved.
    pub target: PathBuf,
}

impl Workspace {
    /// Asks cargo where the workspace of the current folder lies.
    ///
    /// # Errors
    /// When cargo cannot be started or the current folder belongs to no workspace.
    pub fn find() -> Result<Workspace> {
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .context("cargo could not be started; is it on the PATH?")?;
        if !output.status.success() {
            bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let metadata: Value =
            serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")?;
        let folder = |key: &str| -> Result<PathBuf> {
            Ok(metadata[key].as_str().with_context(|| format!("cargo metadata lacks {key}"))?.into())
        };
        Ok(Workspace { root: folder("workspace_root")?, target: folder("target_directory")? })
    }

    /// Where the tests leave the text of every SQL statement that ran, in one folder for each database.
    pub fn sql_seen(&self) -> PathBuf {
        self.target.join("sql-seen")
    }

    /// Whether the workspace has the crate `crates/<name>`.
    pub fn has_crate(&self, name: &str) -> bool {
        self.root.join("crates").join(name).join("Cargo.toml").is_file()
    }
}
