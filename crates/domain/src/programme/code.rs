//! Codes of countries, parsed at the edge and carried inwards.

use std::fmt;
use std::str::FromStr;

use i18n::Locale;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A country by its ISO 3166-1 alpha-2 code, such as `TH`. Any country of the world, served by the programme or not.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CountryCode([u8; 2]);

/// The text is no code of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the code of a country; write the two capital letters of ISO 3166-1, such as TH")]
pub struct UnknownCountry;

impl CountryCode {
    /// The country of a code in capitals.
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        i18n::country(text, Locale::En).map(|_| Self(letters))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a code of a country is ASCII")
    }

    /// The name of the country in `locale`.
    pub fn name(self, locale: Locale) -> &'static str {
        i18n::country(self.as_str(), locale).expect("only codes with a name are parsed")
    }
}

impl FromStr for CountryCode {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        Self::parse(text).ok_or(UnknownCountry)
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for CountryCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CountryCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| serde::de::Error::custom(format!("“{text}” is {error}")))
    }
}
