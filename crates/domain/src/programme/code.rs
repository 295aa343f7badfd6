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

    /// The country of a code as people write it: in letters of either case, with space around.
    pub fn read(text: &str) -> Option<Self> {
        Self::parse(&text.trim().to_ascii_uppercase())
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

impl From<CountryCode> for db::Value {
    fn from(country: CountryCode) -> Self {
        country.as_str().into()
    }
}

impl From<CountryCode> for String {
    fn from(country: CountryCode) -> Self {
        country.to_string()
    }
}

impl db::Column for CountryCode {
    fn take(row: &db::Row, column: &str) -> Result<Self, db::Error> {
        let code: String = row.get(column)?;
        Self::parse(&code).ok_or_else(|| db::Error::Refused(format!("a country with the code “{code}”")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_its_code() {
        let laos = CountryCode::read(" la ").unwrap();
        assert_eq!((laos.as_str(), laos.name(Locale::Lo)), ("LA", "ລາວ"));
        assert_eq!(CountryCode::parse("la"), None, "data is written in capitals");
        for wrong in ["", "L", "LAO", "XX", "ลา"] {
            assert_eq!(CountryCode::read(wrong), None, "{wrong}");
        }
    }
}
