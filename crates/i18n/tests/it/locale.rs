//! Locales by segment, tag and `Accept-Language`.

use i18n::{Locale, Script, negotiate};
use proptest::prelude::*;

#[test]
fn a_segment_is_exact_and_a_tag_is_not() {
    for locale in Locale::ALL {
        assert_eq!(Locale::parse(locale.tag()), Some(locale));
        assert_eq!(locale.to_string().parse(), Ok(locale));
        assert_eq!(Locale::nearest(&locale.tag().to_uppercase()), Some(locale));
    }
    for segment in ["EN", "zh-hans", "zh", "tl", "th-TH", "", "en/", "e", "english"] {
        assert_eq!(Locale::parse(segment), None, "{segment}");
    }
    assert_eq!("de".parse::<Locale>().map_err(|error| error.to_string().contains("zh-Hans")), Err(true));
}

#[test]
fn tags_of_the_region_find_their_locale() {
    let table = [
        ("zh-CN", Locale::ZhHans),
        ("zh-SG", Locale::ZhHans),
        ("zh-Hans", Locale::ZhHans),
        ("zh-Hant", Locale::ZhHans),
        ("zh_TW", Locale::ZhHans),
        ("cmn-Hans-CN", Locale::ZhHans),
        ("tl", Locale::Fil),
        ("tl-PH", Locale::Fil),
        ("fil-PH", Locale::Fil),
        ("in", Locale::Id),
        ("in-ID", Locale::Id),
        ("ms-BN", Locale::Ms),
        ("zsm", Locale::Ms),
        ("bur", Locale::My),
        ("km-KH", Locale::Km),
        ("lo-LA", Locale::Lo),
        ("TH", Locale::Th),
        ("vi-VN", Locale::Vi),
        ("en-US-x-private", Locale::En),
    ];
    for (tag, locale) in table {
        assert_eq!(Locale::nearest(tag), Some(locale), "{tag}");
    }
    for tag in ["de", "fr-CA", "", "-", "e", "engl", "*", "ภา", "x-en", "i-hak"] {
        assert_eq!(Locale::nearest(tag), None, "{tag}");
    }
}

#[test]
fn accept_language_is_negotiated() {
    let table = [
        ("", Locale::En),
        ("*", Locale::En),
        ("de, fr;q=0.9", Locale::En),
        ("zh-CN,zh;q=0.9,en;q=0.8", Locale::ZhHans),
        ("zh-SG", Locale::ZhHans),
        ("zh-Hans-CN", Locale::ZhHans),
        ("zh-Hant-TW, en;q=0.5", Locale::ZhHans),
        ("th-TH,th;q=0.9,en-US;q=0.8", Locale::Th),
        ("en-US,en;q=0.5,lo;q=0.7", Locale::En),
        ("en;q=0.5, lo;q=0.7", Locale::Lo),
        ("km;q=0.7, my;q=0.7", Locale::Km),
        ("tl", Locale::Fil),
        ("in-ID", Locale::Id),
        ("jv-ID,jv;q=0.9,id;q=0.8,en;q=0.7", Locale::Id),
        ("fr, vi;q=0.001", Locale::Vi),
        ("th;q=0, vi;q=0.1", Locale::Vi),
        ("th;q=0", Locale::En),
        ("ms ; q=0.4 , id ; Q = 0.3", Locale::Ms),
        ("*;q=0.5, th;q=0.3", Locale::En),
        ("*;q=0.5, th", Locale::Th),
        ("en;q=0, *", Locale::ZhHans),
        ("*;q=0", Locale::En),
        // What is not well formed is passed over.
        ("th;q=2, vi;q=0.5", Locale::Vi),
        ("th;q=0.1234, vi;q=0.5", Locale::Vi),
        ("th;q=-1, th;q=, th;q, th;x=1, th;q=1.5, ms", Locale::Ms),
        ("t h, v\u{e9}, ms", Locale::Ms),
        (",,;,;q=1,ms", Locale::Ms),
    ];
    for (header, locale) in table {
        assert_eq!(negotiate(header), locale, "{header:?}");
    }
}

#[test]
fn a_hostile_accept_language_costs_no_more_than_its_first_4096_bytes() {
    let hundred_kilobytes = "th;q=0.1,".repeat(12_000);
    assert_eq!(negotiate(&hundred_kilobytes), Locale::Th);
    // Nothing beyond the bounds counts, and a range cut in two does not either.
    assert_eq!(negotiate(&format!("{hundred_kilobytes}vi")), Locale::Th);
    assert_eq!(negotiate(&format!("{}vi", "de,".repeat(64))), Locale::En);
    assert_eq!(negotiate(&format!("{}vi", "de,".repeat(63))), Locale::Vi);
    assert_eq!(negotiate(&format!("de, th{}", "-x".repeat(50_000))), Locale::En);
    assert_eq!(negotiate(&"\u{e01}".repeat(40_000)), Locale::En);
    assert_eq!(negotiate(&";q=".repeat(40_000)), Locale::En);
}

#[test]
fn serde_names_a_locale_as_the_address_does() {
    for locale in Locale::ALL {
        let json = format!("\"{locale}\"");
        assert_eq!(serde_json::to_string(&locale).unwrap(), json);
        assert_eq!(serde_json::from_str::<Locale>(&json).unwrap(), locale);
    }
}

#[test]
fn every_locale_names_itself_in_its_own_script() {
    for locale in Locale::ALL {
        let first = locale.autonym().chars().next().unwrap();
        let expected = match first {
            'A'..='Z' => Script::Latin,
            '\u{e00}'..='\u{e7f}' => Script::Thai,
            '\u{e80}'..='\u{eff}' => Script::Lao,
            '\u{1000}'..='\u{109f}' => Script::Myanmar,
            '\u{1780}'..='\u{17ff}' => Script::Khmer,
            _ => Script::HanSimplified,
        };
        assert_eq!(locale.script(), expected, "{locale}");
        assert_eq!(locale.direction().as_str(), "ltr");
    }
}

proptest! {
    #[test]
    fn any_header_gives_a_locale(header in ".{0,300}") {
        prop_assert!(Locale::ALL.contains(&negotiate(&header)));
    }

    #[test]
    fn the_heaviest_of_ours_wins(weights in proptest::collection::vec(1_u16..=1000, 10)) {
        let ranges: Vec<_> = Locale::ALL.iter().zip(&weights)
            .map(|(locale, weight)| format!("{locale};q={}.{:03}", weight / 1000, weight % 1000)).collect();
        let heaviest = weights.iter().max().unwrap();
        let expected = Locale::ALL[weights.iter().position(|weight| weight == heaviest).unwrap()];
        prop_assert_eq!(negotiate(&ranges.join(",")), expected);
    }
}
