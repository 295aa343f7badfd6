//! What is wrong with a configuration, said so that the operator can put it right: all of it at once.

use std::fmt;

use super::given::Place;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was found.
    pub place: Place,
    /// Cause and way out, in one or two sentences.
    pub sentence: String,
}

impl Problem {
    pub(super) fn new(place: Place, sentence: impl Into<String>) -> Self {
        Self { place, sentence: sentence.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.place, self.sentence)
    }
}

/// Everything that is wrong with a configuration, in the order in which it is written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(out, "The configuration has {count} {}:", if count == 1 { "problem" } else { "problems" })?;
        for problem in &self.0 {
            writeln!(out, "- {problem}")?;
        }
        out.write_str("`causeway config reference` lists every setting; nothing was started.")
    }
}
