//! A browser's session: its cookie, who is signed in by it, and what is said at its next page. Owns what the browser keeps;
//! the sessions themselves are `domain::account`'s.
//!
//! A visitor has no cookie until a page with a form is served: then a random one, to which the form's token is bound.
//! Signing in replaces it, so that nobody can be signed in by a cookie that another has seen.

mod cookie;
mod flash;
mod secret;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use i18n::Translator;

use self::cookie::Cookie;
use self::flash::Flash;
pub(crate) use self::secret::Secret;
use crate::App;

/// The longest that something waits to be said.
const FLASH_SECONDS: i64 = 300;

/// A browser's session as one request shows it, and as its answer will leave it. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The cookie that the browser sent.
    sent: Option<Secret>,
    /// What the browser was to be told.
    flash: Option<Flash>,
    after: Mutex<After>,
}

/// What the answer does.
#[derive(Debug, Default)]
struct After {
    /// The browser gets this cookie.
    given: Option<Secret>,
    /// The browser's cookie is taken away.
    is_over: bool,
    /// The next page says this.
    flash: Option<Flash>,
    /// This page has said what was to be said.
    is_said: bool,
}

impl Visit {
    fn of(app: &App, headers: &HeaderMap) -> Self {
        let sent = Cookie::Session.read(app, headers).and_then(|value| Secret::parse(&value));
        let flash = sent.as_ref().and_then(|secret| Flash::read(&Cookie::Flash.read(app, headers)?, secret));
        Self(Arc::new(Inner { sent, flash, after: Mutex::default() }))
    }

    /// A token for a form on this page. A browser without a cookie is given one with the page.
    pub(crate) fn token(&self) -> String {
        self.secret().token()
    }

    /// Whether a form carries a token that was made for this browser.
    pub(crate) fn made(&self, token: &str) -> bool {
        self.0.sent.as_ref().is_some_and(|secret| secret.made(token))
    }

    /// Says `key` at the next page, with arguments that are text. The key must be a whole literal.
    pub(crate) fn say(&self, key: &str, arguments: &[(&str, &str)]) {
        self.after().flash = Some(Flash::new(key, arguments));
    }

    /// What this page is to say, for the page that says it.
    pub(crate) fn said(&self, t: Translator) -> Option<String> {
        let flash = self.0.flash.as_ref()?;
        self.after().is_said = true;
        Some(flash.words(t))
    }

    /// The secret that the browser will have with the answer.
    fn secret(&self) -> Secret {
        let mut after = self.after();
        match (&after.given, &self.0.sent) {
            (Some(given), _) => given.clone(),
            (None, Some(sent)) if !after.is_over => sent.clone(),
            _ => after.given.insert(Secret::random()).clone(),
        }
    }

    fn after(&self) -> MutexGuard<'_, After> {
        self.0.after.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the browser what has changed.
    fn tell(&self, app: &App, headers: &mut HeaderMap) {
        let flash = self.after().flash.take();
        let flash = flash.map(|flash| flash.write(&self.secret()));
        let after = self.after();
        let mut cookies = Vec::new();
        if let Some(given) = &after.given {
            cookies.push(Cookie::Session.set(app, given.reveal(), None));
        } else if after.is_over {
            cookies.push(Cookie::Session.clear(app));
        }
        if let Some(flash) = flash {
            cookies.push(Cookie::Flash.set(app, &flash, Some(FLASH_SECONDS)));
        } else if after.is_said {
            cookies.push(Cookie::Flash.clear(app));
        }
        let is_private = self.0.sent.is_some() || !cookies.is_empty();
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        if is_private {
            headers.append(VARY, HeaderValue::from_static("Cookie"));
            headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
        }
    }
}

/// The middleware that reads the cookies of a page's request and writes those of its answer. Programs have none.
pub(crate) async fn carry(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/assets/") || path.starts_with("/health/") {
        return next.run(request).await;
    }
    let visit = Visit::of(&app, request.headers());
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    visit.tell(&app, response.headers_mut());
    response
}
