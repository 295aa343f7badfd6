//! The page that asks once more before something is done that cannot easily be undone. It works without script, says what
//! will happen, and shows the way back.

use askama::Template;
use i18n::Locale;

use crate::form::{Field, Fields, Sheet};
use crate::page::{InLanguage, Shell};

/// A question that is answered by sending the form or going back.
#[derive(Debug, Template)]
#[template(path = "component/confirm.html")]
pub(crate) struct ConfirmPage {
    pub(crate) shell: Shell,
    /// The form: what it sends is hidden.
    pub(crate) sheet: Sheet,
    /// What is asked: the heading.
    pub(crate) question: String,
    /// What will happen, one sentence each.
    pub(crate) consequences: Vec<String>,
    /// What the button says: the deed, never only "yes".
    pub(crate) deed: String,
    /// Where the form is sent.
    pub(crate) action: String,
    /// Where the way back leads.
    pub(crate) back: String,
}

impl InLanguage for ConfirmPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// A form that confirms something which its address says in full.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Confirmation {}

impl Fields for Confirmation {
    const FIELDS: &'static [Field] = &[];
}

/// A form that confirms something done to one version of a thing.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, serde::Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct VersionConfirmation {
    /// The version that whoever confirms has seen.
    pub(crate) version: i64,
}

impl Fields for VersionConfirmation {
    const FIELDS: &'static [Field] = &[];
}
