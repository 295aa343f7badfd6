//! A country, by its code. Which countries a programme serves is the programme's data.

use std::fmt;

use i18n::Locale;
use serde::{Deserialize, Serialize};

/// A country by its ISO 3166-1 code of two letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The country of that code, in letters of either case.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        i18n::country(&code, Locale::En)?;
        code.as_bytes().try_into().ok().map(Self)
    }

    /// Its code, in capitals.
    pub fn code(&self) -> &str {
        // Only letters get in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its name for readers of `locale`.
    pub fn name(&self, locale: Locale) -> &'static str {
        i18n::country(self.code(), locale).unwrap_or_default()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;

    fn try_from(code: String) -> Result<Self, &'static str> {
        Self::parse(&code).ok_or("not the code of a country")
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.code().to_owned()
    }
}

impl From<Country> for db::Value {
    fn from(country: Country) -> Self {
        country.code().into()
    }
}

impl db::Column for Country {
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
        let laos = Country::parse("la").unwrap();
        assert_eq!((laos.code(), laos.name(Locale::Lo)), ("LA", "ລາວ"));
        for wrong in ["", "L", "LAO", "XX", "ลา"] {
            assert_eq!(Country::parse(wrong), None, "{wrong}");
        }
    }
}
