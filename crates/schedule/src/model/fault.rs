//! What is wrong with an input, said so that its author can mend it.

use std::fmt;

/// One thing wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where, as `requests[3].from`, or the file and line.
    pub place: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// An input that cannot be used: at least one fault, at most [`Invalid::SHOWN`] of them kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invalid {
    /// The first faults, in order of the input.
    pub faults: Vec<Fault>,
    /// How many there are in all.
    pub count: usize,
}

impl Invalid {
    /// How many faults are kept.
    pub const SHOWN: usize = 50;

    /// An input with one fault.
    pub fn one(place: impl Into<String>, message: impl Into<String>) -> Self {
        let mut invalid = Self::default();
        invalid.add(place, message);
        invalid
    }

    /// Notes one more fault.
    pub fn add(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.count += 1;
        if self.faults.len() < Self::SHOWN {
            self.faults.push(Fault { place: place.into(), message: message.into() });
        }
    }

    /// `value` if nothing was noted.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.count == 0 { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.faults.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{}: {}", fault.place, fault.message)?;
        }
        match self.count.saturating_sub(self.faults.len()) {
            0 => Ok(()),
            more => write!(f, "\n... and {more} more"),
        }
    }
}

impl std::error::Error for Invalid {}
