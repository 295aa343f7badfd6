//! Embeds the files of `programme/` at the workspace root: writes one Rust table of `include_str!`, and asks cargo to
//! run again when a file is added, changed or removed.
#![expect(clippy::unwrap_used, reason = "a build script that cannot read its input has to stop the build")]
#![expect(clippy::disallowed_methods, reason = "cargo names its output folder in the environment")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// From the folder of the crate, in which cargo runs this. Nothing written names an absolute path, so that work
/// trees which share a target folder do not read each other's files.
const PROGRAMME: &str = "../../programme";

fn main() {
    println!("cargo::rerun-if-changed={PROGRAMME}");
    println!("cargo::rerun-if-changed=build.rs");

    let mut names = Vec::new();
    collect(Path::new(PROGRAMME), "", &mut names);
    let mut table = String::from("&[\n");
    for name in names {
        let path = format!("/{PROGRAMME}/{name}");
        let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))");
        writeln!(table, "    ({name:?}, {text}),").unwrap();
    }
    table.push(']');
    fs::write(PathBuf::from(std::env::var_os("OUT_DIR").unwrap()).join("programme.rs"), table).unwrap();
}

/// The TOML files of a folder and of the folders in it, as `folder/name.toml`, in order.
fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), names);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            names.push(format!("{prefix}{name}"));
        }
    }
}
