//! The label of a code in all ten locales, and the check that each is in the script of its locale.

use std::collections::BTreeMap;

use i18n::{Locale, Script};
use serde::{Deserialize, Serialize};

use super::document::Document;

/// A text in every locale. Complete once it has been checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels(BTreeMap<Locale, String>);

impl Labels {
    /// The label in `locale`.
    pub fn label(&self, locale: Locale) -> &str {
        self.0.get(&locale).or_else(|| self.0.get(&Locale::FALLBACK)).map_or("", String::as_str)
    }

    /// Every label with its locale.
    pub fn iter(&self) -> impl Iterator<Item = (Locale, &str)> {
        self.0.iter().map(|(locale, label)| (*locale, label.as_str()))
    }

    /// Notes what is missing, empty or in a script of another locale; `key` is where they stand in the entry.
    pub(super) fn check(&self, document: &mut Document, table: &str, index: usize, key: &str) {
        for (locale, fault) in self.faults() {
            document.complain(table, index, &format!("{key}.{}", locale.tag()), fault);
        }
    }

    /// The same for labels at the head of the file.
    pub(super) fn check_head(&self, document: &mut Document, key: &str) {
        for (locale, fault) in self.faults() {
            document.complain_of(&format!("{key}.{}", locale.tag()), fault);
        }
    }

    fn faults(&self) -> Vec<(Locale, String)> {
        let fault = |locale: Locale| match self.0.get(&locale) {
            None => Some(format!("is missing; write it in all ten languages, also in “{}”", locale.tag())),
            Some(text) => fault(text, locale),
        };
        Locale::ALL.into_iter().filter_map(|locale| fault(locale).map(|fault| (locale, fault))).collect()
    }
}

/// Longest label, in characters.
const MOST: usize = 300;

/// What is wrong with a text that is to be read in `locale`.
pub(super) fn fault(text: &str, locale: Locale) -> Option<String> {
    if text.trim().is_empty() || text.trim() != text {
        return Some("is empty or has spaces around it; write the text alone".to_owned());
    }
    if text.chars().count() > MOST || text.chars().any(char::is_control) {
        return Some(format!("has to be one line of at most {MOST} characters"));
    }
    let own = locale.script();
    let wrong = text
        .chars()
        .find(|letter| of(*letter).is_some_and(|script| script != own && script != Script::Latin));
    if let Some(letter) = wrong {
        return Some(format!(
            "“{letter}” is no letter of that language; check that the line has the right language"
        ));
    }
    // Names and abbreviations are Latin everywhere; a whole label is not.
    if own != Script::Latin && !text.chars().any(|letter| of(letter) == Some(own)) {
        return Some("is not in the script of that language; translate it".to_owned());
    }
    None
}

/// The script of a letter, as far as it is one of the ten locales'.
fn of(letter: char) -> Option<Script> {
    match letter {
        '\u{0e00}'..='\u{0e7f}' => Some(Script::Thai),
        '\u{0e80}'..='\u{0eff}' => Some(Script::Lao),
        '\u{1780}'..='\u{17ff}' | '\u{19e0}'..='\u{19ff}' => Some(Script::Khmer),
        '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}' => Some(Script::Myanmar),
        '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Some(Script::HanSimplified),
        _ if letter.is_alphabetic() => Some(Script::Latin),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_in_the_script_of_its_locale() {
        for (text, locale) in [
            ("University", Locale::En),
            ("NDA 协议", Locale::ZhHans),
            ("ທະນາຄານ", Locale::Lo),
            ("Đại học", Locale::Vi),
            ("တက္ကသိုလ်", Locale::My),
        ] {
            assert_eq!(fault(text, locale), None, "{text}");
        }
        for (text, locale) in [
            ("", Locale::En),
            (" a", Locale::En),
            ("a\nb", Locale::En),
            ("University", Locale::Th),
            ("มหาวิทยาลัย", Locale::Lo),
            ("大学", Locale::En),
            ("ထိုင်း", Locale::Km),
        ] {
            assert!(fault(text, locale).is_some(), "{text}");
        }
        assert!(fault(&"a".repeat(301), Locale::En).is_some());
    }
}
