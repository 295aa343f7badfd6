//! Dates, figures, sums and lists in all ten locales, against texts written out.

use i18n::{Currency, Formats, Locale};
use jiff::civil::{Date, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};

const DAY: Date = date(2026, 11, 22);

fn moment() -> ZonedDateTime {
    DAY.at(14, 5, 30, 0).to_zoned_datetime(TimeZone::get("Asia/Shanghai").unwrap()).unwrap()
}

/// One expected text per locale.
fn check(expected: [&str; 10], written: impl Fn(&Formats) -> String) {
    for (locale, expected) in Locale::ALL.into_iter().zip(expected) {
        assert_eq!(written(Formats::of(locale)), expected, "{locale}");
    }
}

#[test]
fn dates_are_gregorian_with_latin_digits_and_the_month_in_words() {
    check(
        [
            "22 November 2026",
            "2026年11月22日",
            "22 พฤศจิกายน ค.ศ. 2026",
            "22 ພະຈິກ 2026",
            "22 វិច្ឆិកា 2026",
            "2026 နိုဝင်ဘာ 22",
            "22 tháng 11 2026",
            "22 November 2026",
            "22 November 2026",
            "Nobyembre 22, 2026",
        ],
        |f| f.date_long(DAY),
    );
    check(
        [
            "22 Nov 2026",
            "2026年11月22日",
            "22 พ.ย. 2026",
            "22 ພ.ຈ. 2026",
            "22 វិច្ឆិកា 2026",
            "2026 နိုဝင်ဘာ 22",
            "22 thg 11, 2026",
            "22 Nov 2026",
            "22 Nov 2026",
            "Nob 22, 2026",
        ],
        |f| f.date_short(DAY),
    );
}

#[test]
fn moments_show_the_24_hour_clock_and_the_offset() {
    check(
        [
            "22 November 2026 at 14:05 GMT+8",
            "2026年11月22日 GMT+8 14:05",
            "22 พฤศจิกายน ค.ศ. 2026 เวลา 14:05 GMT+8",
            "22 ພະຈິກ 2026, 14:05 GMT+8",
            "22 វិច្ឆិកា 2026 នៅ\u{200b}ម៉ោង 14:05 ម៉ោង\u{200b}សកល +8",
            "2026 နိုဝင်ဘာ 22 GMT+8 14:05",
            "lúc 14:05 GMT+8 22 tháng 11 2026",
            "22 November 2026 pada 14:05 GMT+8",
            "22 November 2026 pukul 14.05 GMT+8",
            "Nobyembre 22, 2026 nang 14:05 GMT+8",
        ],
        |f| f.date_time(&moment()),
    );
    check(["14:05", "14:05", "14:05", "14:05", "14:05", "14:05", "14:05", "14:05", "14.05", "14:05"], |f| {
        f.time(time(14, 5, 0, 0))
    });
    let english = Formats::of(Locale::En);
    let rangoon = moment().with_time_zone(TimeZone::get("Asia/Yangon").unwrap());
    assert_eq!(english.date_time(&rangoon), "22 November 2026 at 12:35 GMT+6:30");
    assert_eq!(english.date_time(&moment().with_time_zone(TimeZone::UTC)), "22 November 2026 at 06:05 GMT+0");
}

#[test]
fn the_buddhist_era_stands_beside_in_thai_only() {
    for locale in Locale::ALL {
        let expected = (locale == Locale::Th).then(|| "22 พฤศจิกายน พ.ศ. 2569".to_owned());
        assert_eq!(Formats::of(locale).date_buddhist(DAY), expected, "{locale}");
    }
}

#[test]
fn machines_get_iso_8601_in_utc() {
    for locale in Locale::ALL {
        let f = Formats::of(locale);
        let stamp = f.stamp(&moment());
        assert_eq!(stamp.datetime, "2026-11-22T06:05:30Z");
        assert_eq!(stamp.text, f.date_time(&moment()));
        assert_eq!(f.stamp_date(DAY).datetime, "2026-11-22");
    }
    let fraction: Timestamp = "2026-11-22T06:05:30.987Z".parse().unwrap();
    let stamp = Formats::of(Locale::Th).stamp(&fraction.to_zoned_datetime(TimeZone::UTC));
    assert_eq!(stamp.datetime, "2026-11-22T06:05:30Z");
}

#[test]
fn the_ends_of_time_can_be_written() {
    for locale in Locale::ALL {
        let f = Formats::of(locale);
        for day in [Date::MIN, Date::MAX, date(0, 1, 1), date(-1, 2, 28), date(2024, 2, 29)] {
            assert!(!f.date_long(day).is_empty() && !f.date_short(day).is_empty());
            f.date_buddhist(day);
        }
        for end in [Timestamp::MIN, Timestamp::MAX] {
            let zoned = end.to_zoned_datetime(TimeZone::UTC);
            assert!(!f.stamp(&zoned).text.is_empty());
            assert!(!f.relative(end, Timestamp::UNIX_EPOCH).is_empty());
        }
        let farthest = TimeZone::fixed(jiff::tz::Offset::MAX);
        assert!(
            f.date_time(&Timestamp::UNIX_EPOCH.to_zoned_datetime(farthest)).contains("GMT")
                || locale == Locale::Km
        );
    }
}

#[test]
fn numbers_are_grouped_with_latin_digits() {
    check(
        [
            "-1,234,567",
            "-1,234,567",
            "-1,234,567",
            "-1.234.567",
            "-1,234,567",
            "-1,234,567",
            "-1.234.567",
            "-1,234,567",
            "-1.234.567",
            "-1,234,567",
        ],
        |f| f.number(-1_234_567),
    );
    check(
        [
            "1,234.50", "1,234.50", "1,234.50", "1.234,50", "1,234.50", "1,234.50", "1.234,50", "1,234.50",
            "1.234,50", "1,234.50",
        ],
        |f| f.decimal(123_450, 2),
    );
    check(["12.5%", "12.5%", "12.5%", "12,5%", "12.5%", "12.5%", "12,5%", "12.5%", "12,5%", "12.5%"], |f| {
        f.percent(125, 1)
    });
    let f = Formats::of(Locale::En);
    assert_eq!((f.number(0), f.number(i64::MIN)), ("0".into(), "-9,223,372,036,854,775,808".into()));
    assert_eq!(
        (f.decimal(5, 3), f.decimal(-5, 1), f.decimal(0, 2)),
        ("0.005".into(), "-0.5".into(), "0.00".into())
    );
}

#[test]
fn shares_are_rounded_once_and_exact() {
    let f = Formats::of(Locale::En);
    assert_eq!(f.share(1, 3, 1).as_deref(), Some("33.3%"));
    assert_eq!(f.share(2, 3, 0).as_deref(), Some("67%"));
    assert_eq!(f.share(1, 8, 0).as_deref(), Some("13%"));
    assert_eq!(f.share(0, 8, 2).as_deref(), Some("0.00%"));
    assert_eq!(f.share(491, 1900, 1).as_deref(), Some("25.8%"));
    assert_eq!(f.share(3, 2, 0).as_deref(), Some("150%"));
    assert_eq!(f.share(1, 0, 0), None);
    assert_eq!(f.share(u64::MAX, u64::MAX, 200).as_deref(), Some("100.000000%"));
    assert_eq!(f.share(u64::MAX, 1, 0).as_deref(), Some("1,844,674,407,370,955,161,500%"));
}

#[test]
fn sums_carry_their_code() {
    let cny = Currency::parse("CNY").unwrap();
    check(
        [
            "CNY\u{a0}1,234.50",
            "CNY\u{a0}1,234.50",
            "CNY\u{a0}1,234.50",
            "CNY\u{a0}1.234,50",
            "1,234.50\u{a0}CNY",
            "1,234.50\u{a0}CNY",
            "1.234,50\u{a0}CNY",
            "CNY\u{a0}1,234.50",
            "CNY\u{a0}1.234,50",
            "CNY\u{a0}1,234.50",
        ],
        |f| f.money(123_450, cny),
    );
    let write = |locale, minor, code| Formats::of(locale).money(minor, Currency::parse(code).unwrap());
    assert_eq!(write(Locale::En, -123_450, "CNY"), "-CNY\u{a0}1,234.50");
    assert_eq!(write(Locale::Lo, -123_450, "CNY"), "CNY\u{a0}-1.234,50");
    assert_eq!(write(Locale::Vi, 1_234_000, "VND"), "1.234.000\u{a0}VND");
    assert_eq!(write(Locale::Lo, 500_000_000, "LAK"), "LAK\u{a0}5.000.000");
    assert_eq!(write(Locale::En, 500_000_050, "LAK"), "LAK\u{a0}5,000,000.50");
    assert_eq!(write(Locale::En, 500_000_000, "THB"), "THB\u{a0}5,000,000.00");
    assert_eq!(write(Locale::En, 1_500, "KWD"), "KWD\u{a0}1.500");
    assert_eq!(write(Locale::En, i64::MIN, "JPY"), "-JPY\u{a0}9,223,372,036,854,775,808");
    assert_eq!(write(Locale::En, 0, "MMK"), "MMK\u{a0}0");
}

#[test]
fn currencies_of_the_programme_are_known() {
    let exponents = [
        ("CNY", 2),
        ("THB", 2),
        ("LAK", 2),
        ("KHR", 2),
        ("MMK", 2),
        ("VND", 0),
        ("BND", 2),
        ("MYR", 2),
        ("IDR", 2),
        ("PHP", 2),
        ("SGD", 2),
        ("USD", 2),
        ("EUR", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("KWD", 3),
    ];
    for (code, exponent) in exponents {
        let currency = Currency::parse(code).unwrap();
        assert_eq!((currency.code(), currency.exponent()), (code, exponent));
    }
    assert!(Currency::all().is_sorted() && Currency::all().len() > 150);
    assert_eq!(["cny", "XXX", "DEM", ""].map(Currency::parse), [None; 4]);
}

#[test]
fn lists_are_joined_as_each_language_does() {
    check(
        [
            "A, B and C",
            "A、B和C",
            "A B และC",
            "A, B, C",
            "A, B និង C",
            "A၊ B နှင့် C",
            "A, B và C",
            "A, B dan C",
            "A, B, dan C",
            "A, B, at C",
        ],
        |f| f.list_and(&["A", "B", "C"]),
    );
    check(
        [
            "A or B",
            "A或B",
            "A หรือ B",
            "A ຫຼື B",
            "A ឬ B",
            "A သို့မဟုတ် B",
            "A hoặc B",
            "A atau B",
            "A atau B",
            "A o B",
        ],
        |f| f.list_or(&["A".to_owned(), "B".to_owned()]),
    );
    let f = Formats::of(Locale::En);
    assert_eq!((f.list_and::<&str>(&[]), f.list_and(&["A"])), (String::new(), "A".to_owned()));
}

#[test]
fn distances_in_time_are_told_in_words() {
    let now = moment().timestamp();
    let ago = |seconds: i64| move |f: &Formats| f.relative(now + SignedDuration::from_secs(seconds), now);
    check(
        [
            "3 days ago",
            "3天前",
            "3 วันที่ผ่านมา",
            "3 ມື້ກ່ອນ",
            "3 ថ្ងៃ\u{200b}មុន",
            "ပြီးခဲ့သည့် 3 ရက်",
            "3 ngày trước",
            "3 hari lalu",
            "3 hari yang lalu",
            "3 araw ang nakalipas",
        ],
        ago(-3 * 86_400 - 5),
    );
    check(
        [
            "in 1 hour",
            "1小时后",
            "ในอีก 1 ชั่วโมง",
            "ໃນອີກ 1 ຊົ່ວໂມງ",
            "ក្នុង\u{200b}រយៈ\u{200b}ពេល 1 ម៉ោង",
            "1 နာရီအတွင်း",
            "sau 1 giờ nữa",
            "dalam 1 jam",
            "dalam 1 jam",
            "sa 1 oras",
        ],
        ago(3_600),
    );
    let english = Formats::of(Locale::En);
    let table = [
        (0, "now"),
        (-44, "now"),
        (-45, "1 minute ago"),
        (59, "in 1 minute"),
        (-3_599, "59 minutes ago"),
        (-86_400, "1 day ago"),
        (8 * 86_400, "in 1 week"),
        (-45 * 86_400, "1 month ago"),
        (400 * 86_400, "in 1 year"),
        (-366_000 * 86_400, "1,002 years ago"),
    ];
    for (seconds, text) in table {
        assert_eq!(ago(seconds)(english), text);
    }
    let near =
        [-2, -1, 0, 1, 2].map(|days| english.near_day(DAY + SignedDuration::from_hours(24 * days), DAY));
    assert_eq!(near, [None, Some("yesterday"), Some("today"), Some("tomorrow"), None]);
    assert_eq!(Formats::of(Locale::ZhHans).near_day(DAY, DAY), Some("今天"));
}
