//! The order of names in each locale. How names are compared for equality is in `folding`.

use std::cmp::Ordering;
use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};

use crate::Locale;

/// The sort order of a locale: pinyin in Chinese, syllables in Thai, Lao, Khmer and Burmese, and letters with
/// their marks as the language counts them in Vietnamese.
pub struct Collation {
    collator: CollatorBorrowed<'static>,
}

impl Collation {
    /// The order of a locale, made at first use.
    pub fn of(locale: Locale) -> &'static Self {
        static ALL: [OnceLock<Collation>; Locale::ALL.len()] = [const { OnceLock::new() }; Locale::ALL.len()];
        ALL[locale.index()].get_or_init(|| {
            let tag: icu_locale_core::Locale = locale.tag().parse().expect("a locale's tag is well formed");
            let collator = Collator::try_new((&tag).into(), CollatorOptions::default());
            Self { collator: collator.expect("the compiled data has every locale of the platform") }
        })
    }

    /// The order of two texts.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collator.compare(left, right)
    }

    /// A key whose byte order is the order of the texts, for long lists. It changes with the version of
    /// Unicode: compute it, do not store it.
    pub fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() + 8);
        let Ok(()) = self.collator.write_sort_key_to(text, &mut key);
        key
    }
}
