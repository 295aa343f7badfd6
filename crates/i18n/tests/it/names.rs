//! Names of countries and languages, their order, and the folding of names.

use std::cmp::Ordering;

use i18n::{Collation, Locale, country, country_codes, fold, language, language_tags};
use proptest::prelude::*;

/// The ten countries of ASEAN and China.
const COUNTRIES: [&str; 11] = ["BN", "CN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN"];

#[test]
fn the_countries_of_the_programme_have_names_everywhere() {
    let expected = [
        (
            Locale::En,
            "Brunei, China, Indonesia, Cambodia, Laos, Myanmar, Malaysia, Philippines, Singapore, Thailand, Vietnam",
        ),
        (Locale::ZhHans, "文莱, 中国, 印度尼西亚, 柬埔寨, 老挝, 缅甸, 马来西亚, 菲律宾, 新加坡, 泰国, 越南"),
        (Locale::Th, "บรูไน, จีน, อินโดนีเซีย, กัมพูชา, ลาว, เมียนมา, มาเลเซีย, ฟิลิปปินส์, สิงคโปร์, ไทย, เวียดนาม"),
        (Locale::Lo, "ບຣູໄນ, ຈີນ, ອິນໂດເນເຊຍ, ກຳປູເຈຍ, ລາວ, ມຽນມາ, ມາເລເຊຍ, ຟິລິບປິນ, ສິງກະໂປ, ໄທ, ຫວຽດນາມ"),
        (Locale::Km, "ព្រុយណេ, ចិន, ឥណ្ឌូណេស៊ី, កម្ពុជា, ឡាវ, មីយ៉ាន់ម៉ា, ម៉ាឡេស៊ី, ហ្វ៊ីលីពីន, សិង្ហបុរី, ថៃ, វៀតណាម"),
        (Locale::My, "ဘရူနိုင်း, တရုတ်, အင်ဒိုနီးရှား, ကမ္ဘောဒီးယား, လာအို, မြန်မာ, မလေးရှား, ဖိလစ်ပိုင်, စင်္ကာပူ, ထိုင်း, ဗီယက်နမ်"),
        (
            Locale::Vi,
            "Brunei, Trung Quốc, Indonesia, Campuchia, Lào, Myanmar, Malaysia, Philippines, Singapore, Thái Lan, Việt Nam",
        ),
        (
            Locale::Ms,
            "Brunei, China, Indonesia, Kemboja, Laos, Myanmar, Malaysia, Filipina, Singapura, Thailand, Vietnam",
        ),
        (
            Locale::Id,
            "Brunei, Tiongkok, Indonesia, Kamboja, Laos, Myanmar, Malaysia, Filipina, Singapura, Thailand, Vietnam",
        ),
        (
            Locale::Fil,
            "Brunei, China, Indonesia, Cambodia, Laos, Myanmar, Malaysia, Pilipinas, Singapore, Thailand, Vietnam",
        ),
    ];
    for (locale, names) in expected {
        assert_eq!(COUNTRIES.map(|code| country(code, locale).unwrap()).join(", "), names);
    }
    assert_eq!(country("XX", Locale::En), None);
    assert_eq!(country("cn", Locale::En), None);
    assert_eq!(country("", Locale::En), None);
}

#[test]
fn every_locale_names_every_locale() {
    for locale in Locale::ALL {
        for other in Locale::ALL {
            assert!(language(other.tag(), locale).is_some(), "{other} in {locale}");
        }
    }
    assert_eq!(language("my", Locale::ZhHans), Some("缅甸语"));
    assert_eq!(language("zh-Hans", Locale::Vi), Some("Tiếng Trung (Giản thể)"));
    assert_eq!(language("th-TH", Locale::Lo), Some("ໄທ"));
    assert_eq!(language("zh-Hans-CN", Locale::En), Some("Chinese"));
    assert_eq!(language("qqq", Locale::En), None);
    assert_eq!(language("-", Locale::En), None);
}

#[test]
fn choices_are_complete_and_in_the_order_of_the_locale() {
    for locale in Locale::ALL {
        for (names, count) in [(country_codes(locale), 249), (language_tags(locale), 197)] {
            assert_eq!(names.len(), count, "{locale}");
            let order = Collation::of(locale);
            let sorted = names.is_sorted_by(|a, b| order.compare(a.name, b.name) != Ordering::Greater);
            assert!(sorted, "{locale}");
        }
    }
    let first = |locale| country_codes(locale)[0].name;
    assert_eq!(first(Locale::En), "Afghanistan");
    assert_eq!(first(Locale::ZhHans), "阿尔巴尼亚");
    assert_eq!(first(Locale::Th), "กรีซ");
}

#[test]
fn names_are_sorted_as_each_language_does() {
    let cases: [(Locale, &[&str]); 7] = [
        // pinyin: běijīng, chóngqìng is read zhòng by the table, nánníng, shànghǎi
        (Locale::ZhHans, &["北京", "广西", "南宁", "上海"]),
        // A vowel written before its consonant is sorted after it.
        (Locale::Th, &["กา", "เกาะ", "ขา", "เชียงใหม่"]),
        (Locale::Lo, &["ກາ", "ເກາະ", "ຂາ", "ຈຳປາ"]),
        (Locale::Km, &["កម្ពុជា", "ខេត្ត", "គណនី"]),
        (Locale::My, &["ကချင်", "ခရီး", "မန္တလေး"]),
        // Letters of their own: a ă â, d đ, o ô ơ; the tone decides last.
        (Locale::Vi, &["an", "ăn", "ân", "da", "đa", "ma", "mà", "mạ", "ô tô", "ơ"]),
        (Locale::Fil, &["Ana", "balita", "Nueva", "ñandu", "Zambales"]),
    ];
    for (locale, names) in cases {
        let order = Collation::of(locale);
        for pair in names.windows(2) {
            assert_eq!(order.compare(pair[0], pair[1]), Ordering::Less, "{locale}: {pair:?}");
            assert!(order.key(pair[0]) < order.key(pair[1]), "{locale}: {pair:?}");
        }
    }
}

#[test]
fn texts_that_people_take_for_the_same_fold_to_one() {
    let same = [
        ("Somsak@Example.COM", "somsak@example.com"),
        ("ＣＡＴＴＣ　２０２６", "cattc 2026"),
        ("Straße", "STRASSE"),
        ("Đại học", "ĐẠI HỌC"),
        ("Nguye\u{302}\u{303}n", "nguyễn"),
        ("ກໍາ", "ກຳ"),
        ("ກຳ", "ກ\u{ecd}າ"),
        ("นำ", "น\u{e4d}า"),
        ("វិទ្យា\u{200b}ស្ថាន", "វិទ្យាស្ថាន"),
        ("a\u{ad}b\u{200d}c\u{feff}", "abc"),
        ("ﬁlter Å", "filter å"),
    ];
    for (left, right) in same {
        assert_eq!(fold(left), fold(right), "{left} and {right}");
    }
    for (left, right) in [("da", "đa"), ("a b", "ab"), ("ma", "mà"), ("ကာ", "ခာ")] {
        assert_ne!(fold(left), fold(right));
    }
    assert_eq!(fold(""), "");
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded);
    }

    #[test]
    fn keys_order_as_comparison_does(left in "[a-zàạđơกาะເລກខ្ម北南 ]{0,8}", right in "[a-zàạđơกาะເລກខ្ម北南 ]{0,8}") {
        for locale in Locale::ALL {
            let order = Collation::of(locale);
            prop_assert_eq!(order.key(&left).cmp(&order.key(&right)), order.compare(&left, &right));
        }
    }
}
