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
        (Locale::En, "0 news items", "1 news item", "2 news items", "1,234 news items"),
        (Locale::ZhHans, "共 0 条新闻", "共 1 条新闻", "共 2 条新闻", "共 1,234 条新闻"),
        (Locale::Th, "ข่าว 0 รายการ", "ข่าว 1 รายการ", "ข่าว 2 รายการ", "ข่าว 1,234 รายการ"),
        (Locale::Lo, "ຂ່າວ 0 ລາຍການ", "ຂ່າວ 1 ລາຍການ", "ຂ່າວ 2 ລາຍການ", "ຂ່າວ 1.234 ລາຍການ"),
        (Locale::Km, "ព័ត៌មានចំនួន 0", "ព័ត៌មានចំនួន 1", "ព័ត៌មានចំនួន 2", "ព័ត៌មានចំនួន 1,234"),
        (Locale::My, "သတင်း 0 ပုဒ်", "သတင်း 1 ပုဒ်", "သတင်း 2 ပုဒ်", "သတင်း 1,234 ပုဒ်"),
        (Locale::Vi, "0 tin", "1 tin", "2 tin", "1.234 tin"),
        (Locale::Ms, "0 berita", "1 berita", "2 berita", "1,234 berita"),
        (Locale::Id, "0 berita", "1 berita", "2 berita", "1.234 berita"),
        (Locale::Fil, "0 balita", "1 balita", "2 balita", "1,234 balita"),
    ];
    for (locale, none, one, two, many) in table {
        for (count, text) in [(0, none), (1, one), (2, two), (1234, many)] {
            assert_eq!(strict(locale).with("publication-count", &[("count", count.into())]), text);
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
    assert!(matches!(Translator::new(Locale::Km).text("shell-home"), std::borrow::Cow::Borrowed("ទំព័រដើម")));
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
                        t.with("publication-count", &[("count", count.into())]).contains(&count.to_string())
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
