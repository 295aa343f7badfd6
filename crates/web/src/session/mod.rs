//! A browser's session: its cookie, who is signed in by it, and what is said at its next page. Owns what the browser keeps;
//! the sessions themselves are `domain::account`'s.
//!
//! A visitor has no cookie until a page with a form is served: then a random one, to which the form's token is bound.
//! Signing in replaces it, so that nobody can be signed in by a cookie that another has seen.

mod cookie;
mod flash;
mod secret;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Account, SessionSecret};
use domain::actor::Actor;
use i18n::Translator;

use self::cookie::Cookie;
use self::flash::Flash;
pub(crate) use self::secret::Secret;
use crate::App;
use crate::error::Refusal;

/// The longest that something waits to be said.
const FLASH_SECONDS: i64 = 300;

/// A browser's session as one request shows it, and as its answer will leave it. Cloning shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// The cookie that the browser sent, if it is one that we may have given.
    sent: Option<Secret>,
    /// The session that it claims to be of.
    claimed: Option<SessionSecret>,
    /// Who is signed in, once that has been looked up.
    signed_in: OnceLock<SignedIn>,
    /// What the browser was to be told.
    flash: Option<Flash>,
    after: Mutex<After>,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
struct SignedIn {
    actor: Actor,
    account: Account,
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
        let cookie = Cookie::Session.read(app, headers);
        let claimed = cookie.as_deref().and_then(SessionSecret::parse);
        let sent =
            claimed.as_ref().map(Secret::of_session).or_else(|| cookie.as_deref().and_then(Secret::parse));
        let flash = sent.as_ref().and_then(|secret| Flash::read(&Cookie::Flash.read(app, headers)?, secret));
        Self(Arc::new(Inner { sent, claimed, flash, ..Inner::default() }))
    }

    /// Looks up who is signed in. A session whose rights have changed gets another secret on the way.
    async fn recognise(&self, app: &App) -> Result<(), Refusal> {
        let Some(claimed) = &self.0.claimed else { return Ok(()) };
        let Some(actor) = account::authenticate_session(app.db(), claimed).await? else { return Ok(()) };
        let Some(id) = actor.account() else { return Ok(()) };
        if actor.session().is_some_and(|session| session.rotate)
            && let Some(new) = account::session::rotate(app.db(), claimed).await?
        {
            self.begin(&new);
        }
        let account = account::load(app.db(), &actor, id).await?;
        self.0.signed_in.set(SignedIn { actor, account }).ok();
        Ok(())
    }

    /// Who acts: the account that is signed in, or a visitor.
    pub(crate) fn actor(&self) -> Actor {
        self.0.signed_in.get().map_or_else(Actor::visitor, |signed_in| signed_in.actor.clone())
    }

    /// The account that is signed in.
    pub(crate) fn account(&self) -> Option<&Account> {
        self.0.signed_in.get().map(|signed_in| &signed_in.account)
    }

    /// Gives the browser the secret of a session. What it had before opens nothing any more.
    pub(crate) fn begin(&self, session: &SessionSecret) {
        let mut after = self.after();
        after.given = Some(Secret::of_session(session));
        after.is_over = false;
    }

    /// Takes the browser's session away.
    pub(crate) fn end(&self) {
        let mut after = self.after();
        after.given = None;
        after.is_over = true;
    }

    /// A token for a form on this page. A browser without a cookie is given one with the page.
    pub(crate) fn token(&self) -> String {
        self.secret().token()
    }

    /// Whether a form carries a token that was made for this browser.
    pub(crate) fn made(&self, token: &str) -> bool {
        self.current().is_some_and(|secret| secret.made(token))
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

    /// The secret that the browser has shown, unless it is that of a session which is over.
    fn current(&self) -> Option<&Secret> {
        let is_over = self.0.claimed.is_some() && self.0.signed_in.get().is_none();
        self.0.sent.as_ref().filter(|_| !is_over)
    }

    /// The secret that the browser will have with the answer.
    fn secret(&self) -> Secret {
        let mut after = self.after();
        match (&after.given, self.current()) {
            (Some(given), _) => given.clone(),
            (None, Some(current)) if !after.is_over => current.clone(),
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
        let caching = if self.account().is_some() { "no-store" } else { "private, no-cache" };
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        if is_private {
            headers.append(VARY, HeaderValue::from_static("Cookie"));
            headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(caching));
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

/// The middleware that finds out who is signed in, once a request has been let in.
pub(crate) async fn recognise(State(app): State<App>, request: Request, next: Next) -> Response {
    if let Some(visit) = request.extensions().get::<Visit>()
        && let Err(refusal) = visit.recognise(&app).await
    {
        return refusal.into_response();
    }
    next.run(request).await
}
