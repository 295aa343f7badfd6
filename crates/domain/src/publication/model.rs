//! What a publication is, and what it must be like.

use db::Timestamp;
use i18n::Locale;

use crate::id::{PublicationId, Reference};
use crate::words::Words;
use crate::{Error, Result};

/// The most characters of a title, in any language.
pub const TITLE_MAX: usize = 200;

/// The most characters of a body, in any language.
pub const BODY_MAX: usize = 20_000;

/// News to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The language it was written in; title and body must be there in it.
    pub language: Locale,
    /// The title, in as many languages as there are.
    pub title: Words,
    /// The text: paragraphs, separated by empty lines.
    pub body: Words,
}

impl Draft {
    /// Trims it, and refuses what a reader could not use.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming every field that is wrong.
    pub fn checked(self) -> Result<Self> {
        let title = self.title.checked("title", self.language, TITLE_MAX);
        let body = self.body.checked("body", self.language, BODY_MAX);
        match (title, body) {
            (Ok(title), Ok(body)) => Ok(Self { title, body, ..self }),
            (title, body) => Err(Error::Invalid([title.err(), body.err()].into_iter().flatten().collect())),
        }
    }
}

/// A public piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Its id.
    pub id: PublicationId,
    /// How people name it.
    pub reference: Reference,
    /// The language it was written in.
    pub language: Locale,
    /// Since when it is public.
    pub published_at: Timestamp,
    /// Counts its changes, for whoever wants to change it.
    pub version: i64,
    /// The title.
    pub title: Words,
    /// The text.
    pub body: Words,
}
