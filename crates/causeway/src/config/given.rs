//! What the operator gave for a setting, still unread, and where it was given.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// The settings that were given, by key. A key that is not here has its default.
pub(super) type GivenSettings = BTreeMap<&'static str, Given>;

/// One given value with its place.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub(super) written: Written,
    pub(super) place: Place,
}

/// A value as it was written, before its setting's type reads it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    /// From the environment or a secret's file, where everything is text.
    Plain(String),
    Text(String),
    Integer(String),
    Boolean(bool),
    List(Vec<String>),
    /// A kind no setting has, such as a date, with its name.
    Other(&'static str),
}

impl Written {
    /// The written value in words, for a sentence.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Plain(text) | Self::Text(text) => format!("the text \"{text}\""),
            Self::Integer(number) => format!("the number {number}"),
            Self::Boolean(yes) => format!("{yes}"),
            Self::List(_) => "a list".into(),
            Self::Other(kind) => (*kind).into(),
        }
    }
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Built in.
    Default,
    /// The configuration file, with the line (from 1); without one, the file as a whole.
    File(PathBuf, Option<usize>),
    /// A variable of the environment.
    Variable(String),
    /// A file named by a variable of the environment.
    SecretFile {
        /// The variable, which ends in `_FILE`.
        variable: String,
        /// The file it names.
        path: PathBuf,
    },
}

impl Place {
    /// Sorts problems as an operator reads them: the file from top to bottom, then the environment.
    pub(super) fn order(&self) -> (u8, usize) {
        match self {
            Self::File(_, line) => (0, line.unwrap_or(0)),
            Self::Variable(_) | Self::SecretFile { .. } => (1, 0),
            Self::Default => (2, 0),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => out.write_str("default"),
            Self::File(path, Some(line)) => write!(out, "{}, line {line}", path.display()),
            Self::File(path, None) => write!(out, "{}", path.display()),
            Self::Variable(name) => write!(out, "environment, {name}"),
            Self::SecretFile { variable, path } => write!(out, "{}, named by {variable}", path.display()),
        }
    }
}

/// A setting given with its own default, as the environment would give it.
#[cfg(test)]
pub(super) fn as_default(setting: &super::table::Setting) -> Given {
    Given { written: Written::Plain(setting.default.into()), place: Place::Variable(setting.variable()) }
}
