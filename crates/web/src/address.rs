//! Addresses of pages, for links and redirects. There is one for each page, and none that leads off the site: what a request
//! names as the place to return to is taken only if it is a page of ours.

use std::fmt;

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::id::{Reference, SessionId};
use i18n::Locale;

/// The most characters of an address that a request may name.
#[cfg(test)]
const LENGTH_MAX: usize = 2000;

/// The address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    /// The home page.
    pub(crate) fn home(locale: Locale) -> Self {
        Self(format!("/{}", locale.tag()))
    }

    /// Where one signs out.
    pub(crate) fn sign_out(locale: Locale) -> Self {
        Self(format!("/{}/account/sign-out", locale.tag()))
    }

    /// Where one is signed in.
    pub(crate) fn sessions(locale: Locale) -> Self {
        Self(format!("/{}/account/sessions", locale.tag()))
    }

    /// Where one ends all sessions but this one.
    pub(crate) fn sessions_end(locale: Locale) -> Self {
        Self(format!("{}/end", Self::sessions(locale)))
    }

    /// Where one ends one of them.
    pub(crate) fn session_end(locale: Locale, id: SessionId) -> Self {
        Self(format!("{}/{id}/end", Self::sessions(locale)))
    }

    /// The news desk.
    pub(crate) fn news_desk(locale: Locale) -> Self {
        Self(format!("/{}/desk/news", locale.tag()))
    }

    /// Where news are written.
    pub(crate) fn news_writing(locale: Locale) -> Self {
        Self(format!("{}/new", Self::news_desk(locale)))
    }

    /// Where one piece of news is revised.
    pub(crate) fn news_revision(locale: Locale, reference: &Reference) -> Self {
        Self(format!("{}/{reference}", Self::news_desk(locale)))
    }

    /// Where one piece of news is taken off the site.
    pub(crate) fn news_withdrawal(locale: Locale, reference: &Reference) -> Self {
        Self(format!("{}/withdrawal", Self::news_revision(locale, reference)))
    }

    #[cfg(test)]
    /// The address that a request names, if it is that of a page of ours.
    pub(crate) fn own(text: &str) -> Option<Self> {
        let path = text.strip_prefix('/')?;
        let first = path.split(['/', '?', '#']).next().unwrap_or_default();
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        (text.len() <= LENGTH_MAX && is_plain && Locale::parse(first).is_some())
            .then(|| Self(text.to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Sends a browser on, to look at what came of a form.
pub(crate) fn see_other(address: &Address) -> Response {
    let location = HeaderValue::from_str(&address.0).expect("the address of a page is printable ASCII");
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_ours_is_returned_to() {
        for own in ["/en", "/km/desk/news", "/zh-Hans/news/N20261123-4KX9QD?from=mail#top", "/lo?after=1_2"] {
            assert_eq!(Address::own(own).map(|address| address.to_string()), Some(own.to_owned()));
        }
        let long = format!("/en/{}", "a".repeat(LENGTH_MAX));
        let others = [
            "",
            "en",
            "/",
            "//",
            "//evil.example",
            "//evil.example/en",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/en\r\nLocation: https://evil.example",
            "/en\n",
            " /en",
            "/ en",
            "https://evil.example",
            "https:evil.example",
            "HTTPS://evil.example/en",
            "http://causeway.test@evil.example/",
            "javascript:alert(1)",
            "data:text/html,x",
            "/@evil.example",
            "/.evil.example",
            "/..//evil.example",
            "/en\\..\\evil.example",
            "/%2f%2fevil.example",
            "/%5cevil.example",
            "/xx/desk",
            "/api/v1/publications",
            "/assets/x",
            "/EN/\u{202e}",
            "/en/\u{0}",
            "?en",
            "#en",
            "/en evil",
            &long,
        ];
        for other in others {
            assert_eq!(Address::own(other), None, "{other:?}");
        }
    }
}
