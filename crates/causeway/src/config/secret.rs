//! Values that must never be printed: they show as "(set)" wherever a person or a log could read them.

use std::fmt;

use super::value::{Shape, Shown, Value};

/// A secret text. `Debug` and `config show` give no part of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text that must stay secret.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that hands it to a library.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(set)")
    }
}

impl Value for Secret {
    const SHAPE: Shape = Shape::Text;
    const SECRET: bool = true;

    fn expects() -> String {
        "a secret text in quotes".into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Err("is empty; give the secret or remove the setting".into());
        }
        Ok(Self(text.into()))
    }

    fn show(&self) -> Shown {
        Shown::Text("(set)".into())
    }
}

/// The address of a PostgreSQL database. Secret as a whole, because it carries the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseUrl(Secret);

impl DatabaseUrl {
    /// The whole address with its password, for the database driver.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

impl Value for DatabaseUrl {
    const SHAPE: Shape = Shape::Text;
    const SECRET: bool = true;

    fn expects() -> String {
        "a PostgreSQL address in quotes such as \"postgres://causeway:PASSWORD@db.example.org/causeway\""
            .into()
    }

    fn parse(text: &str) -> Result<Self, String> {
        let url = url::Url::parse(text.trim()).map_err(|error| {
            format!("is not an address ({error}); percent-encode special characters of the password")
        })?;
        match url.scheme() {
            "postgres" | "postgresql" => Ok(Self(Secret::new(text.trim()))),
            "sqlite" | "file" => {
                Err("names SQLite; leave it empty to use the embedded database in the data folder".into())
            }
            _ => Err("is not a PostgreSQL address".into()),
        }
    }

    fn show(&self) -> Shown {
        self.0.show()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_part_of_a_secret_is_printed() {
        let url = DatabaseUrl::parse("postgres://ana:hunter2@db/causeway").unwrap();
        assert_eq!(url.reveal(), "postgres://ana:hunter2@db/causeway");
        let printed = format!("{url:?} {}", url.show().toml());
        assert!(!printed.contains("hunter2") && !printed.contains("ana"), "{printed}");
    }

    #[test]
    fn an_address_of_another_kind_is_refused_without_repeating_it() {
        for text in ["mysql://ana:hunter2@db/x", "sqlite:causeway.db", "hunter2", ""] {
            let sentence = DatabaseUrl::parse(text).unwrap_err();
            assert!(!sentence.contains("hunter2"), "{sentence}");
        }
    }
}
