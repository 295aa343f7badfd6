//! Which files there are: those that come with the program, each of which the operator's folder may replace, and the
//! calendars that it may add.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::document::Document;
use super::list::ListKind;
use super::problem::Problem;

/// The files as they come with the program: name and text.
pub const EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/programme.rs"));

/// A file larger than this is refused; the largest that comes with the program is far smaller.
const MAX_BYTES: u64 = 1 << 20;

/// The folders below the programme's.
const FOLDERS: [&str; 2] = ["lists", "calendars"];

/// The files that come with the program.
pub(super) fn embedded() -> BTreeMap<String, Document> {
    let document = |(name, text): &(&str, &str)| {
        let path = Path::new("programme").join(name);
        ((*name).to_owned(), Document::new(name, &path, (*text).to_owned(), false))
    };
    EMBEDDED.iter().map(document).collect()
}

/// The files that come with the program, with those of `folder` in their place and beside them. A folder that does not
/// exist replaces nothing.
pub(super) fn with_folder(folder: &Path) -> Result<BTreeMap<String, Document>, Vec<Problem>> {
    let mut documents = embedded();
    let mut problems = Vec::new();
    if folder.symlink_metadata().is_ok_and(|metadata| metadata.is_dir() || metadata.is_symlink()) {
        for (name, path) in below(folder, "", &mut problems) {
            match read_text(&path) {
                _ if !may_be(&name) => problems.push(Problem::of(&path, unknown(&name))),
                Ok(text) => {
                    documents.insert(name.clone(), Document::new(&name, &path, text, true));
                }
                Err(text) => problems.push(Problem::of(&path, text)),
            }
        }
    }
    problems.sort_by(|a, b| a.path.cmp(&b.path));
    if problems.is_empty() { Ok(documents) } else { Err(problems) }
}

/// Every file below a folder, by its name from there. Hidden ones are passed over.
fn below(folder: &Path, prefix: &str, problems: &mut Vec<Problem>) -> Vec<(String, PathBuf)> {
    let listed = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
    });
    let mut paths = match listed {
        Ok(paths) => paths,
        Err(error) => {
            problems.push(Problem::of(folder, format!("cannot be read: {error}")));
            return Vec::new();
        }
    };
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if !path.is_dir() {
            found.push((format!("{prefix}{name}"), path));
        } else if prefix.is_empty() && FOLDERS.contains(&name.as_str()) {
            found.extend(below(&path, &format!("{name}/"), problems));
        } else {
            problems.push(Problem::of(&path, "is no folder of the programme; only lists and calendars are"));
        }
    }
    found
}

/// Whether the programme has, or may have, a file of that name.
fn may_be(name: &str) -> bool {
    EMBEDDED.iter().any(|(known, _)| *known == name) || calendar(name)
}

/// Whether a name is that of a calendar: `calendars/TH-2026.toml`.
fn calendar(name: &str) -> bool {
    let stem = name.strip_prefix("calendars/").and_then(|name| name.strip_suffix(".toml"));
    let parts = stem.and_then(|stem| stem.split_once('-'));
    parts.is_some_and(|(country, year)| {
        super::code::CountryCode::parse(country).is_some()
            && year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
    })
}

fn unknown(name: &str) -> String {
    if name.starts_with("calendars/") {
        return "is no file of the programme; a calendar is called calendars/TH-2026.toml".to_owned();
    }
    if name.starts_with("lists/") {
        let names: Vec<_> = ListKind::ALL.map(|kind| format!("{kind}.toml")).into();
        return format!("is no list of the programme; the lists are {}", names.join(", "));
    }
    let names: Vec<_> = EMBEDDED.iter().map(|(name, _)| *name).filter(|name| !name.contains('/')).collect();
    format!(
        "is no file of the programme; rename or remove it. The files are {}, lists/ and calendars/",
        names.join(", ")
    )
}

fn read_text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("is larger than 1 MiB; no file of the programme is".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8; save it in that encoding".to_owned())
}
