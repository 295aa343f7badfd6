//! One file of the programme while it is read: its text, what it says, and where in it a thing stands.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue};

use super::problem::Problem;

/// A file and what has been found wrong with it so far.
#[derive(Debug)]
pub(super) struct Document {
    /// Its name below the programme's folder, such as `lists/holidays.toml`.
    pub(super) name: String,
    /// Whether the operator has put it there.
    pub(super) replaced: bool,
    path: PathBuf,
    text: String,
    problems: Vec<Problem>,
}

impl Document {
    pub(super) fn new(name: &str, path: &Path, text: String, replaced: bool) -> Self {
        Self { name: name.to_owned(), replaced, path: path.to_owned(), text, problems: Vec::new() }
    }

    /// What it says, unless it is not TOML or has another shape; then that is noted.
    pub(super) fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        match toml::from_str(&self.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = error.span().map(|span| self.line(span.start));
                let text = error.message();
                let text = match text.split_once(", expected") {
                    Some((unknown, known)) if text.starts_with("unknown ") => {
                        format!(
                            "{unknown}; correct or remove it. Known here:{}",
                            known.trim_start_matches(" one of")
                        )
                    }
                    _ => format!("{text}; compare with the file that comes with the program"),
                };
                self.problems.push(Problem { path: self.path.clone(), line, text });
                None
            }
        }
    }

    /// Notes what is wrong with `key` of the `index`-th `[[table]]`. A key may lie in another: `labels.th`.
    pub(super) fn complain(&mut self, table: &str, index: usize, key: &str, text: impl Display) {
        let line = self.find(table, index, key);
        self.problems.push(Problem { path: self.path.clone(), line, text: format!("{key}: {text}") });
    }

    /// Notes what is wrong with the file as a whole, or with a key at its head.
    pub(super) fn complain_of(&mut self, key: &str, text: impl Display) {
        let table = DeTable::parse(&self.text).ok();
        let line = table.and_then(|table| nearest(table.get_ref(), key)).map(|at| self.line(at));
        self.problems.push(Problem { path: self.path.clone(), line, text: format!("{key}: {text}") });
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    fn find(&self, table: &str, index: usize, key: &str) -> Option<usize> {
        let document = DeTable::parse(&self.text).ok()?;
        let (_, array) = document.get_ref().iter().find(|(name, _)| name.get_ref() == table)?;
        let item = array.get_ref().as_array()?.get(index)?;
        let at = item.get_ref().as_table().and_then(|item| nearest(item, key));
        Some(self.line(at.unwrap_or(item.span().start)))
    }

    /// The line, from 1, of a place in the text.
    fn line(&self, at: usize) -> usize {
        1 + self.text.as_bytes()[..at.min(self.text.len())].iter().filter(|byte| **byte == b'\n').count()
    }
}

/// Where a key stands, or the innermost of the keys around it that does.
fn nearest(table: &DeTable<'_>, key: &str) -> Option<usize> {
    let (first, rest) = key.split_once('.').map_or((key, None), |(first, rest)| (first, Some(rest)));
    let (name, value) = table.iter().find(|(name, _)| name.get_ref() == first)?;
    let inner = match (value.get_ref(), rest) {
        (DeValue::Table(inner), Some(rest)) => nearest(inner, rest),
        _ => None,
    };
    Some(inner.unwrap_or(name.span().start))
}
