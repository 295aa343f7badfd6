//! A page that is one form, or says one thing: a heading, a few sentences, the fields, a button, links to what else one may
//! have wanted.

use askama::Template;
use i18n::Locale;

use super::sheet::{Choice, Sheet};
use crate::address::Address;
use crate::component::Link;
use crate::page::{InLanguage, Shell};

/// A part of a form, by the name of its field.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A line of text.
    Text(&'static str),
    /// An e-mail address.
    Email(&'static str),
    /// A password.
    Password(&'static str),
    /// A code that is read off another screen.
    Code(&'static str),
    /// A box to be ticked.
    Tick(&'static str),
    /// One of several values.
    Select(&'static str, Vec<Choice>),
    /// What goes along unseen.
    Hidden(&'static str),
}

/// A page that is one form.
#[derive(Debug, Template)]
#[template(path = "component/form_page.html")]
pub(crate) struct FormPage {
    shell: Shell,
    sheet: Sheet,
    title: String,
    says: Vec<String>,
    parts: Vec<Part>,
    action: Address,
    submit: String,
    is_grave: bool,
    links: Vec<Link>,
}

impl FormPage {
    /// A form under the heading `title`, with the button `submit`, that is sent to `action`.
    pub(crate) fn new(shell: Shell, sheet: Sheet, title: &str, action: Address, submit: &str) -> Self {
        Self {
            title: shell.t.text(title).into_owned(),
            submit: shell.t.text(submit).into_owned(),
            shell,
            sheet,
            says: Vec::new(),
            parts: Vec::new(),
            action,
            is_grave: false,
            links: Vec::new(),
        }
    }

    /// With a sentence above the fields.
    #[must_use]
    pub(crate) fn saying(mut self, words: impl Into<String>) -> Self {
        self.says.push(words.into());
        self
    }

    /// With these fields.
    #[must_use]
    pub(crate) fn with(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts);
        self
    }

    /// With a link to what else one may have wanted.
    #[must_use]
    pub(crate) fn leading(mut self, address: &Address, label: &str) -> Self {
        self.links.push(Link::new(address.to_string(), self.shell.t.text(label)));
        self
    }

    /// What it does cannot be undone.
    #[must_use]
    pub(crate) fn grave(self) -> Self {
        Self { is_grave: true, ..self }
    }
}

impl InLanguage for FormPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// A page that says one thing.
#[derive(Debug, Template)]
#[template(path = "component/said_page.html")]
pub(crate) struct SaidPage {
    shell: Shell,
    title: String,
    says: Vec<String>,
    /// What is to be copied, a line each.
    lines: Vec<String>,
    links: Vec<Link>,
}

impl SaidPage {
    /// A page with the heading `title`.
    pub(crate) fn new(shell: Shell, title: &str) -> Self {
        let title = shell.t.text(title).into_owned();
        Self { shell, title, says: Vec::new(), lines: Vec::new(), links: Vec::new() }
    }

    /// With a sentence.
    #[must_use]
    pub(crate) fn saying(mut self, key: &str) -> Self {
        self.says.push(self.shell.t.text(key).into_owned());
        self
    }

    /// With lines to be copied.
    #[must_use]
    pub(crate) fn listing(self, lines: Vec<String>) -> Self {
        Self { lines, ..self }
    }

    /// With a link to go on by.
    #[must_use]
    pub(crate) fn leading(mut self, address: &Address, label: &str) -> Self {
        self.links.push(Link::new(address.to_string(), self.shell.t.text(label)));
        self
    }
}

impl InLanguage for SaidPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}
