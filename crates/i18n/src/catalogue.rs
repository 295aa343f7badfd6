//! The messages of all locales, read once: those embedded in the binary, and over them an operator's own.
//! A `Translator` reads them for one request.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::memoizer::MemoizerKind;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

use crate::overrides::{self, OverrideError};
use crate::source::Source;
use crate::{Formats, Locale};

/// A message file: locale, slice, text.
type File = (&'static str, &'static str, &'static str);

/// Every embedded message file.
const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// What to do when a message is not there in a locale, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// Give the English text and log an error.
    English,
    /// Give the English text between ⟦ and ⟧.
    Marked,
    /// Panic with the key and the locale.
    Panic,
}

/// The messages of all ten locales.
///
/// There is one for the life of the process, `&'static`, so that a [`Translator`](crate::Translator) is two
/// words and texts without arguments are borrowed.
pub struct Catalogue {
    messages: Arc<Messages>,
    missing: Missing,
}

/// The names of the arguments of each message, by key.
pub(crate) type Arguments = BTreeMap<String, BTreeSet<String>>;

struct Messages {
    bundles: [FluentBundle<FluentResource>; Locale::ALL.len()],
    arguments: [Arguments; Locale::ALL.len()],
}

impl Catalogue {
    /// The embedded messages, for use: a message that a locale lacks appears in English and is logged.
    pub fn embedded() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self { messages: embedded(), missing: Missing::English })
    }

    /// The embedded messages, for tests that look at pages: English where a locale lacks a message stands
    /// between ⟦ and ⟧.
    pub fn marked() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self { messages: embedded(), missing: Missing::Marked })
    }

    /// The embedded messages, for tests: a message that a locale lacks, or an argument that the caller forgot,
    /// panics with the key and the locale.
    pub fn strict() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self { messages: embedded(), missing: Missing::Panic })
    }

    /// The embedded messages with those of an operator's folder over them. The folder is laid out as
    /// `<locale>/<any name>.ftl` and holds only what is to be said differently.
    ///
    /// # Errors
    /// All that is wrong with the folder, each with file and line: what cannot be read or is not well formed,
    /// a locale that is not one of the ten, a key that does not exist, arguments other than the message has.
    pub fn with_overrides(folder: &Path) -> Result<Self, OverrideError> {
        let mut messages = Messages::read(FILES);
        for (locale, source) in overrides::read(folder, &messages.arguments)? {
            messages.bundles[locale.index()].add_resource_overriding(source.resource);
        }
        Ok(Self { messages: Arc::new(messages), missing: Missing::English })
    }

    /// Keeps the catalogue for the life of the process, as a translator needs it. Called once, at start.
    pub fn keep(self) -> &'static Self {
        Box::leak(Box::new(self))
    }

    /// Every key that a locale has, sorted.
    pub fn keys(&self, locale: Locale) -> impl Iterator<Item = &str> {
        self.messages.arguments[locale.index()].keys().map(String::as_str)
    }

    /// The names of the arguments of a message in a locale; `None` when the locale lacks it.
    pub fn arguments(&self, locale: Locale, key: &str) -> Option<&BTreeSet<String>> {
        self.messages.arguments[locale.index()].get(key)
    }

    pub(crate) fn text<'a>(
        &'a self,
        locale: Locale,
        key: &str,
        args: Option<&'a FluentArgs<'_>>,
    ) -> Cow<'a, str> {
        if let Some(text) = self.text_in(locale, key, args) {
            return text;
        }
        assert!(self.missing != Missing::Panic, "no message {key} in {locale}");
        tracing::error!(key, %locale, "no such message in this language");
        match (self.text_in(Locale::FALLBACK, key, args), self.missing) {
            (Some(english), Missing::English) => english,
            (Some(english), _) => Cow::Owned(format!("⟦{english}⟧")),
            (None, _) => Cow::Owned(format!("⟦{key}⟧")),
        }
    }

    fn text_in<'a>(
        &'a self,
        locale: Locale,
        key: &str,
        args: Option<&'a FluentArgs<'_>>,
    ) -> Option<Cow<'a, str>> {
        let bundle = &self.messages.bundles[locale.index()];
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            self.report(locale, key, &errors);
        }
        Some(text)
    }

    fn report(&self, locale: Locale, key: &str, errors: &[FluentError]) {
        assert!(self.missing != Missing::Panic, "message {key} in {locale}: {errors:?}");
        tracing::error!(key, %locale, ?errors, "a message was used with other arguments than it has");
    }
}

fn embedded() -> Arc<Messages> {
    static MESSAGES: OnceLock<Arc<Messages>> = OnceLock::new();
    Arc::clone(MESSAGES.get_or_init(|| Arc::new(Messages::read(FILES))))
}

impl Messages {
    /// Reads files of our own, which have to be right: the tests read every one of them.
    fn read(files: &[File]) -> Self {
        let mut messages =
            Self { bundles: Locale::ALL.map(bundle), arguments: std::array::from_fn(|_| Arguments::new()) };
        for &(locale, slice, text) in files {
            let file = format!("locales/{locale}/{slice}.ftl");
            let locale: Locale = locale.parse().unwrap_or_else(|error| panic!("{file}: {error}"));
            let source = Source::parse(text).unwrap_or_else(|faults| panic!("{file}: {faults:?}"));
            let arguments = &mut messages.arguments[locale.index()];
            arguments.extend(source.messages.into_iter().map(|message| (message.key, message.arguments)));
            let added = messages.bundles[locale.index()].add_resource(source.resource);
            added.unwrap_or_else(|errors| panic!("{file}: {errors:?}"));
        }
        messages
    }
}

fn bundle(locale: Locale) -> FluentBundle<FluentResource> {
    let tag: LanguageIdentifier = locale.tag().parse().expect("a locale's tag is a language identifier");
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(format_number));
    bundle.add_builtins().expect("NUMBER is added once");
    bundle
}

/// How Fluent gets from a bundle to the formats of its locale.
struct NumberFormat(&'static Formats);

impl Memoizable for NumberFormat {
    type Args = ();
    type Error = ();

    fn construct(tag: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        Locale::nearest(tag.language.as_str()).map(|locale| Self(Formats::of(locale))).ok_or(())
    }
}

fn format_number<M: MemoizerKind>(value: &FluentValue<'_>, memoizer: &M) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if !number.options.use_grouping {
        return None;
    }
    let digits = number.as_string();
    memoizer.with_try_get_threadsafe::<NumberFormat, _, _>((), |format| format.0.digits(&digits)).ok()?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn incomplete(missing: Missing) -> Catalogue {
        let files = [("en", "a", "a-one = One\na-two = Two\n"), ("th", "a", "a-one = หนึ่ง\n")];
        Catalogue { messages: Arc::new(Messages::read(&files)), missing }
    }

    #[test]
    fn english_stands_in_for_a_message_that_a_locale_lacks() {
        let (plain, marked) = (incomplete(Missing::English), incomplete(Missing::Marked));
        for (catalogue, two) in [(&plain, "Two"), (&marked, "⟦Two⟧")] {
            assert_eq!(catalogue.text(Locale::Th, "a-one", None), "หนึ่ง");
            assert_eq!(catalogue.text(Locale::Th, "a-two", None), two);
            assert_eq!(catalogue.text(Locale::En, "a-two", None), "Two");
        }
    }

    #[test]
    #[should_panic(expected = "no message a-two in th")]
    fn a_message_that_a_locale_lacks_panics_where_asked_to() {
        incomplete(Missing::Panic).text(Locale::Th, "a-two", None);
    }

    #[test]
    #[should_panic(expected = "locales/th/b.ftl")]
    fn a_key_in_two_files_is_found_when_they_are_read() {
        Messages::read(&[("th", "a", "a-one = x\n"), ("th", "b", "a-one = y\n")]);
    }
}
