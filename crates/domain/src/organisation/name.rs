//! The names of an organisation: in several languages and scripts, of several kinds; which of them a reader is shown, and
//! the forms under which they are found. Which organisation has them is the slice's.

use i18n::Locale;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::error::{Field, Problem};

/// The most characters of a name.
pub const NAME_MAX: usize = 300;

/// The most names of an organisation.
pub const NAMES_MAX: usize = 40;

/// What a name is for. The kinds are those of the Research Organization Registry's schema 2, and `former`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NameKind {
    /// The name in full, in its language.
    Label,
    /// Another name in use.
    Alias,
    /// The short form, such as letters.
    Acronym,
    /// A name of the past.
    Former,
}

impl NameKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Label, Self::Alias, Self::Acronym, Self::Former];

    /// Its code, as in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Alias => "alias",
            Self::Acronym => "acronym",
            Self::Former => "former",
        }
    }

    /// The kind of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// As it is written.
    pub value: String,
    /// The language it is in, as a BCP 47 tag; need not be one of the platform's.
    pub language: Option<String>,
    /// What it is for.
    pub kind: NameKind,
}

/// Every name of one organisation, those of each kind in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Names(pub Vec<Name>);

impl Names {
    /// One label.
    pub fn label(language: &str, value: &str) -> Self {
        Self::default().and(NameKind::Label, Some(language), value)
    }

    /// The same with one more.
    #[must_use]
    pub fn and(mut self, kind: NameKind, language: Option<&str>, value: &str) -> Self {
        self.0.push(Name { value: value.to_owned(), language: language.map(str::to_owned), kind });
        self
    }

    /// The name for a reader of `locale`: the label in that language, else one in Latin script, else the first. Names of
    /// the past and short forms only where there is nothing else.
    pub fn best(&self, locale: Locale) -> Option<&Name> {
        let labels = || self.0.iter().filter(|name| name.kind == NameKind::Label);
        labels()
            .find(|name| name.language.as_deref().is_some_and(|language| is_in(language, locale)))
            .or_else(|| labels().find(|name| name.language.as_deref() == Some("en")))
            .or_else(|| labels().find(|name| is_latin(&name.value)))
            .or_else(|| labels().next())
            .or_else(|| self.0.iter().min_by_key(|name| name.kind))
    }

    /// What a list is sorted by, the same for every reader: the English or Latin name, folded; names in other scripts
    /// alone come after.
    pub fn sort_key(&self) -> String {
        let name = self.best(Locale::En).map_or("", |name| name.value.as_str());
        let folded = i18n::fold(name);
        let plain: String = folded.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        plain.trim().chars().take(80).collect()
    }

    /// Trims names, drops empty and doubled ones, and refuses what a reader could not use.
    ///
    /// # Errors
    /// The field `names`, with what is wrong.
    pub fn checked(self) -> Result<Self, Field> {
        let refuse = |problem| Err(Field { name: "names", problem });
        let mut kept: Vec<Name> = Vec::with_capacity(self.0.len());
        for name in self.0 {
            let value = name.value.split_whitespace().collect::<Vec<_>>().join(" ");
            if value.is_empty() {
                continue;
            }
            if value.chars().count() > NAME_MAX {
                return refuse(Problem::TooLong { max: NAME_MAX });
            }
            if name.language.as_deref().is_some_and(|tag| !is_tag(tag)) {
                return refuse(Problem::BadLanguage);
            }
            let name = Name { value, ..name };
            if !kept.contains(&name) {
                kept.push(name);
            }
        }
        if kept.len() > NAMES_MAX {
            return refuse(Problem::BadValue);
        }
        if kept.iter().any(|name| name.kind == NameKind::Label) {
            Ok(Self(kept))
        } else {
            refuse(Problem::Required)
        }
    }

    /// The terms under which an organisation is found by any of its names: words, and for scripts that do not part words
    /// every two characters that follow one another.
    pub fn terms(&self) -> Vec<String> {
        let mut all: Vec<String> = self.0.iter().flat_map(|name| terms(&name.value)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The terms of what somebody types or a name says, in their order.
pub(crate) fn terms(text: &str) -> Vec<String> {
    let folded = i18n::fold(text);
    let mut found = Vec::new();
    for word in folded.split(|c: char| !(c.is_alphanumeric() || is_mark(c))).filter(|word| !word.is_empty()) {
        if word.chars().any(is_unparted) {
            let clusters: Vec<char> = word.chars().collect();
            if clusters.len() == 1 {
                found.push(word.to_owned());
            }
            found.extend(clusters.windows(2).map(|pair| pair.iter().collect::<String>()));
        } else {
            found.push(word.to_owned());
        }
    }
    found
}

/// Whether a language is that of a locale: the same, or a more exact form of it (`zh` and `zh-CN` for `zh-Hans`; `tl` for
/// `fil`).
fn is_in(language: &str, locale: Locale) -> bool {
    let tag = locale.tag();
    language.eq_ignore_ascii_case(tag)
        || match locale {
            Locale::ZhHans => {
                let lower = language.to_ascii_lowercase();
                lower == "zh" || lower == "zh-cn" || lower == "zh-sg"
            }
            Locale::Fil => language.eq_ignore_ascii_case("tl"),
            _ => language.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(tag)),
        }
}

/// A well-formed tag, as far as names need one: letters and digits in parts of at most eight.
fn is_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
        && tag.len() <= 35
}

fn is_latin(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| (c as u32) < 0x0250 || ('\u{1e00}'..='\u{1eff}').contains(&c))
}

/// Marks that belong to the letter before them, which Rust does not count as alphanumeric.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036f}' | '\u{0e31}'..='\u{0e4e}' | '\u{0eb1}'..='\u{0ece}'
        | '\u{102b}'..='\u{103e}' | '\u{1056}'..='\u{1059}' | '\u{17b4}'..='\u{17d3}')
}

/// Characters of scripts that write no space between words.
fn is_unparted(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{aa60}'..='\u{aa7f}' | '\u{20000}'..='\u{3134f}')
}

impl From<Field> for Error {
    fn from(field: Field) -> Self {
        Self::Invalid(vec![field])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laos() -> Names {
        Names::label("en", "National University of Laos")
            .and(NameKind::Acronym, None, "NUOL")
            .and(NameKind::Label, Some("lo"), "ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ")
            .and(NameKind::Label, Some("zh"), "老挝国立大学")
    }

    #[test]
    fn a_reader_gets_the_name_in_their_own_language_or_in_latin_script() {
        let best = |locale| laos().best(locale).map(|name| name.value.clone()).unwrap();
        assert_eq!(best(Locale::Lo), "ມະຫາວິທະຍາໄລແຫ່ງຊາດລາວ");
        assert_eq!(best(Locale::ZhHans), "老挝国立大学");
        assert_eq!(best(Locale::Km), "National University of Laos");
        let only = Names::label("th", "มหาวิทยาลัย");
        assert_eq!(only.best(Locale::My).unwrap().value, "มหาวิทยาลัย");
        assert_eq!(Names::default().best(Locale::En), None);
    }

    #[test]
    fn a_short_form_is_shown_only_where_there_is_nothing_else() {
        let names = Names::default().and(NameKind::Former, None, "Old").and(NameKind::Acronym, None, "AB");
        assert_eq!(names.best(Locale::En).unwrap().value, "AB");
    }

    #[test]
    fn names_are_trimmed_doubles_dropped_and_one_label_is_needed() {
        let names = Names::label("en", " A   B ").and(NameKind::Label, Some("en"), "A B").and(
            NameKind::Alias,
            None,
            " ",
        );
        assert_eq!(names.checked().unwrap(), Names::label("en", "A B"));
        let none = Names::default().and(NameKind::Acronym, None, "AB").checked();
        assert_eq!(none.unwrap_err().problem, Problem::Required);
        let long = Names::label("en", &"x".repeat(NAME_MAX + 1)).checked();
        assert_eq!(long.unwrap_err().problem, Problem::TooLong { max: NAME_MAX });
        for wrong in ["", "e", "english", "en_US", "en-", "en-abcdefghi"] {
            assert_eq!(
                Names::label(wrong, "A").checked().unwrap_err().problem,
                Problem::BadLanguage,
                "{wrong}"
            );
        }
    }

    #[test]
    fn terms_are_words_and_pairs_of_characters_where_no_words_are_parted() {
        assert_eq!(terms("Chulalongkorn  University (CU)"), ["chulalongkorn", "university", "cu"]);
        assert_eq!(terms("广西大学"), ["广西", "西大", "大学"]);
        assert_eq!(terms("ລາວ NUOL"), ["ລາ", "າວ", "nuol"]);
        assert_eq!(terms("校"), ["校"]);
        assert_eq!(terms("Đại học Bách khoa"), ["đại", "học", "bách", "khoa"]);
        assert!(terms(" – ").is_empty());
    }

    #[test]
    fn the_order_of_a_list_is_that_of_latin_names() {
        assert_eq!(laos().sort_key(), "national university of laos");
        assert_eq!(Names::label("zh", "广西大学").sort_key(), "广西大学");
    }
}
