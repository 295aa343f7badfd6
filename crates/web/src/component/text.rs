//! A text with the language it is in, and a link: the smallest parts of every component.

use std::borrow::Cow;
use std::fmt;

use askama::filters::{Html, HtmlSafe, escape};
use i18n::Locale;

/// A text with the language it is in, which need not be the page's. In a template it is escaped, with its `lang` around
/// it where it needs one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) value: String,
    /// The language, where it is not the page's.
    pub(crate) lang: Option<&'static str>,
}

impl Text {
    /// A text in the language `found`, on a page in the language `page`.
    pub(crate) fn of(value: impl Into<String>, found: Locale, page: Locale) -> Self {
        Self { value: value.into(), lang: (found != page).then(|| found.tag()) }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Ok(escaped) = escape(&self.value, Html);
        match self.lang {
            Some(lang) => write!(f, "<span lang=\"{lang}\">{escaped}</span>"),
            None => escaped.fmt(f),
        }
    }
}

impl HtmlSafe for Text {}

impl From<String> for Text {
    fn from(value: String) -> Self {
        Self { value, lang: None }
    }
}

impl From<&str> for Text {
    fn from(value: &str) -> Self {
        value.to_owned().into()
    }
}

impl From<Cow<'_, str>> for Text {
    fn from(value: Cow<'_, str>) -> Self {
        value.into_owned().into()
    }
}

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) label: Text,
}

impl Link {
    pub(crate) fn new(href: impl Into<String>, label: impl Into<Text>) -> Self {
        Self { href: href.into(), label: label.into() }
    }
}
