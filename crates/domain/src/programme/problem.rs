//! What is wrong with the programme's files, said so that the operator can put it right: all of it at once.

use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub text: String,
}

/// Everything that is wrong with the programme's files. Displays every problem, each on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problem {
    pub(super) fn of(path: &Path, text: impl fmt::Display) -> Self {
        Self { path: path.to_owned(), line: None, text: text.to_string() }
    }
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

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the files of the programme cannot be used")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n{problem}"))?;
        f.write_str("\n`causeway programme export FOLDER` writes the files as they come with the program.")
    }
}

impl std::error::Error for Problems {}
