//! The taxonomy: fields of technology in two levels, with labels in every language and their places in other schemes
//! (IPC, ISIC Rev. 4, the Sustainable Development Goals). Data, from `glossary/taxonomy.tsv`; what is classified by it
//! belongs to its slice.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use i18n::Locale;

const TABLE: &str = include_str!("../../../glossary/taxonomy.tsv");

/// Columns before the labels.
const LABELS_FROM: usize = 5;

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its code: `aqua`, `aqua.feed`.
    pub code: &'static str,
    /// The field that it is part of.
    pub parent: Option<&'static str>,
    /// Classes and subclasses of the International Patent Classification.
    pub ipc: Vec<&'static str>,
    /// Sections and divisions of ISIC Rev. 4.
    pub isic: Vec<&'static str>,
    /// Numbers of the Sustainable Development Goals, 1 to 17.
    pub goals: Vec<u8>,
    labels: BTreeMap<Locale, &'static str>,
}

impl Field {
    /// What it is called in a language; in English where that has no word for it.
    pub fn label(&self, locale: Locale) -> &'static str {
        self.labels.get(&locale).or_else(|| self.labels.get(&Locale::En)).copied().unwrap_or(self.code)
    }
}

/// Every field, in the order of the table.
pub fn all() -> &'static [Field] {
    static ALL: LazyLock<Vec<Field>> = LazyLock::new(|| read(TABLE));
    &ALL
}

/// The fields of the first level.
pub fn fields() -> impl Iterator<Item = &'static Field> {
    all().iter().filter(|field| field.parent.is_none())
}

/// Whether it is the code of a field of the first level.
pub fn is_field(code: &str) -> bool {
    fields().any(|field| field.code == code)
}

/// The field of that code, of either level.
pub fn find(code: &str) -> Option<&'static Field> {
    all().iter().find(|field| field.code == code)
}

fn read(table: &'static str) -> Vec<Field> {
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let languages: Vec<Option<Locale>> = head.iter().map(|column| Locale::parse(column)).collect();
    let row = |line: &'static str| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let list = |at: usize| cell(at).split(',').filter(|part| !part.is_empty());
        // The first label is the one to show; `~` and `?` mark what a native reader should confirm.
        let labels = (LABELS_FROM..languages.len()).filter_map(|at| {
            let shown = cell(at).split('|').next().unwrap_or_default().trim_end_matches(['~', '?']);
            (!shown.is_empty()).then_some((languages[at]?, shown))
        });
        Field {
            code: cell(0),
            parent: Some(cell(1)).filter(|parent| !parent.is_empty()),
            ipc: list(2).collect(),
            isic: list(3).collect(),
            goals: list(4).filter_map(|goal| goal.parse().ok()).collect(),
            labels: labels.collect(),
        }
    };
    lines.filter(|line| !line.is_empty()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_place_and_a_label_in_every_language() {
        assert!(fields().count() >= 15);
        for field in all() {
            assert!(field.parent.is_none_or(is_field), "{}", field.code);
            assert!(
                field.parent.is_none_or(|parent| field.code.starts_with(&format!("{parent}."))),
                "{}",
                field.code
            );
            assert!(field.goals.iter().all(|goal| (1..=17).contains(goal)), "{}", field.code);
            for locale in Locale::ALL {
                assert!(field.labels.contains_key(&locale), "{} in {}", field.code, locale.tag());
            }
        }
        let mut codes: Vec<_> = all().iter().map(|field| field.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), all().len(), "no code stands twice");
    }

    #[test]
    fn a_field_is_found_by_its_code_and_named_in_the_readers_language() {
        assert_eq!(find("aqua").unwrap().label(Locale::ZhHans), "水产养殖与渔业");
        assert!(is_field("aqua") && !is_field("aqua.feed") && !is_field("magic"));
        assert_eq!(find("magic"), None);
    }
}
