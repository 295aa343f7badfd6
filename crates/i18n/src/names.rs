//! Names of countries and languages in each locale, from tables of the Unicode CLDR (`data/README.md`).
//! Which of them a programme serves, and what it calls them if not so, is the programme's data.

use std::sync::OnceLock;

use crate::{Collation, Locale};

/// A name by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// ISO 3166-1 alpha-2 of a country, BCP 47 tag of a language.
    pub code: &'static str,
    /// The name in the locale asked for.
    pub name: &'static str,
}

/// A table with a row per code and a column per locale, its rows sorted by code.
struct Table {
    rows: Vec<(&'static str, [&'static str; Locale::ALL.len()])>,
}

impl Table {
    fn read(text: &'static str) -> Self {
        const SHAPE: &str = "a table of names has a code and one column per locale on each line";
        let rows = text.lines().skip(2).map(|line| {
            let (code, names) = line.split_once('\t').expect(SHAPE);
            (code, names.split('\t').collect::<Vec<_>>().try_into().expect(SHAPE))
        });
        Self { rows: rows.collect() }
    }

    fn name(&self, code: &str, locale: Locale) -> Option<&'static str> {
        let index = self.rows.binary_search_by(|(row, _)| (*row).cmp(code)).ok()?;
        Some(self.rows[index].1[locale.index()])
    }

    fn code(&self, code: &str) -> Option<&'static str> {
        let index = self.rows.binary_search_by(|(row, _)| (*row).cmp(code)).ok()?;
        Some(self.rows[index].0)
    }

    fn sorted(&self, locale: Locale) -> Vec<Name> {
        let mut names: Vec<Name> =
            self.rows.iter().map(|(code, names)| Name { code, name: names[locale.index()] }).collect();
        let collation = Collation::of(locale);
        names.sort_by(|a, b| collation.compare(a.name, b.name));
        names
    }
}

fn countries() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(include_str!("../data/countries.tsv")))
}

fn languages() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::read(include_str!("../data/languages.tsv")))
}

/// The name of a country by its ISO 3166-1 alpha-2 code in capitals: all 249 are known.
pub fn country(code: &str, locale: Locale) -> Option<&'static str> {
    countries().name(code, locale)
}

/// The name of a language by its BCP 47 tag: the two-letter ones that CLDR names in all ten locales, Chinese by
/// script, and larger languages of the region. A tag with a script or region that is not listed itself gives
/// the name of its language: `th-TH` is Thai.
pub fn language(tag: &str, locale: Locale) -> Option<&'static str> {
    let table = languages();
    table.name(tag, locale).or_else(|| table.name(tag.split_once('-')?.0, locale))
}

/// The tag of a language as that table has it: the same, or that of its language without script and region.
pub fn language_tag(tag: &str) -> Option<&'static str> {
    let table = languages();
    table.code(tag).or_else(|| table.code(tag.split_once('-')?.0))
}

/// Every country in the order of its name in a locale, for a choice.
pub fn country_codes(locale: Locale) -> Vec<Name> {
    countries().sorted(locale)
}

/// Every language in the order of its name in a locale, for a choice.
pub fn language_tags(locale: Locale) -> Vec<Name> {
    languages().sorted(locale)
}
