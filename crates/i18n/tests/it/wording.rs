//! Rules for the texts themselves, which hold whatever they say.

use std::collections::BTreeSet;

use i18n::{Arg, Catalogue, Locale, Script};
use icu_normalizer::ComposingNormalizer;

/// Names, and words that a Latin locale shares with English.
const NAMES: [&str; 8] = ["Causeway", "API", "https", "ROR", "JSON", "CSV", "XLSX", "UTF"];
const SHARED: [(Locale, &[&str]); 3] = [
    (Locale::Ms, &["Menu"]),
    (Locale::Id, &["Menu", "Administrator", "Editor", "Auditor"]),
    (Locale::Fil, &["Menu", "Auditor"]),
];

/// A message with nothing for its arguments.
fn bare(locale: Locale, key: &str) -> String {
    let names = Catalogue::embedded().arguments(locale, key).unwrap();
    let args: Vec<(&str, Arg<'_>)> = names.iter().map(|name| (name.as_str(), "".into())).collect();
    Catalogue::strict().translator(locale).with(key, &args)
}

fn latin_words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect()
}

#[test]
fn a_page_in_another_script_shows_no_english_but_names() {
    for locale in Locale::ALL.into_iter().filter(|locale| locale.script() != Script::Latin) {
        for key in Catalogue::embedded().keys(locale) {
            let text = bare(locale, key);
            let english: Vec<_> =
                latin_words(&text).into_iter().filter(|word| !NAMES.contains(word)).collect();
            assert!(english.is_empty(), "{locale} {key}: {english:?}");
        }
    }
}

#[test]
fn a_page_in_another_latin_language_is_translated() {
    let latin = |locale: &Locale| locale.script() == Script::Latin && *locale != Locale::En;
    for locale in Locale::ALL.into_iter().filter(latin) {
        let shared = SHARED.iter().find(|(with, _)| *with == locale).map_or(&[][..], |(_, words)| words);
        for key in Catalogue::embedded().keys(locale) {
            let text = bare(locale, key);
            assert!(
                text != bare(Locale::En, key) || shared.contains(&text.as_str()),
                "{locale} {key}: {text}"
            );
        }
    }
}

#[test]
fn letters_are_of_the_locales_script_only() {
    for locale in Locale::ALL {
        let own = |c: char| match locale.script() {
            Script::Latin => c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'),
            Script::HanSimplified => matches!(c, '\u{4e00}'..='\u{9fff}'),
            Script::Thai => matches!(c, '\u{e00}'..='\u{e7f}'),
            Script::Lao => matches!(c, '\u{e80}'..='\u{eff}'),
            Script::Khmer => matches!(c, '\u{1780}'..='\u{17ff}'),
            Script::Myanmar => matches!(c, '\u{1000}'..='\u{109f}'),
        };
        for key in Catalogue::embedded().keys(locale) {
            let text = bare(locale, key);
            let strange: Vec<char> =
                text.chars().filter(|&c| c.is_alphabetic() && !c.is_ascii() && !own(c)).collect();
            assert!(strange.is_empty(), "{locale} {key}: {strange:?} in {text}");
        }
    }
}

#[test]
fn texts_are_composed_and_evenly_spaced() {
    let normalizer = ComposingNormalizer::new_nfc();
    for locale in Locale::ALL {
        for key in Catalogue::embedded().keys(locale) {
            let text = Catalogue::embedded().translator(locale).text(key);
            assert!(normalizer.is_normalized(&text), "{locale} {key}: {text}");
            assert!(!text.contains("  ") && text.trim() == text, "{locale} {key}: {text:?}");
            assert!(!text.contains(['\'', '"']), "{locale} {key}: straight quotation marks in {text}");
        }
    }
}

/// Browsers break Burmese lines by a dictionary that lacks some loanwords, and would break these before a killed
/// consonant, which belongs to the syllable before it: a word joiner there keeps them whole. (Found by laying every
/// message out in Chromium at no width; the dictionary of ICU4X splits otherwise, so it cannot stand in for that.)
#[test]
fn burmese_loanwords_are_held_together() {
    let loanwords = ["အကော င့်", "ဘေ့ စ်", "လ င့် ခ်", "ဝ ဘ်", "ဆော့ ဖ်"];
    let mut held = 0;
    for key in Catalogue::embedded().keys(Locale::My) {
        let text = bare(Locale::My, key);
        for word in loanwords {
            assert!(
                !text.contains(&word.replace(' ', "")),
                "{key}: {word} needs {{\"\\u2060\"}} at the spaces: {text}"
            );
            held += usize::from(text.contains(&word.replace(' ', "\u{2060}")));
        }
    }
    assert!(held >= loanwords.len(), "the words are written in some other way: only {held} were found");
}
