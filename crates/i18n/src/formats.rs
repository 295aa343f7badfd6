//! How dates, figures and lists are written in each locale. Names are in `names`, order in `collation`.

use std::sync::OnceLock;

use icu_calendar::cal::{Buddhist, Gregorian};
use icu_datetime::fieldsets::{Combo, T, YM, YMD, YMDT, zone::LocalizedOffsetShort};
use icu_datetime::options::YearStyle;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_time::ZonedDateTime as IcuMoment;
use icu_time::zone::UtcOffset;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};

use crate::{Currency, Locale, relative};

/// The formats of one locale, from the Unicode CLDR.
///
/// Choices made for a platform that people of ten languages share, so that a deadline or a figure cannot be
/// misread by any of them:
/// - Gregorian calendar and Latin digits everywhere, also where a locale's own custom differs (Buddhist era in
///   Thai, Burmese digits in Burmese). [`Formats::date_buddhist`] gives the Thai date to set beside.
/// - The month as a word, never a number: 3/4 is April to some and March to others.
/// - The 24-hour clock, and the offset from UTC with every moment.
/// - The ISO 4217 code with every sum, not a sign: ¥ and $ are signs of several currencies.
/// - English as in `en-GB`.
///
/// For machines there is [`Stamp::datetime`], which never comes from CLDR.
pub struct Formats {
    locale: Locale,
    date_short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date_long: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date_buddhist: FixedCalendarDateTimeFormatter<Buddhist, YMD>,
    month: FixedCalendarDateTimeFormatter<Gregorian, YM>,
    time: FixedCalendarDateTimeFormatter<(), T>,
    moment: FixedCalendarDateTimeFormatter<Gregorian, Combo<YMDT, LocalizedOffsetShort>>,
    decimal: DecimalFormatter,
    and: ListFormatter,
    or: ListFormatter,
}

/// A point in time for people and for machines: `<time datetime="{{ s.datetime }}">{{ s.text }}</time>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// ISO 8601, in UTC and to the second: `2026-11-22T06:05:00Z`, or `2026-11-22` for a date.
    pub datetime: String,
    /// As the locale writes it.
    pub text: String,
}

impl Formats {
    /// The formats of a locale, made at first use.
    pub fn of(locale: Locale) -> &'static Self {
        static ALL: [OnceLock<Formats>; Locale::ALL.len()] = [const { OnceLock::new() }; Locale::ALL.len()];
        ALL[locale.index()].get_or_init(|| Self::new(locale))
    }

    fn new(locale: Locale) -> Self {
        let language = if locale == Locale::En { "en-GB" } else { locale.tag() };
        let tag: icu_locale_core::Locale =
            format!("{language}-u-ca-gregory-hc-h23-nu-latn").parse().expect("the tag is well formed");
        let dates = || DateTimeFormatterPreferences::from(&tag);
        const DATA: &str = "the compiled data has every locale of the platform";
        // Burmese months have no customary short form: CLDR's is a single syllable that few would read.
        let short = if locale == Locale::My { YMD::long() } else { YMD::medium() };
        let era = YMD::long().with_year_style(YearStyle::WithEra);
        let moment = YMD::long().with_time_hm().with_zone(LocalizedOffsetShort);
        Self {
            locale,
            date_short: FixedCalendarDateTimeFormatter::try_new(dates(), short).expect(DATA),
            date_long: FixedCalendarDateTimeFormatter::try_new(dates(), YMD::long()).expect(DATA),
            date_buddhist: FixedCalendarDateTimeFormatter::try_new(dates(), era).expect(DATA),
            month: FixedCalendarDateTimeFormatter::try_new(dates(), YM::long()).expect(DATA),
            time: FixedCalendarDateTimeFormatter::try_new(dates(), T::hm()).expect(DATA),
            moment: FixedCalendarDateTimeFormatter::try_new(dates(), moment).expect(DATA),
            decimal: DecimalFormatter::try_new((&tag).into(), Default::default()).expect(DATA),
            and: ListFormatter::try_new_and((&tag).into(), ListFormatterOptions::default()).expect(DATA),
            or: ListFormatter::try_new_or((&tag).into(), ListFormatterOptions::default()).expect(DATA),
        }
    }

    /// Their locale.
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// A date with the month in its short form: `22 Nov 2026`.
    pub fn date_short(&self, date: Date) -> String {
        self.date_short.format(&to_icu(date)).to_string()
    }

    /// A date with the month in full: `22 November 2026`.
    pub fn date_long(&self, date: Date) -> String {
        self.date_long.format(&to_icu(date)).to_string()
    }

    /// The month of a date: `November 2026`.
    pub fn month(&self, date: Date) -> String {
        self.month.format(&to_icu(date)).to_string()
    }

    /// A date in the Buddhist era, named as such, to set beside the Gregorian one: `22 พฤศจิกายน พ.ศ. 2569`.
    /// `None` but in Thai, since only Thailand's offices count so.
    pub fn date_buddhist(&self, date: Date) -> Option<String> {
        let written = || self.date_buddhist.format(&to_icu(date).to_calendar(Buddhist)).to_string();
        (self.locale == Locale::Th).then(written)
    }

    /// A time of day to the minute: `14:05`.
    pub fn time(&self, time: Time) -> String {
        self.time.format(&to_icu_time(time)).to_string()
    }

    /// A moment as the clocks of its time zone show it, with the offset: `22 November 2026 at 14:05 GMT+8`.
    pub fn date_time(&self, moment: &ZonedDateTime) -> String {
        let seconds = moment.offset().seconds();
        let Ok(zone) = UtcOffset::try_from_seconds(seconds) else {
            // An offset of more than 18 hours, which no place keeps, is shown in UTC.
            return self.date_time(&moment.with_time_zone(TimeZone::UTC));
        };
        let input = IcuMoment { date: to_icu(moment.date()), time: to_icu_time(moment.time()), zone };
        self.moment.format(&input).to_string()
    }

    /// A date for a `time` element, with [`Formats::date_long`].
    pub fn stamp_date(&self, date: Date) -> Stamp {
        Stamp { datetime: date.to_string(), text: self.date_long(date) }
    }

    /// A moment for a `time` element, with [`Formats::date_time`].
    pub fn stamp(&self, moment: &ZonedDateTime) -> Stamp {
        Stamp { datetime: machine_moment(moment.timestamp()), text: self.date_time(moment) }
    }

    /// How long ago or ahead a moment is, in whole units of the largest that fits: `3 days ago`, `in 2 hours`;
    /// `now` within 45 seconds. A month counts 30 days and a year 365. Never for a deadline alone: show the
    /// date too.
    pub fn relative(&self, moment: Timestamp, now: Timestamp) -> String {
        relative::write(self, moment.as_second() - now.as_second())
    }

    /// `yesterday`, `today` or `tomorrow`; `None` for any other date.
    pub fn near_day(&self, date: Date, today: Date) -> Option<&'static str> {
        relative::near_day(self.locale, today.until(date).ok()?.get_days())
    }

    /// A whole number with grouping: `1,234,567`.
    pub fn number(&self, number: i64) -> String {
        self.decimal.format_to_string(&Decimal::from(number))
    }

    /// The decimal number `mantissa × 10^-scale`, with all its `scale` decimals: `(12345, 2)` is `123.45`.
    pub fn decimal(&self, mantissa: i64, scale: u8) -> String {
        self.decimal.format_to_string(&scaled(mantissa, scale))
    }

    /// A percentage `mantissa × 10^-scale %`: `(125, 1)` is `12.5%`. All ten locales write it so.
    pub fn percent(&self, mantissa: i64, scale: u8) -> String {
        self.decimal(mantissa, scale) + "%"
    }

    /// The share `part / whole` as a percentage with so many decimals, halves rounded up; `None` when there is
    /// no whole. Exact for all inputs with up to six decimals; more are cut to six.
    pub fn share(&self, part: u64, whole: u64, decimals: u8) -> Option<String> {
        let decimals = decimals.min(6);
        let (part, whole) = (u128::from(part) * 100 * 10_u128.pow(decimals.into()), u128::from(whole));
        let rounded = (2 * part + whole).checked_div(2 * whole)?;
        let digits = rounded.to_string().parse::<Decimal>().expect("digits are a number");
        Some(self.decimal.format_to_string(&shifted(digits, decimals)) + "%")
    }

    /// A sum in minor units, such as cents, with the currency's code: `CNY 1,234.50`, `1.234.000 VND`. The
    /// decimals of a whole sum are left out where people no longer use them (LAK, MMK, IDR ...).
    /// The space does not break.
    pub fn money(&self, minor: i64, currency: Currency) -> String {
        let number = self.decimal.format_to_string(&currency.decimal(minor.unsigned_abs()));
        let (code, sign) = (currency.code(), if minor < 0 { "-" } else { "" });
        match self.locale {
            Locale::Km | Locale::My | Locale::Vi => format!("{sign}{number}\u{a0}{code}"),
            Locale::Lo => format!("{code}\u{a0}{sign}{number}"),
            Locale::En | Locale::ZhHans | Locale::Th | Locale::Ms | Locale::Id | Locale::Fil => {
                format!("{sign}{code}\u{a0}{number}")
            }
        }
    }

    /// `A, B and C`.
    pub fn list_and<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.and.format_to_string(items.iter().map(T::as_ref))
    }

    /// `A, B or C`.
    pub fn list_or<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.or.format_to_string(items.iter().map(T::as_ref))
    }

    /// A number given in digits, as Fluent hands it over.
    pub(crate) fn digits(&self, digits: &str) -> Option<String> {
        digits.parse::<Decimal>().ok().map(|number| self.decimal.format_to_string(&number))
    }
}

fn to_icu(date: Date) -> icu_calendar::Date<Gregorian> {
    let (year, month, day) = (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs());
    icu_calendar::Date::try_new_gregorian(year, month, day)
        .expect("a civil date exists in the Gregorian calendar")
}

fn to_icu_time(time: Time) -> icu_time::Time {
    let part = i8::unsigned_abs;
    icu_time::Time::try_new(part(time.hour()), part(time.minute()), part(time.second()), 0)
        .expect("a civil time exists on the clock")
}

fn machine_moment(moment: Timestamp) -> String {
    Timestamp::from_second(moment.as_second()).expect("within the range it came from").to_string()
}

fn scaled(mantissa: i64, scale: u8) -> Decimal {
    shifted(Decimal::from(mantissa), scale)
}

/// The number with its decimal point moved to the left, and as many decimals.
pub(crate) fn shifted(mut number: Decimal, scale: u8) -> Decimal {
    number.multiply_pow10(-i16::from(scale));
    number.pad_end(-i16::from(scale));
    number
}
