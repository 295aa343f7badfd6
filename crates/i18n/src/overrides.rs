//! An operator's own wording: a folder of message files, read and checked whole before any of it is used.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::Locale;
use crate::catalogue::Arguments;
use crate::source::{Message, Source};

/// A message file larger than this is refused; all embedded ones of a locale together are far smaller.
const MAX_BYTES: u64 = 1 << 20;

/// One thing wrong in the operator's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub text: String,
}

/// The operator's folder cannot be used. Displays every problem, each on its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverrideError {
    /// All that is wrong, in the order of the files.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.text)
    }
}

impl fmt::Display for OverrideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the folder with the operator's own messages cannot be used")?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
    }
}

impl std::error::Error for OverrideError {}

/// Reads a folder `<locale>/<name>.ftl` and checks it against the arguments of the embedded messages.
/// Hidden files are passed over.
pub(crate) fn read(
    folder: &Path,
    known: &[Arguments; Locale::ALL.len()],
) -> Result<Vec<(Locale, Source)>, OverrideError> {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    for path in entries(folder, &mut problems) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match name.parse::<Locale>() {
            Ok(locale) if path.is_dir() => {
                let known = &known[locale.index()];
                sources.extend(
                    read_locale(&path, known, &mut problems).into_iter().map(|source| (locale, source)),
                );
            }
            Ok(_) => problems.push(Problem::of(&path, "this has to be a folder with .ftl files")),
            Err(error) => problems.push(Problem::of(&path, error)),
        }
    }
    if problems.is_empty() { Ok(sources) } else { Err(OverrideError { problems }) }
}

fn read_locale(folder: &Path, known: &Arguments, problems: &mut Vec<Problem>) -> Vec<Source> {
    let mut seen = BTreeMap::<String, PathBuf>::new();
    let mut sources = Vec::new();
    for path in entries(folder, problems) {
        if path.extension().is_none_or(|extension| extension != "ftl") {
            problems.push(Problem::of(
                &path,
                "only message files named <name>.ftl belong here; move it elsewhere",
            ));
            continue;
        }
        let text = match read_text(&path) {
            Ok(text) => text,
            Err(error) => {
                problems.push(Problem::of(&path, error));
                continue;
            }
        };
        match Source::parse(&text) {
            Ok(source) => {
                for message in &source.messages {
                    let problem = check(message, known, &seen);
                    problems.extend(problem.map(|text| Problem::at(&path, message.line, text)));
                    seen.insert(message.key.clone(), path.clone());
                }
                sources.push(source);
            }
            Err(faults) => {
                problems.extend(faults.into_iter().map(|fault| Problem::at(&path, fault.line, fault.text)));
            }
        }
    }
    sources
}

/// What is wrong with an operator's message, if anything.
fn check(message: &Message, known: &Arguments, seen: &BTreeMap<String, PathBuf>) -> Option<String> {
    let key = &message.key;
    if let Some(earlier) = seen.get(key) {
        return Some(format!("{key} is defined in {} already; keep one of the two", earlier.display()));
    }
    let Some(expected) = known.get(key) else {
        return Some(format!("there is no message {key}; correct the key or remove the message"));
    };
    if *expected == message.arguments {
        return None;
    }
    let listed = |names: Vec<&String>| {
        let names: Vec<String> = names.into_iter().map(|name| format!("${name}")).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(", ") }
    };
    Some(format!(
        "{key} has to have the arguments {}, and has {}",
        listed(expected.iter().collect()),
        listed(message.arguments.iter().collect())
    ))
}

fn entries(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()
    });
    match listed {
        Ok(mut paths) => {
            paths.retain(|path| !path.file_name().unwrap_or_default().as_encoded_bytes().starts_with(b"."));
            paths.sort();
            paths
        }
        Err(error) => {
            problems.push(Problem::of(folder, format!("cannot be read: {error}")));
            Vec::new()
        }
    }
}

fn read_text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err("larger than 1 MiB; keep only the messages to be said differently".to_owned());
    }
    String::from_utf8(bytes).map_err(|_| "not UTF-8; save it in that encoding".to_owned())
}

impl Problem {
    fn of(path: &Path, text: impl fmt::Display) -> Self {
        Self { path: path.to_owned(), line: None, text: text.to_string() }
    }

    fn at(path: &Path, line: usize, text: String) -> Self {
        Self { path: path.to_owned(), line: Some(line), text }
    }
}
