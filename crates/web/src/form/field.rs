//! What a form says of its fields, once for its page and for the summary of what is wrong.

/// A form: a struct, and the table of its fields in the order of the page.
pub(crate) trait Fields {
    /// The fields that people fill in.
    const FIELDS: &'static [Field];
}

/// A field as people see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// Its name in the struct, and in what the verb refuses.
    pub(super) name: &'static str,
    /// The message that names it.
    pub(super) label: &'static str,
    /// The message that says how to fill it in.
    pub(super) hint: Option<&'static str>,
    /// What it is for, in the words of HTML's `autocomplete`.
    pub(super) autocomplete: Option<&'static str>,
    /// Whether it may be left empty.
    pub(super) is_optional: bool,
}

impl Field {
    /// A field that must be filled in, named by the message `label`.
    pub(crate) const fn new(name: &'static str, label: &'static str) -> Self {
        Self { name, label, hint: None, autocomplete: None, is_optional: false }
    }

    /// With a message that says how to fill it in.
    #[must_use]
    pub(crate) const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    /// With what it is for, in the words of HTML's `autocomplete`.
    #[must_use]
    pub(crate) const fn autocomplete(self, purpose: &'static str) -> Self {
        Self { autocomplete: Some(purpose), ..self }
    }

    /// It may be left empty.
    #[must_use]
    pub(crate) const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}
