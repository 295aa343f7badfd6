//! The tree under check: the text of every file that is tracked or about to be, in memory.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use toml::Table;

use super::rust::{self, RustFile};

/// The text files of a workspace by their paths from its root, with `/` between the parts.
#[derive(Default)]
pub struct Tree {
    files: BTreeMap<String, String>,
    rust: OnceCell<Vec<RustFile>>,
}

impl Tree {
    /// A tree with just these files.
    pub fn of<P: Into<String>, T: Into<String>>(files: impl IntoIterator<Item = (P, T)>) -> Tree {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into())).collect();
        Tree { files, rust: OnceCell::new() }
    }

    /// Reads what git tracks under `root`, and what it would track if it were added. Binary files are left out.
    ///
    /// # Errors
    /// When `root` is no git checkout or a file cannot be read.
    pub fn read(root: &Path) -> Result<Tree> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git could not be started; the checks look at the files that git tracks")?;
        if !output.status.success() {
            bail!("git ls-files failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let list = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
        let mut files = BTreeMap::new();
        for path in list.split_terminator('\0') {
            let file = root.join(path);
            // A deleted file stays listed until the deletion is staged.
            if !file.is_file() {
                continue;
            }
            let bytes = fs::read(&file).with_context(|| format!("cannot read {path}"))?;
            if let Ok(text) = String::from_utf8(bytes) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Tree { files, rust: OnceCell::new() })
    }

    /// Every file with its text, in the order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files below a folder (given with its closing `/`).
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&str, &str)> {
        self.files().filter(move |(path, _)| path.starts_with(folder))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether there is a crate `crates/<name>`.
    pub fn has_crate(&self, name: &str) -> bool {
        self.files.contains_key(&format!("crates/{name}/Cargo.toml"))
    }

    /// Every crate of the workspace: its folder (`crates/db`, `xtask`) and its manifest, if that is TOML.
    pub fn crates(&self) -> impl Iterator<Item = (&str, Option<Table>)> {
        self.files().filter_map(|(path, text)| {
            let folder = path.strip_suffix("/Cargo.toml")?;
            let is_crate =
                folder == "xtask" || folder.strip_prefix("crates/").is_some_and(|name| !name.contains('/'));
            is_crate.then(|| (folder, text.parse().ok()))
        })
    }

    /// Every Rust file under `crates/` and `xtask/`, read once.
    pub fn rust(&self) -> &[RustFile] {
        self.rust.get_or_init(|| {
            let ours = |path: &str| path.starts_with("crates/") || path.starts_with("xtask/");
            rust::read_all(self.files().filter(|(path, _)| path.ends_with(".rs") && ours(path)))
        })
    }

    /// The Rust files of the product: those in the `src` folders of the named crates that are no test code.
    pub fn product<'a>(&'a self, crates: &'a [&'a str]) -> impl Iterator<Item = &'a RustFile> {
        self.rust()
            .iter()
            .filter(move |file| !file.is_test && crates.iter().any(|name| file.is_in_src_of(name)))
    }
}
