//! The embedded messages: complete, well formed, rightly counted, and loud where a test wants it.

use std::collections::BTreeSet;

use i18n::{Arg, Catalogue, Locale, Translator};

fn strict(locale: Locale) -> Translator {
    Catalogue::strict().translator(locale)
}

#[test]
fn every_locale_has_every_key_with_its_arguments() {
    let catalogue = Catalogue::embedded();
    let english: Vec<&str> = catalogue.keys(Locale::En).collect();
    assert!(english.len() > 60, "only {} messages were embedded", english.len());
    for locale in Locale::ALL {
        let keys: Vec<&str> = catalogue.keys(locale).collect();
        assert_eq!(keys, english, "{locale}");
        for key in keys {
            assert_eq!(
                catalogue.arguments(locale, key),
                catalogue.arguments(Locale::En, key),
                "{locale} {key}"
            );
        }
    }
}

#[test]
fn every_message_is_written_without_an_error_in_every_locale() {
    for locale in Locale::ALL {
        for key in Catalogue::embedded().keys(locale) {
            let names = Catalogue::embedded().arguments(locale, key).unwrap();
            for number in [0, 1, 2, 5, 1234] {
                let args: Vec<(&str, Arg<'_>)> =
                    names.iter().map(|name| (name.as_str(), number.into())).collect();
                let text = strict(locale).with(key, &args);
                assert!(!text.trim().is_empty(), "{locale} {key}");
                assert!(!text.contains(['{', '}', '⟦']), "{locale} {key}: {text}");
                let isolating_marks = ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'];
                assert!(!text.contains(isolating_marks), "{locale} {key}: {text:?}");
            }
        }
    }
}

#[test]
fn counts_are_written_with_the_plural_and_the_grouping_of_the_locale() {
    let table = [
        (
            Locale::En,
            "Use at most 0 characters.",
            "Use at most 1 character.",
            "Use at most 2 characters.",
            "Use at most 1,234 characters.",
        ),
        (Locale::ZhHans, "最多 0 个字符。", "最多 1 个字符。", "最多 2 个字符。", "最多 1,234 个字符。"),
        (Locale::Th, "ไม่เกิน 0 อักขระ", "ไม่เกิน 1 อักขระ", "ไม่เกิน 2 อักขระ", "ไม่เกิน 1,234 อักขระ"),
        (Locale::Lo, "ບໍ່ເກີນ 0 ຕົວອັກສອນ.", "ບໍ່ເກີນ 1 ຕົວອັກສອນ.", "ບໍ່ເກີນ 2 ຕົວອັກສອນ.", "ບໍ່ເກີນ 1.234 ຕົວອັກສອນ."),
        (Locale::Km, "មិនលើសពី 0 តួអក្សរ។", "មិនលើសពី 1 តួអក្សរ។", "មិនលើសពី 2 តួអក្សរ។", "មិនលើសពី 1,234 តួអក្សរ។"),
        (
            Locale::My,
            "အများဆုံး စာလုံး 0 လုံး။",
            "အများဆုံး စာလုံး 1 လုံး။",
            "အများဆုံး စာလုံး 2 လုံး။",
            "အများဆုံး စာလုံး 1,234 လုံး။",
        ),
        (Locale::Vi, "Tối đa 0 ký tự.", "Tối đa 1 ký tự.", "Tối đa 2 ký tự.", "Tối đa 1.234 ký tự."),
        (
            Locale::Ms,
            "Tidak lebih daripada 0 aksara.",
            "Tidak lebih daripada 1 aksara.",
            "Tidak lebih daripada 2 aksara.",
            "Tidak lebih daripada 1,234 aksara.",
        ),
        (
            Locale::Id,
            "Paling banyak 0 karakter.",
            "Paling banyak 1 karakter.",
            "Paling banyak 2 karakter.",
            "Paling banyak 1.234 karakter.",
        ),
        (
            Locale::Fil,
            "Hanggang 0 karakter lamang.",
            "Hanggang 1 karakter lamang.",
            "Hanggang 2 karakter lamang.",
            "Hanggang 1,234 karakter lamang.",
        ),
    ];
    for (locale, none, one, two, many) in table {
        for (count, text) in [(0, none), (1, one), (2, two), (1234, many)] {
            assert_eq!(strict(locale).with("error-field-too-long", &[("max", count.into())]), text);
        }
    }
}

#[test]
fn texts_are_put_in_as_they_are() {
    let language = "ພາສາ\u{200b}ລາວ <b>{ $x }</b>";
    let text = strict(Locale::Lo).with("publication-original-language", &[("language", language.into())]);
    assert_eq!(text, format!("ພາສາຕົ້ນສະບັບ: {language}"));
    assert_eq!(strict(Locale::En).with("shell-version", &[("version", "1234.5".into())]), "Version 1234.5");
}

#[test]
fn a_message_without_arguments_is_borrowed() {
    assert!(matches!(Translator::new(Locale::Km).text("shell-language"), std::borrow::Cow::Borrowed("ភាសា")));
}

#[test]
fn a_key_that_does_not_exist_shows_itself() {
    assert_eq!(Translator::new(Locale::Th).text("shell-nothing"), "⟦shell-nothing⟧");
    assert_eq!(Catalogue::marked().translator(Locale::Th).text("shell-nothing"), "⟦shell-nothing⟧");
}

#[test]
#[should_panic(expected = "no message shell-nothing in th")]
fn a_key_that_does_not_exist_panics_where_asked_to() {
    strict(Locale::Th).text("shell-nothing");
}

#[test]
#[should_panic(expected = "message shell-version in my")]
fn a_forgotten_argument_panics_where_asked_to() {
    strict(Locale::My).text("shell-version");
}

#[test]
fn one_catalogue_serves_many_threads() {
    std::thread::scope(|scope| {
        for thread in 0..8_u32 {
            scope.spawn(move || {
                for count in 0..200 {
                    let t = strict(Locale::ALL[(count + thread as usize) % Locale::ALL.len()]);
                    assert!(
                        t.with("error-field-too-long", &[("max", count.into())]).contains(&count.to_string())
                    );
                }
            });
        }
    });
}

#[test]
fn embedded_slices_are_the_same_in_every_locale() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    let slices = |locale: Locale| -> BTreeSet<_> {
        let entries = std::fs::read_dir(root.join(locale.tag())).unwrap();
        entries.map(|entry| entry.unwrap().file_name()).collect()
    };
    for locale in Locale::ALL {
        assert_eq!(slices(locale), slices(Locale::En), "{locale}");
    }
}
