//! What a setting's value can be: how it is written in the file, read from a text, and shown again.
//! The plain types are here; sizes, durations, addresses, secrets and choices have their own files.

use std::net::SocketAddr;
use std::path::PathBuf;

/// A type that a setting may have.
pub(super) trait Value: Sized {
    /// How it is written in the configuration file.
    const SHAPE: Shape;
    /// Whether it must never be shown.
    const SECRET: bool = false;
    /// The text that stands for "none" where the setting is optional.
    const ABSENT: &str = "";

    /// What is wanted, with an example: completes the sentence "must be ...".
    fn expects() -> String;

    /// Reads the value from a text.
    ///
    /// # Errors
    /// The rest of a sentence that begins with the setting's key, such as "must be true or false".
    fn parse(text: &str) -> Result<Self, String>;

    /// Reads the items of a list. Only lists accept them.
    ///
    /// # Errors
    /// As for [`Value::parse`].
    fn parse_items(_items: &[String]) -> Result<Self, String> {
        Err(Self::wanted())
    }

    /// The value as it is shown, in a form that reads back to the same value (but for secrets).
    fn show(&self) -> Shown;

    /// Whether it is the "none" of an optional setting.
    fn is_absent(&self) -> bool {
        false
    }

    /// The sentence for a text that is of another kind.
    fn wanted() -> String {
        format!("must be {}", Self::expects())
    }
}

/// A type with an order, whose settings may have a range.
pub(super) trait Ranged: Value {
    /// Whether the value lies between two others, given as texts, both included. "None" lies in every range.
    fn lies_in(&self, least: &str, most: &str) -> bool;
}

impl<T: Value + PartialOrd> Ranged for T {
    fn lies_in(&self, least: &str, most: &str) -> bool {
        let bound = |text| T::parse(text).expect("a test reads every bound of the table");
        self.is_absent() || (*self >= bound(least) && *self <= bound(most))
    }
}

/// The kind of TOML value a setting is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A string.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// An array of strings.
    List,
}

/// A value in the form that is shown to people and written to files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// A string.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
    /// An array of strings.
    List(Vec<String>),
}

impl Shown {
    /// The value as TOML writes it.
    pub fn toml(&self) -> String {
        match self {
            Self::Text(text) => toml::Value::String(text.clone()).to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(yes) => yes.to_string(),
            Self::List(items) => toml::Value::from(items.clone()).to_string(),
        }
    }

    /// The value as JSON.
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Integer(number) => (*number).into(),
            Self::Boolean(yes) => (*yes).into(),
            Self::List(items) => items.clone().into(),
        }
    }
}

impl Value for bool {
    const SHAPE: Shape = Shape::Boolean;

    fn expects() -> String {
        "true or false".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| Self::wanted())
    }

    fn show(&self) -> Shown {
        Shown::Boolean(*self)
    }
}

impl Value for u32 {
    const SHAPE: Shape = Shape::Integer;

    fn expects() -> String {
        "a whole number".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| "must be a whole number from 0 to 4294967295".into())
    }

    fn show(&self) -> Shown {
        Shown::Integer(i64::from(*self))
    }
}

impl Value for String {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "a text in quotes".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        Ok(text.trim().into())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.clone())
    }
}

impl Value for PathBuf {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "a path in quotes such as \"/var/lib/causeway\"".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() { Err("is empty, but must be a path".into()) } else { Ok(text.into()) }
    }

    fn show(&self) -> Shown {
        Shown::Text(self.display().to_string())
    }
}

impl Value for SocketAddr {
    const SHAPE: Shape = Shape::Text;

    fn expects() -> String {
        "an address with a port in quotes such as \"127.0.0.1:8080\" or \"[::]:8080\"".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.trim().parse().map_err(|_| Self::wanted())
    }

    fn show(&self) -> Shown {
        Shown::Text(self.to_string())
    }
}

/// An optional setting: the text [`Value::ABSENT`] of its type stands for none.
impl<T: Value> Value for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const SECRET: bool = T::SECRET;

    fn expects() -> String {
        match T::ABSENT {
            "" => format!("{}, or empty", T::expects()),
            word => format!("{}, or \"{word}\"", T::expects()),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.trim() == T::ABSENT { Ok(None) } else { T::parse(text).map(Some) }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn show(&self) -> Shown {
        self.as_ref().map_or_else(|| Shown::Text(T::ABSENT.into()), T::show)
    }
}

/// A list: an array in the file, items with commas between them in the environment.
impl<T: Value> Value for Vec<T> {
    const SHAPE: Shape = Shape::List;
    const SECRET: bool = T::SECRET;

    fn expects() -> String {
        format!("a list, each item {}", T::expects())
    }

    fn parse(text: &str) -> Result<Self, String> {
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(read_item).collect()
    }

    fn parse_items(items: &[String]) -> Result<Self, String> {
        items.iter().map(|item| read_item(item)).collect()
    }

    fn show(&self) -> Shown {
        Shown::List(
            self.iter()
                .map(|item| match item.show() {
                    Shown::Text(text) => text,
                    other => other.toml(),
                })
                .collect(),
        )
    }
}

fn read_item<T: Value>(item: &str) -> Result<T, String> {
    T::parse(item).map_err(|sentence| format!("has the item \"{item}\", which {sentence}"))
}
