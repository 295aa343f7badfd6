//! What the template of a form shows: its token, its fields with their values, and what is wrong with them. The macros of
//! `templates/component/form.html` read it.

use i18n::{Locale, Translator};
use serde::Serialize;

use super::field::{Field, Fields};
use super::fields::{self, Pairs};
use crate::page::Shell;

/// A form as it is shown.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The messages in the page's language.
    pub(crate) t: Translator,
    /// What shows that the form came from this page.
    pub(crate) token: String,
    /// Why it was not taken.
    pub(crate) refusal: Option<Why>,
    pub(super) fields: &'static [Field],
    pub(super) values: Pairs,
}

/// Why a form was not taken: the summary at its top.
#[derive(Clone, Debug)]
pub(crate) struct Why {
    /// What happened.
    pub(crate) title: String,
    /// What to do.
    pub(crate) advice: String,
    /// What is wrong with single fields.
    pub(crate) notes: Vec<Note>,
}

/// What is wrong with a field.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    /// The name of the field.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: String,
    /// What is wrong, in words.
    pub(crate) message: String,
}

/// One language of a text that is written in several.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub(crate) name: String,
    pub(crate) lang: &'static str,
    pub(crate) autonym: &'static str,
    /// What the page's language calls it, where that is something else.
    pub(crate) called: Option<&'static str>,
    pub(crate) value: String,
}

impl Sheet {
    /// An empty form.
    pub(crate) fn blank<T: Fields>(shell: &Shell) -> Self {
        Self {
            t: shell.t,
            token: shell.visit.token(),
            refusal: None,
            fields: T::FIELDS,
            values: Pairs::new(),
        }
    }

    /// A form that shows `value`.
    pub(crate) fn filled<T: Fields + Serialize>(shell: &Shell, value: &T) -> Self {
        Self { values: fields::write(value), ..Self::blank::<T>(shell) }
    }

    /// The same with other values.
    #[must_use]
    pub(crate) fn showing(self, value: &impl Serialize) -> Self {
        Self { values: fields::write(value), ..self }
    }

    /// The value of a field; empty where it has none.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value)
    }

    /// The values that go along unseen: those of no field that people fill in.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = &(String, String)> {
        self.values
            .iter()
            .filter(|(name, _)| self.field(name.split('.').next().unwrap_or_default()).is_none())
    }

    /// Whether a field has `value`, perhaps among others: a box that is ticked, an option that is chosen.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(found, given)| found == name && given == value)
    }

    /// What people call a field.
    pub(crate) fn label(&self, name: &str) -> String {
        if let Some(field) = self.field(name) {
            return self.t.text(field.label).into_owned();
        }
        // A text in one language of several.
        let side =
            name.rsplit_once('.').and_then(|(group, tag)| Some((self.field(group)?, Locale::parse(tag)?)));
        side.map_or_else(
            || name.to_owned(),
            |(field, locale)| format!("{} ({})", self.t.text(field.label), locale.autonym()),
        )
    }

    /// How a field is filled in.
    pub(crate) fn hint(&self, name: &str) -> Option<String> {
        Some(self.t.text(self.field(name)?.hint?).into_owned())
    }

    /// What a field is for, in the words of HTML.
    pub(crate) fn autocomplete(&self, name: &str) -> Option<&'static str> {
        self.field(name)?.autocomplete
    }

    /// Whether a field may be left empty.
    pub(crate) fn is_optional(&self, name: &str) -> bool {
        self.field(name).is_some_and(|field| field.is_optional)
    }

    /// What is wrong with a field.
    pub(crate) fn note(&self, name: &str) -> Option<&str> {
        let notes = &self.refusal.as_ref()?.notes;
        notes.iter().find(|note| note.name == name).map(|note| note.message.as_str())
    }

    /// The ids of what describes a field: its hint, and what is wrong with it.
    pub(crate) fn described_by(&self, name: &str) -> Option<String> {
        let hint = self.field(name).and_then(|field| field.hint).map(|_| format!("{name}-hint"));
        let note = self.note(name).map(|_| format!("{name}-note"));
        match (hint, note) {
            (Some(hint), Some(note)) => Some(format!("{hint} {note}")),
            (hint, note) => hint.or(note),
        }
    }

    /// A text in each language of the programme.
    pub(crate) fn sides(&self, name: &str) -> Vec<Side> {
        let own = self.t.locale();
        let side = |locale: Locale| {
            let name = format!("{name}.{}", locale.tag());
            let called = i18n::language(locale.tag(), own)
                .filter(|called| locale != own && *called != locale.autonym());
            let value = self.value(&name).to_owned();
            Side { name, lang: locale.tag(), autonym: locale.autonym(), called, value }
        };
        Locale::ALL.into_iter().map(side).collect()
    }

    /// Says why it was not taken: the fields in the order of the page.
    pub(super) fn refuse(&mut self, mut why: Why) {
        for note in &mut why.notes {
            note.label = self.label(&note.name);
        }
        let place = |note: &Note| {
            let is_of = |field: &Field| note.name.split('.').next() == Some(field.name);
            self.fields.iter().position(is_of).unwrap_or(self.fields.len())
        };
        why.notes.sort_by_key(place);
        self.refusal = Some(why);
    }

    fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// One of the values that a field may have.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// As it is sent.
    pub(crate) value: String,
    /// As it is read.
    pub(crate) label: String,
    /// The language of the label, where it is not the page's.
    pub(crate) lang: Option<&'static str>,
}

impl Choice {
    /// A choice in the page's language.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), lang: None }
    }

    /// The same, with its label in another language than the page's.
    #[must_use]
    pub(crate) fn in_language(self, tag: &'static str) -> Self {
        Self { lang: Some(tag), ..self }
    }
}
