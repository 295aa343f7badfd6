//! Embeds `locales/<locale>/<slice>.ftl` of the workspace root: writes one Rust table of `include_str!`,
//! and asks cargo to run again when a file is added, changed or removed.
#![expect(clippy::unwrap_used, reason = "a build script that cannot read its input has to stop the build")]
#![expect(clippy::disallowed_methods, reason = "cargo names its output folder in the environment")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// From the folder of the crate, in which cargo runs this. Nothing written names an absolute path, so that work
/// trees which share a target folder do not read each other's files.
const LOCALES: &str = "../../locales";

fn main() {
    println!("cargo::rerun-if-changed={LOCALES}");
    println!("cargo::rerun-if-changed=build.rs");

    let mut table = String::from("&[\n");
    for folder in entries(Path::new(LOCALES)).into_iter().filter(|path| path.is_dir()) {
        for file in entries(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "ftl")) {
            let locale = folder.file_name().unwrap().to_str().unwrap();
            let slice = file.file_stem().unwrap().to_str().unwrap();
            let path = format!("/{LOCALES}/{locale}/{slice}.ftl");
            let text = format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))");
            writeln!(table, "    ({locale:?}, {slice:?}, {text}),").unwrap();
        }
    }
    table.push(']');
    fs::write(PathBuf::from(std::env::var_os("OUT_DIR").unwrap()).join("locales.rs"), table).unwrap();
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
