//! The one place where the tool reads the environment: programs on the search path and what a developer preset.

use std::ffi::OsString;
use std::path::PathBuf;

/// The value of an environment variable, if it is set and not empty.
pub fn preset(name: &str) -> Option<OsString> {
    #[expect(clippy::disallowed_methods, reason = "a developer tool, not product code; one place")]
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The first of `names` that lies on the search path (`PATH`), in the order of `names`.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = preset("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| folders.iter().map(|folder| folder.join(name)).find(|file| file.is_file()))
}
