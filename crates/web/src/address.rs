//! Addresses of pages, for links and redirects. There is one for each page, and none that leads off the site: what a request
//! names as the place to return to is taken only if it is a page of ours.

use std::fmt;

use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::id::{Reference, SessionId};
use i18n::Locale;

/// The most characters of an address that a request may name.
const LENGTH_MAX: usize = 2000;

/// The address of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address(String);

impl Address {
    fn of(locale: Locale, page: &str) -> Self {
        Self(format!("/{}/{page}", locale.tag()))
    }

    /// The same, with the place to return to.
    #[must_use]
    pub(crate) fn returning(self, path: &str) -> Self {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("return", path).finish();
        Self(format!("{self}?{query}"))
    }

    /// The page that somebody who is signed in begins with.
    pub(crate) fn account(locale: Locale) -> Self {
        Self::of(locale, "account")
    }

    /// Where one signs in.
    pub(crate) fn sign_in(locale: Locale) -> Self {
        Self::of(locale, "account/sign-in")
    }

    /// The second step of signing in.
    pub(crate) fn code(locale: Locale) -> Self {
        Self::of(locale, "account/code")
    }

    /// Where one registers.
    pub(crate) fn register(locale: Locale) -> Self {
        Self::of(locale, "account/register")
    }

    /// Where one is told to look for a letter.
    pub(crate) fn check_mail(locale: Locale) -> Self {
        Self::of(locale, "account/check-mail")
    }

    /// Where the link of whoever registered leads.
    pub(crate) fn verify(locale: Locale) -> Self {
        Self::of(locale, "account/verify")
    }

    /// Where the first administrator is made.
    pub(crate) fn first(locale: Locale) -> Self {
        Self::of(locale, "account/first")
    }

    /// Where one asks for a new password.
    pub(crate) fn reset(locale: Locale) -> Self {
        Self::of(locale, "account/reset")
    }

    /// Where the link to a new password leads.
    pub(crate) fn password(locale: Locale) -> Self {
        Self::of(locale, "account/password")
    }

    /// Where one changes a password.
    pub(crate) fn password_change(locale: Locale) -> Self {
        Self::of(locale, "account/password/change")
    }

    /// Where the links to another address lead.
    pub(crate) fn email(locale: Locale) -> Self {
        Self::of(locale, "account/email")
    }

    /// Where one asks for another address.
    pub(crate) fn email_change(locale: Locale) -> Self {
        Self::of(locale, "account/email/change")
    }

    /// What is known of oneself.
    pub(crate) fn profile(locale: Locale) -> Self {
        Self::of(locale, "account/profile")
    }

    /// Where one proves once more who one is.
    pub(crate) fn prove(locale: Locale) -> Self {
        Self::of(locale, "account/prove")
    }

    /// The second factor.
    pub(crate) fn second_factor(locale: Locale) -> Self {
        Self::of(locale, "account/second-factor")
    }

    /// Where it is turned on.
    pub(crate) fn second_factor_code(locale: Locale) -> Self {
        Self::of(locale, "account/second-factor/code")
    }

    /// Where it is turned off.
    pub(crate) fn second_factor_off(locale: Locale) -> Self {
        Self::of(locale, "account/second-factor/off")
    }

    /// Where recovery codes are made anew.
    pub(crate) fn recovery(locale: Locale) -> Self {
        Self::of(locale, "account/second-factor/recovery")
    }

    /// The end of an account.
    pub(crate) fn close(locale: Locale) -> Self {
        Self::of(locale, "account/close")
    }

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
