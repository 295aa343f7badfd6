//! Working days: the files `calendars/TH-2026.toml` and the arithmetic of deadlines on them. A day that no file covers
//! is said to be so, never guessed.

use std::collections::{BTreeMap, BTreeSet};

use i18n::Locale;
use jiff::civil::{Date, date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::code::CountryCode;
use super::country::Country;
use super::document::Document;
use super::edition::Edition;
use super::labels;

/// How firm a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "CalendarStatus")]
pub enum Status {
    /// The authority has announced it, or the law fixes it.
    Announced,
    /// It follows from the law or from tables of the moon, and may still move.
    Expected,
}

/// Some days in a row on which offices do not work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// The first of them.
    pub date: Date,
    /// The last, where there are several.
    pub to: Option<Date>,
    /// Which holiday it is (list `holidays`), where it is one of many countries.
    pub holiday: Option<String>,
    /// What a holiday of this country alone is called, by language.
    #[serde(default)]
    pub names: BTreeMap<Locale, String>,
    /// Whether it stands in for a holiday that fell on a day off anyway, or joins two.
    #[serde(default)]
    pub substitute: bool,
    /// How firm the date is.
    pub status: Status,
}

impl DayOff {
    /// The last of the days.
    pub fn last(&self) -> Date {
        self.to.unwrap_or(self.date)
    }

    /// Its days, one by one.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        let last = self.last();
        self.date.series(jiff::Span::new().days(1)).take_while(move |day| *day <= last)
    }
}

/// A day on which offices work although it is no working day of their week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraWorkday {
    /// The day.
    pub date: Date,
    /// How firm it is.
    pub status: Status,
}

/// The public holidays of one country in one year.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// The country.
    pub country: CountryCode,
    /// The year.
    pub year: i16,
    /// Which edition it is.
    pub edition: Edition,
    /// The days off.
    pub day_off: Vec<DayOff>,
    /// The days worked instead.
    #[serde(default)]
    pub workday: Vec<ExtraWorkday>,
}

impl Year {
    /// The name of its file.
    pub(super) fn file_name(&self) -> String {
        format!("calendars/{}-{}.toml", self.country, self.year)
    }

    /// Notes what is wrong. `knows` tells whether the list of holidays has a code.
    pub(super) fn check(
        &self,
        document: &mut Document,
        country: Option<&Country>,
        knows: impl Fn(&str) -> bool,
    ) {
        self.edition.check(document);
        if self.file_name() != document.name {
            document.complain_of("country", format!("this file has to be called {}", self.file_name()));
        }
        let Some(country) = country else {
            document.complain_of(
                "country",
                format!("{} is not in countries.toml; add it there first", self.country),
            );
            return;
        };
        let mut seen = BTreeSet::new();
        for (index, off) in self.day_off.iter().enumerate() {
            if off.date.year() != self.year || off.last().year() != self.year || off.last() < off.date {
                document.complain(
                    "day_off",
                    index,
                    "date",
                    format!("does not lie in {}, or ends before it begins", self.year),
                );
                continue;
            }
            if off.days().any(|day| !seen.insert(day)) {
                document.complain("day_off", index, "date", "a day stands here twice; keep one");
            }
            match &off.holiday {
                Some(code) if !knows(code) => {
                    document.complain(
                        "day_off",
                        index,
                        "holiday",
                        format!("“{code}” is not in lists/holidays.toml"),
                    );
                }
                Some(_) if off.names.is_empty() => {}
                Some(_) => {
                    document.complain(
                        "day_off",
                        index,
                        "names",
                        "has a holiday already; keep one of the two",
                    );
                }
                None => check_names(off, country, document, index),
            }
        }
        for (index, extra) in self.workday.iter().enumerate() {
            if extra.date.year() != self.year || !seen.insert(extra.date) {
                let text = format!("does not lie in {}, or stands here twice", self.year);
                document.complain("workday", index, "date", text);
            } else if country.works_on(extra.date.weekday()) {
                document.complain("workday", index, "date", "is a working day of the week anyway; remove it");
            }
        }
    }
}

/// A holiday of one country alone has a name in English and in the language of that country.
fn check_names(off: &DayOff, country: &Country, document: &mut Document, index: usize) {
    for locale in [Locale::En, country.locale()] {
        if !off.names.contains_key(&locale) {
            let text = format!("is missing in “{}”; write it, or name a `holiday` of the list", locale.tag());
            document.complain("day_off", index, &format!("names.{}", locale.tag()), text);
        }
    }
    for (locale, name) in &off.names {
        if let Some(fault) = labels::fault(name, *locale) {
            document.complain("day_off", index, &format!("names.{}", locale.tag()), fault);
        }
    }
}

/// No calendar of that country covers the day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the working days of {country} are not known for {date}; {}", covered_in_words(.covered))]
pub struct OutsideCalendar {
    /// The country.
    pub country: CountryCode,
    /// The day that was asked for, or the first beyond those that are covered.
    pub date: Date,
    /// The first and the last day that are covered, if any are.
    pub covered: Option<(Date, Date)>,
}

fn covered_in_words(covered: &Option<(Date, Date)>) -> String {
    covered.map_or_else(
        || "there is no calendar of it".to_owned(),
        |(first, last)| format!("its calendar covers {first} to {last}"),
    )
}

/// The working days of one country, over the years that are covered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    country: CountryCode,
    years: Vec<Year>,
    /// Every working day, in order.
    working: Vec<Date>,
}

impl Calendar {
    /// From the years of `country`, in order and without a gap.
    pub(super) fn new(country: &Country, years: Vec<Year>) -> Self {
        let off: BTreeSet<Date> =
            years.iter().flat_map(|year| &year.day_off).flat_map(DayOff::days).collect();
        let extra: BTreeSet<Date> =
            years.iter().flat_map(|year| &year.workday).map(|extra| extra.date).collect();
        let days = years.iter().flat_map(|year| {
            let last = date(year.year, 12, 31);
            date(year.year, 1, 1).series(jiff::Span::new().days(1)).take_while(move |day| *day <= last)
        });
        let is_working =
            |day: &Date| extra.contains(day) || (country.works_on(day.weekday()) && !off.contains(day));
        let working = days.filter(is_working).collect();
        Self { country: country.code, years, working }
    }

    /// The years that are covered, in order.
    pub fn years(&self) -> &[Year] {
        &self.years
    }

    /// The first and the last day that are covered.
    pub fn covered(&self) -> Option<(Date, Date)> {
        let (first, last) = (self.years.first()?, self.years.last()?);
        Some((date(first.year, 1, 1), date(last.year, 12, 31)))
    }

    /// The holiday on a day, if there is one.
    pub fn day_off(&self, day: Date) -> Option<&DayOff> {
        let year = self.years.iter().find(|year| year.year == day.year())?;
        year.day_off.iter().find(|off| off.date <= day && day <= off.last())
    }

    /// Whether offices work on that day.
    ///
    /// # Errors
    /// [`OutsideCalendar`].
    pub fn is_working_day(&self, day: Date) -> Result<bool, OutsideCalendar> {
        self.demand(day)?;
        Ok(self.working.binary_search(&day).is_ok())
    }

    /// The day on which the `count`-th working day after `day` has come; `day` itself for 0.
    ///
    /// # Errors
    /// [`OutsideCalendar`], also where the answer lies beyond what is covered.
    pub fn add_working_days(&self, day: Date, count: u32) -> Result<Date, OutsideCalendar> {
        self.demand(day)?;
        let Some(steps) = count.checked_sub(1) else { return Ok(day) };
        let found = self.working.get(self.worked_by(day) + steps as usize).copied();
        found.ok_or_else(|| {
            self.outside(
                self.covered().map_or(day, |(_, last)| last.saturating_add(jiff::Span::new().days(1))),
            )
        })
    }

    /// How many working days come after `from`, up to and with `to`. Negative where `to` comes first.
    ///
    /// # Errors
    /// [`OutsideCalendar`].
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<i64, OutsideCalendar> {
        self.demand(from)?;
        self.demand(to)?;
        Ok(self.worked_by(to) as i64 - self.worked_by(from) as i64)
    }

    /// The day on which half of the working days between two days, rounded up, have come: the time to remind somebody.
    ///
    /// # Errors
    /// [`OutsideCalendar`].
    pub fn half_time(&self, from: Date, to: Date) -> Result<Date, OutsideCalendar> {
        let count = self.working_days_between(from, to)?;
        let half = count.max(0).cast_unsigned().div_ceil(2);
        self.add_working_days(from, u32::try_from(half).unwrap_or(u32::MAX))
    }

    /// How many working days have come by the end of a day.
    fn worked_by(&self, day: Date) -> usize {
        self.working.partition_point(|working| *working <= day)
    }

    fn demand(&self, day: Date) -> Result<(), OutsideCalendar> {
        match self.covered() {
            Some((first, last)) if first <= day && day <= last => Ok(()),
            _ => Err(self.outside(day)),
        }
    }

    fn outside(&self, date: Date) -> OutsideCalendar {
        OutsideCalendar { country: self.country, date, covered: self.covered() }
    }
}
