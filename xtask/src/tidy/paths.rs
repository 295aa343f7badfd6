//! Check: no file names a folder of somebody's machine, or the host of a package registry.

use super::finding::Finding;
use super::tree::Tree;

/// Folders that exist on one machine only. They are put together here so that this file does not name them.
const FOLDERS: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/tmp/w", "t/"),
    concat!("/tmp/tar", "get"),
];

/// Hosts that packages are fetched from. Which one a machine uses is that machine's setting.
const HOSTS: &[&str] = &[
    concat!("static.cra", "tes.io"),
    concat!("index.cra", "tes.io"),
    concat!("registry.npm", "js.org"),
    concat!("files.python", "hosted.org"),
    concat!("py", "pi.org/simple"),
    concat!("deb.deb", "ian.org"),
];

/// Where a file names one of them.
pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files()
        .flat_map(|(path, text)| {
            text.lines().enumerate().flat_map(move |(at, line)| check_line(path, at + 1, line))
        })
        .collect()
}

fn check_line(path: &str, number: usize, line: &str) -> Vec<Finding> {
    let folders = FOLDERS.iter().filter(|folder| names_folder(line, folder)).map(|folder| {
        let remedy = "say where it lies from the root of the workspace, or take it from the configuration";
        Finding::new(path, number, format!("names {folder}, a folder of one machine"), remedy)
    });
    let hosts = HOSTS.iter().filter(|host| line.contains(**host)).map(|host| {
        let remedy = "leave the choice of the registry to each machine's settings";
        Finding::new(path, number, format!("names {host}, a registry's host"), remedy)
    });
    folders.chain(hosts).collect()
}

/// Whether the folder stands there as an absolute path, and not inside a longer one (`src` + folder).
fn names_folder(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|letter| {
            !letter.is_alphanumeric() && !matches!(letter, '.' | '_' | '-' | '}' | '*' | '/')
        })
    })
}
