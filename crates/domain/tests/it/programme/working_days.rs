//! Working days, against an oracle that walks day by day through the days off as they are written.

use domain::programme::{Country, CountryCode, DayOff, Programme, Year};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// What is compared in all.
const CASES: u32 = 100_000;

fn code(text: &str) -> CountryCode {
    CountryCode::parse(text).unwrap()
}

/// One country as the oracle knows it: every day with whether offices work, in order. It only ever walks.
struct Oracle(Vec<(Date, bool)>);

impl Oracle {
    fn of(country: &Country, years: &[Year]) -> Self {
        let works = |year: &Year, day: Date| {
            let in_row = |off: &DayOff| off.date <= day && day <= off.to.unwrap_or(off.date);
            year.workday.iter().any(|extra| extra.date == day)
                || (country.works_on(day.weekday()) && !year.day_off.iter().any(in_row))
        };
        let mut days = Vec::new();
        for year in years {
            let mut day = date(year.year, 1, 1);
            while day.year() == year.year {
                days.push((day, works(year, day)));
                day = day.tomorrow().unwrap();
            }
        }
        Self(days)
    }

    fn add(&self, from: usize, count: u32) -> Option<Date> {
        let mut at = from;
        for _ in 0..count {
            at += 1;
            while !self.0.get(at)?.1 {
                at += 1;
            }
        }
        Some(self.0[at].0)
    }

    fn between(&self, from: usize, to: usize) -> i64 {
        let mut count = 0;
        for at in from.min(to) + 1..=from.max(to) {
            count += i64::from(self.0[at].1);
        }
        if from <= to { count } else { -count }
    }
}

#[test]
fn a_hundred_thousand_deadlines_fall_where_the_days_are_counted_one_by_one() {
    let programme = Programme::embedded();
    let countries: Vec<&Country> = programme.countries().collect();
    let oracles: Vec<_> = countries
        .iter()
        .map(|country| Oracle::of(country, programme.calendar(country.code).unwrap().years()))
        .collect();
    let mut runner = TestRunner::new(Config { cases: CASES, ..Config::default() });
    let cases = (0..countries.len(), 0_usize..730, 0_usize..730, 0_u32..60);
    runner
        .run(&cases, |(which, first, second, count)| {
            let (country, oracle) = (countries[which].code, &oracles[which]);
            let ((from, works), (to, _)) = (oracle.0[first], oracle.0[second]);
            prop_assert_eq!(programme.is_working_day(country, from), Ok(works));
            let found = programme.add_working_days(country, from, count);
            prop_assert_eq!(found.as_ref().ok().copied(), oracle.add(first, count));
            if let Ok(day) = found {
                prop_assert_eq!(programme.working_days_between(country, from, day), Ok(i64::from(count)));
            }
            // The walk is long: one case in eight is enough of it.
            if count % 8 == 0 {
                let between = oracle.between(first, second);
                prop_assert_eq!(programme.working_days_between(country, from, to), Ok(between));
                let half = u32::try_from(between.max(0)).unwrap().div_ceil(2);
                prop_assert_eq!(programme.half_time(country, from, to).ok(), oracle.add(first, half));
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_calendars_have_what_makes_working_days_hard() {
    let programme = Programme::embedded();
    let works = |country, day| programme.is_working_day(code(country), day).unwrap();
    // A Saturday that China works, and the holiday before it.
    assert_eq!(date(2026, 2, 28).weekday(), Weekday::Saturday);
    assert!(works("CN", date(2026, 2, 28)) && !works("CN", date(2026, 2, 23)));
    assert!(works("VN", date(2026, 1, 10)) && !works("VN", date(2026, 1, 2)));
    // Brunei rests on Friday and Sunday, and works on Saturday.
    assert_eq!(date(2026, 11, 20).weekday(), Weekday::Friday);
    assert!(
        !works("BN", date(2026, 11, 20))
            && works("BN", date(2026, 11, 21))
            && !works("BN", date(2026, 11, 22))
    );
    // Three working days from Friday before the Lunar New Year: China works on Saturday, then rests for nine days.
    assert_eq!(programme.add_working_days(code("CN"), date(2026, 2, 13), 3), Ok(date(2026, 2, 25)));
    assert_eq!(programme.half_time(code("CN"), date(2026, 2, 13), date(2026, 2, 25)), Ok(date(2026, 2, 24)));
    assert_eq!(programme.working_days_between(code("CN"), date(2026, 2, 25), date(2026, 2, 13)), Ok(-3));
}

#[test]
fn a_day_that_no_calendar_covers_is_said_to_be_so() {
    let programme = Programme::embedded();
    let thailand = code("TH");
    let late = programme.is_working_day(thailand, date(2028, 1, 3)).unwrap_err();
    assert_eq!(
        late.to_string(),
        "the working days of TH are not known for 2028-01-03; its calendar covers 2026-01-01 to 2027-12-31"
    );
    let beyond = programme.add_working_days(thailand, date(2027, 12, 30), 20).unwrap_err();
    assert_eq!(beyond.date, date(2028, 1, 1));
    assert!(programme.working_days_between(thailand, date(2025, 12, 31), date(2026, 1, 5)).is_err());
    let none = programme.is_working_day(code("TL"), date(2026, 1, 5)).unwrap_err();
    assert_eq!(
        none.to_string(),
        "the working days of TL are not known for 2026-01-05; there is no calendar of it"
    );
}

/// Days of the holiday `name` that stand for themselves, as (month, day) of each country that has it.
fn days(year: i16, name: &str) -> Vec<(String, Date)> {
    let programme = Programme::embedded();
    let mut found = Vec::new();
    for country in programme.countries() {
        let years = programme.calendar(country.code).unwrap().years();
        let off = years.iter().filter(|of| of.year == year).flat_map(|of| &of.day_off);
        let off = off.filter(|off| off.holiday.as_deref() == Some(name) && !off.substitute);
        found.extend(off.map(|off| (country.code.to_string(), off.date)));
    }
    found
}

/// The first day of the Chinese lunar year, and the others that follow from it.
#[test]
fn the_lunar_year_begins_on_the_same_day_everywhere() {
    for (year, first) in [(2026, date(2026, 2, 17)), (2027, date(2027, 2, 6))] {
        for (country, day) in days(year, "lunar-new-year") {
            let programme = Programme::embedded();
            let off = programme.calendar(code(&country)).unwrap().day_off(first);
            assert_eq!(off.and_then(|off| off.holiday.as_deref()), Some("lunar-new-year"), "{country} {day}");
        }
    }
    // Dragon Boat is the 5th of the 5th month, Mid-Autumn the 15th of the 8th: 122 and 220 days after (no leap month before).
    assert_eq!(days(2026, "dragon-boat")[0].1, date(2026, 2, 17) + 122.days());
    assert_eq!(days(2026, "mid-autumn")[0].1, date(2026, 2, 17) + 220.days());
}

/// Feasts of the moon are within two days of each other wherever they are kept: the months are the same, the sighting and
/// the reckoning differ.
#[test]
fn feasts_of_the_moon_agree_between_the_countries() {
    for name in ["eid-al-fitr", "eid-al-adha", "islamic-new-year", "prophets-birthday", "makha-bucha"] {
        for year in [2026, 2027] {
            let days = days(year, name);
            let (first, last) = (
                days.iter().map(|(_, day)| *day).min().unwrap(),
                days.iter().map(|(_, day)| *day).max().unwrap(),
            );
            let most = if name == "makha-bucha" { 31 } else { 2 };
            assert!(last.since(first).unwrap().get_days() <= most, "{name}: {days:?}");
        }
    }
}

/// The traditional new year of April begins on the 13th or 14th where it is kept.
#[test]
fn the_traditional_new_year_is_in_the_middle_of_april() {
    for year in [2026, 2027] {
        let days = days(year, "traditional-new-year");
        let countries: Vec<_> = days.iter().map(|(country, _)| country.as_str()).collect();
        assert_eq!(countries, ["TH", "LA", "KH", "MM"]);
        assert!(days.iter().all(|(_, day)| *day == date(year, 4, 13) || *day == date(year, 4, 14)));
    }
}

/// Easter by the reckoning of Meeus, Jones and Butcher; Good Friday two days before, Ascension 39 after.
#[test]
fn christian_feasts_follow_from_easter() {
    for year in [2026_i16, 2027] {
        let easter = easter(year);
        for (name, days_after) in [("good-friday", -2), ("easter", 0), ("ascension", 39)] {
            for (country, day) in days(year, name) {
                assert_eq!(day, easter + days_after.days(), "{country} {name}");
            }
        }
    }
}

fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    date(year, i8::try_from(month).unwrap(), i8::try_from(day).unwrap())
}

/// What falls on a full moon or a new moon does: the moon is new every 29.53 days, on 6 January 2000 among others.
#[test]
fn full_moons_are_full() {
    for year in [2026, 2027] {
        for name in ["makha-bucha", "vesak", "asalha-bucha", "mid-autumn"] {
            for (country, day) in days(year, name) {
                let since = f64::from(day.since(date(2000, 1, 6)).unwrap().get_days()) - 0.26;
                let age = since.rem_euclid(29.530_588_9);
                assert!(
                    (13.0..=17.5).contains(&age),
                    "{country} {name} {day}: the moon is {age:.1} days old"
                );
            }
        }
    }
}

#[test]
fn dates_of_2027_that_nobody_has_announced_are_marked_so() {
    let programme = Programme::embedded();
    let china = programme.calendar(code("CN")).unwrap();
    let firm =
        |year: &Year| year.day_off.iter().all(|off| off.status == domain::programme::Status::Announced);
    assert!(firm(&china.years()[0]));
    assert!(china.years()[1].day_off.iter().all(|off| off.status == domain::programme::Status::Expected));
}

#[test]
fn a_holiday_has_a_name_in_english_and_where_it_is_kept() {
    use i18n::Locale;
    let programme = Programme::embedded();
    for country in programme.countries() {
        for off in programme.calendar(country.code).unwrap().years().iter().flat_map(|year| &year.day_off) {
            for locale in [Locale::En, country.locale()] {
                let (language, name) = programme.holiday_name(off, locale);
                assert!(language == locale && !name.is_empty(), "{} {}", country.code, off.date);
            }
        }
    }
}
