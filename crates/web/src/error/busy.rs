//! The page of a site that has too much to do. Whoever is sent away must cost next to nothing, or those who were let in wait for
//! the answers to those who were not: so it is made once for each language, and carries neither navigation nor a number.

use std::collections::HashMap;

use askama::Template;
use axum::body::Bytes;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use i18n::{Catalogue, Locale, Translator};

use crate::asset;

#[derive(Template)]
#[template(path = "busy.html")]
struct BusyPage {
    t: Translator,
    style: &'static str,
}

/// The page in each language.
pub(crate) struct BusyPages(HashMap<&'static str, Bytes>);

impl BusyPages {
    /// The pages in the words of `messages`.
    pub(crate) fn new(messages: &'static Catalogue) -> Self {
        let page = |locale: Locale| {
            let page = BusyPage { t: messages.translator(locale), style: asset::STYLE };
            // Writing to memory does not fail; an empty page would still carry its status and the time to wait.
            (locale.tag(), Bytes::from(page.render().unwrap_or_default()))
        };
        Self(Locale::ALL.into_iter().map(page).collect())
    }

    /// The page in the language `locale`.
    pub(crate) fn in_language(&self, locale: Locale) -> Response {
        let headers = [
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag())),
        ];
        (headers, self.0.get(locale.tag()).cloned().unwrap_or_default()).into_response()
    }
}
