//! What a page holds to speak: one locale over the catalogue. It owns no messages.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::{FluentArgs, FluentValue};

use crate::{Catalogue, Formats, Locale, Typography};

/// The messages and formats of one locale. Two words, copied freely.
///
/// ```
/// use i18n::{Locale, Translator};
/// let t = Translator::new(Locale::En);
/// assert_eq!(t.text("publication-news"), "News");
/// assert_eq!(t.with("error-field-too-long", &[("max", 1.into())]), "Use at most 1 character.");
/// assert_eq!(t.with("error-field-too-long", &[("max", 1200.into())]), "Use at most 1,200 characters.");
/// ```
#[derive(Clone, Copy)]
pub struct Translator {
    catalogue: &'static Catalogue,
    locale: Locale,
}

/// The value of an argument of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg<'a> {
    /// Put in as it is, zero width spaces and all.
    Text(Cow<'a, str>),
    /// Chooses the plural form and is written with the locale's grouping. Exact up to 2⁵³.
    Number(i64),
}

impl Translator {
    /// The embedded messages in a locale.
    pub fn new(locale: Locale) -> Self {
        Catalogue::embedded().translator(locale)
    }

    /// Its locale.
    pub const fn locale(self) -> Locale {
        self.locale
    }

    /// The same messages in another locale.
    #[must_use]
    pub const fn in_locale(self, locale: Locale) -> Self {
        Self { locale, ..self }
    }

    /// The message of a key.
    pub fn text(self, key: &str) -> Cow<'static, str> {
        self.catalogue.text(self.locale, key, None)
    }

    /// The message of a key with its arguments by name.
    pub fn with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.to_fluent());
        }
        self.catalogue.text(self.locale, key, Some(&values)).into_owned()
    }

    /// How dates, figures and names are written in this locale.
    pub fn formats(self) -> &'static Formats {
        Formats::of(self.locale)
    }

    /// How this locale is set in type.
    pub fn typography(self) -> &'static Typography {
        Typography::of(self.locale)
    }
}

impl Catalogue {
    /// These messages in a locale.
    pub const fn translator(&'static self, locale: Locale) -> Translator {
        Translator { catalogue: self, locale }
    }
}

impl fmt::Debug for Translator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Translator").field("locale", &self.locale).finish_non_exhaustive()
    }
}

impl Arg<'_> {
    fn to_fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::String(Cow::Borrowed(text)),
            Self::Number(number) => FluentValue::from(*number),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Arg<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

macro_rules! number {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Arg<'_> {
            fn from(number: $integer) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        })*
    };
}

number!(i32, i64, u16, u32, u64, usize);
