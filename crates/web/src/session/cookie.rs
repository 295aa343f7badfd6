//! Cookies: one for the browser's session and one for what is to be said at the next page. Both are for this host alone,
//! for all of it, out of the reach of scripts, and not sent along by other sites' forms.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use crate::App;

/// Which cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// The browser's session.
    Session,
    /// What is to be said at the next page.
    Flash,
}

impl Cookie {
    /// Its name. Over TLS it has the prefix by which browsers hold it to this host, so that no neighbour under the same
    /// domain can plant one.
    fn name(self, app: &App) -> &'static str {
        match (self, app.base_url().is_secure()) {
            (Self::Session, true) => "__Host-causeway",
            (Self::Session, false) => "causeway",
            (Self::Flash, true) => "__Host-causeway-flash",
            (Self::Flash, false) => "causeway-flash",
        }
    }

    /// Its value as the browser sent it.
    pub(super) fn read(self, app: &App, headers: &HeaderMap) -> Option<String> {
        let name = self.name(app);
        let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
        let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
    }

    /// The header that gives it `value`, for `seconds` or until the browser is closed.
    pub(super) fn set(self, app: &App, value: &str, seconds: Option<i64>) -> HeaderValue {
        let name = self.name(app);
        let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if app.base_url().is_secure() { "; Secure" } else { "" };
        let header = format!("{name}={value}{age}; Path=/; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&header).expect("a cookie's value is printable ASCII")
    }

    /// The header that takes it away.
    pub(super) fn clear(self, app: &App) -> HeaderValue {
        self.set(app, "", Some(0))
    }
}
