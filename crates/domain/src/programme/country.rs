//! The countries of the programme: `countries.toml`.

use i18n::{Currency, Locale};
use jiff::civil::Weekday;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::code::CountryCode;
use super::document::Document;
use super::edition::Edition;

/// A country that the programme serves, or could.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// Its code.
    pub code: CountryCode,
    /// Whether the programme serves it. One that it does not is data to start from.
    pub served: bool,
    /// The languages of its public life, the one to write in first at the head (BCP 47).
    pub languages: Vec<String>,
    /// The currency of its prices.
    #[serde(deserialize_with = "currency")]
    pub currency: Currency,
    /// Its time zones, that of the seat of government at the head (IANA).
    pub zones: Vec<String>,
    /// The days on which its offices work.
    pub working_days: Vec<Workday>,
    /// Endings of the mail addresses of organisations there: a hint to what country an address is of, never a proof.
    pub mail_domains: Vec<String>,
}

/// A day of the week, Monday first, as `mon` in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workday(pub Weekday);

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CountriesFile {
    pub(super) edition: Edition,
    /// The country whose centre is the headquarters.
    pub(super) home: CountryCode,
    pub(super) country: Vec<Country>,
}

impl Country {
    /// Its name in `locale`.
    pub fn name(&self, locale: Locale) -> &'static str {
        self.code.name(locale)
    }

    /// The locale in which its people are addressed when nothing else is known of them: its first language that is one,
    /// else English.
    pub fn locale(&self) -> Locale {
        self.languages.iter().find_map(|tag| Locale::parse(tag)).unwrap_or(Locale::FALLBACK)
    }

    /// Whether its offices work on that day of the week.
    pub fn works_on(&self, day: Weekday) -> bool {
        self.working_days.contains(&Workday(day))
    }
}

impl CountriesFile {
    pub(super) fn check(&self, document: &mut Document) {
        self.edition.check(document);
        for (index, country) in self.country.iter().enumerate() {
            let earlier = &self.country[..index];
            if earlier.iter().any(|other| other.code == country.code) {
                document.complain(
                    "country",
                    index,
                    "code",
                    format!("{} stands here twice; keep one", country.code),
                );
            }
            country.check(document, index);
        }
        if !self.country.iter().any(|country| country.code == self.home && country.served) {
            document.complain_of("home", format!("{} is not among the countries that are served", self.home));
        }
    }
}

impl Country {
    fn check(&self, document: &mut Document, index: usize) {
        for tag in &self.languages {
            if i18n::language(tag, Locale::En).is_none() {
                let text =
                    format!("“{tag}” is no language that has a name here; write a tag such as th or zh-Hans");
                document.complain("country", index, "languages", text);
            }
        }
        for zone in &self.zones {
            if jiff::tz::TimeZone::get(zone).is_err() {
                let text = format!("“{zone}” is no time zone; write a name such as Asia/Bangkok");
                document.complain("country", index, "zones", text);
            }
        }
        for domain in &self.mail_domains {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte);
            if domain.starts_with('.') || domain.is_empty() || !domain.bytes().all(plain) {
                let text = format!("“{domain}” is no ending of an address; write it as ac.th");
                document.complain("country", index, "mail_domains", text);
            }
        }
        for (key, empty) in [
            ("languages", self.languages.is_empty()),
            ("zones", self.zones.is_empty()),
            ("working_days", self.working_days.is_empty()),
        ] {
            if empty {
                document.complain("country", index, key, "is empty; at least one has to stand here");
            }
        }
    }
}

fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
    let code = String::deserialize(deserializer)?;
    Currency::parse(&code).ok_or_else(|| {
        serde::de::Error::custom(format!(
            "“{code}” is no currency; write the three letters of ISO 4217, such as THB"
        ))
    })
}

impl Serialize for Workday {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = DAYS.iter().find(|(_, day)| *day == self.0).map_or("", |(name, _)| name);
        serializer.serialize_str(name)
    }
}

impl<'de> Deserialize<'de> for Workday {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = DAYS.iter().find(|(name, _)| *name == text).map(|(_, day)| Self(*day));
        found.ok_or_else(|| {
            serde::de::Error::custom(format!("“{text}” is no day; write mon, tue, wed, thu, fri, sat or sun"))
        })
    }
}
