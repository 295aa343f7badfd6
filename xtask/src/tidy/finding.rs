//! A place where a rule does not hold.

use std::fmt;

/// What is wrong, where, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, from the root of the workspace.
    pub path: String,
    /// The line from 1; 0 when it concerns the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl Finding {
    /// A finding at a line (from 1; 0 for the whole file).
    pub fn new(path: &str, line: usize, problem: impl Into<String>, remedy: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, problem: problem.into(), remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { path, line, problem, remedy } = self;
        match line {
            0 => write!(out, "{path}: {problem}\n      {remedy}"),
            _ => write!(out, "{path}:{line}: {problem}\n      {remedy}"),
        }
    }
}
