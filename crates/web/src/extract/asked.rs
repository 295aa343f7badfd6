//! What was asked, as far as an answer in words depends on it: the locale, the address, and whether a person reads it.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use i18n::Locale;

use crate::error::Refusal;
use crate::session::Visit;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The locale of the path, or else the one that `Accept-Language` asks for.
    pub(crate) locale: Locale,
    /// Whether the path names the locale.
    pub(crate) is_fixed: bool,
    /// Whether an error is shown as a page: everywhere but under `/api/` and `/health/`.
    pub(crate) wants_page: bool,
    /// Whether it is after our health.
    pub(crate) is_operation: bool,
    /// The path behind the locale, with its slash, and the query: what stays when the language changes.
    pub(crate) rest: String,
    /// The browser's session.
    pub(crate) visit: Visit,
}

impl Asked {
    /// Reads the path; the parts of a request whose path names no locale are read for `Accept-Language`.
    pub(crate) fn of(parts: &Parts) -> Self {
        let path = parts.uri.path();
        let (first, rest) = split(path);
        let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
        let wants_page = !matches!(first, "api" | "health");
        let is_operation = first == "health";
        let (locale, is_fixed, rest) = match Locale::parse(first) {
            Some(locale) => (locale, true, format!("{rest}{query}")),
            None => (preferred(parts), false, String::new()),
        };
        let visit = parts.extensions.get::<Visit>().cloned().unwrap_or_default();
        Self { locale, is_fixed, wants_page, is_operation, rest, visit }
    }

    /// The path and the query, in the locale of the answer.
    pub(crate) fn path(&self) -> String {
        format!("/{}{}", self.locale.tag(), self.rest)
    }

    /// The locale of the path.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where it names none: nothing is there.
    pub(crate) fn fixed(&self) -> Result<Locale, Refusal> {
        if self.is_fixed { Ok(self.locale) } else { Err(Refusal::NotFound) }
    }
}

/// The first segment of a path, and the rest with its slash.
fn split(path: &str) -> (&str, &str) {
    let path = path.trim_start_matches('/');
    path.find('/').map_or((path, ""), |at| path.split_at(at))
}

/// The locale that a browser asks for.
pub(crate) fn preferred(parts: &Parts) -> Locale {
    let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    header.map_or(Locale::FALLBACK, i18n::negotiate)
}

impl<S: Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(parts))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn asked(path: &str) -> Asked {
        let request = Request::get(path).header(ACCEPT_LANGUAGE, "lo, en;q=0.5").body(()).unwrap();
        Asked::of(&request.into_parts().0)
    }

    #[test]
    fn the_path_names_the_locale_and_the_rest_stays_when_it_changes() {
        let news = asked("/km/news/N20261123-4KX9QD?from=mail");
        assert_eq!((news.locale, news.is_fixed, news.wants_page), (Locale::Km, true, true));
        assert_eq!(news.rest, "/news/N20261123-4KX9QD?from=mail");
        assert_eq!(asked("/km").rest, "");
        assert_eq!(asked("/km?after=1_2").rest, "?after=1_2");
    }

    #[test]
    fn without_one_the_browser_is_asked_and_programs_get_no_page() {
        assert_eq!((asked("/").locale, asked("/").is_fixed), (Locale::Lo, false));
        assert!(!asked("/api/v1/nothing").wants_page);
        assert!(!asked("/health/ready").wants_page);
        assert!(asked("/xx/news").wants_page);
    }
}
