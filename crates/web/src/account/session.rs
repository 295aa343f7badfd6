//! Where one is signed in: the list of one's sessions, and their end.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::account::{SessionView, session};
use domain::id::SessionId;
use i18n::{Locale, Stamp};
use jiff::tz::TimeZone;

use crate::App;
use crate::address::{Address, see_other};
use crate::confirm::Confirmation;
use crate::error::Refusal;
use crate::extract::{Asked, Id, Viewer};
use crate::form::{Form, Sheet};
use crate::page::{InLanguage, Page, Shell};

/// The sessions of the account that is signed in.
#[derive(Debug, Template)]
#[template(path = "account/sessions.html")]
pub(crate) struct SessionsPage {
    shell: Shell,
    sheet: Sheet,
    sessions: Vec<Shown>,
    /// Whether there are others than this one.
    has_others: bool,
    ends_others: Address,
}

/// A session as its owner sees it.
#[derive(Debug)]
struct Shown {
    agent: String,
    address: String,
    since: Stamp,
    seen: String,
    is_this: bool,
    ends: Address,
}

impl InLanguage for SessionsPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

impl SessionsPage {
    async fn load(app: &App, shell: Shell, sheet: Sheet, viewer: &Viewer) -> Result<Self, Refusal> {
        let sessions = session::list(app.db(), &viewer.actor).await.map_err(|_| viewer.sign_in_first())?;
        let this = viewer.actor.session().map(|session| session.id);
        let (formats, locale, now) = (shell.t.formats(), shell.locale(), app.now());
        let show = |session: SessionView| Shown {
            since: formats.stamp_date(TimeZone::UTC.to_datetime(session.made_at).date()),
            seen: formats.relative(session.seen_at, now),
            is_this: this == Some(session.id),
            ends: Address::session_end(locale, session.id),
            agent: session.agent,
            address: session.address,
        };
        let sessions: Vec<_> = sessions.into_iter().map(show).collect();
        let has_others = sessions.iter().any(|session| !session.is_this);
        Ok(Self { ends_others: Address::sessions_end(locale), shell, sheet, sessions, has_others })
    }
}

/// `GET /{locale}/account/sessions`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Page<SessionsPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<Confirmation>(&shell);
    SessionsPage::load(&app, shell, sheet, &viewer).await.map(Page)
}

/// `POST /{locale}/account/sessions/{id}/end`. Ending one that is over is ending it; ending this one is signing out.
pub(crate) async fn end(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Id(id): Id<SessionId>,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let is_this = viewer.actor.session().is_some_and(|session| session.id == id);
    let outcome = form.then(async |_: Confirmation| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        match session::revoke(app.db(), &viewer.actor, id).await {
            Ok(()) | Err(domain::Error::NotFound) => Ok(()),
            Err(other) => Err(Refusal::from(other)),
        }
    });
    match outcome.await {
        Ok(()) if is_this => {
            asked.visit.end();
            asked.visit.say("account-signed-out", &[]);
            Ok(see_other(&Address::home(locale)))
        }
        Ok(()) => {
            asked.visit.say("account-session-ended", &[]);
            Ok(see_other(&Address::sessions(locale)))
        }
        Err(unmet) => {
            let shell = Shell::new(&app, &asked);
            unmet.on(async |sheet| SessionsPage::load(&app, shell, sheet, &viewer).await).await
        }
    }
}

/// `POST /{locale}/account/sessions/end`: ends all but this one.
pub(crate) async fn end_others(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |_: Confirmation| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        session::revoke_others(app.db(), &viewer.actor).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(_) => {
            asked.visit.say("account-other-sessions-ended", &[]);
            Ok(see_other(&Address::sessions(locale)))
        }
        Err(unmet) => {
            let shell = Shell::new(&app, &asked);
            unmet.on(async |sheet| SessionsPage::load(&app, shell, sheet, &viewer).await).await
        }
    }
}
