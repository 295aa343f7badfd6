//! Dates as exact as their source has them: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `2020`, `2019-07` or `2020-12-09`. Orders by time; the less exact comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct When {
    /// The year.
    pub year: i16,
    /// The month, where it is known.
    pub month: Option<i8>,
    /// The day, where it is known.
    pub day: Option<i8>,
}

/// The text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date; write 2020, 2019-07 or 2020-12-09 in quotes")]
pub struct NotADate;

impl When {
    /// The first day that it may mean.
    pub fn first_day(self) -> Date {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        Date::new(self.year, month, day).expect("only dates that exist are parsed")
    }
}

impl FromStr for When {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let whole = match text.len() {
            4 => format!("{text}-01-01"),
            7 => format!("{text}-01"),
            10 => text.to_owned(),
            _ => return Err(NotADate),
        };
        let date: Date = whole.parse().map_err(|_| NotADate)?;
        let month = (text.len() > 4).then(|| date.month());
        let day = (text.len() > 7).then(|| date.day());
        Ok(Self { year: date.year(), month, day })
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        self.month.map_or(Ok(()), |month| write!(f, "-{month:02}"))?;
        self.day.map_or(Ok(()), |day| write!(f, "-{day:02}"))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error| serde::de::Error::custom(format!("“{text}” is {error}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        for text in ["2020", "2019-07", "2020-12-09"] {
            let when: When = text.parse().unwrap();
            assert_eq!(when.to_string(), text);
        }
        assert_eq!("2019-07".parse::<When>().unwrap().first_day(), jiff::civil::date(2019, 7, 1));
        for text in ["", "20", "2020-13", "2021-02-29", "2020-1-1", "July 2019"] {
            assert_eq!(text.parse::<When>(), Err(NotADate), "{text}");
        }
        assert!("2019".parse::<When>().unwrap() < "2019-07".parse().unwrap());
    }
}
