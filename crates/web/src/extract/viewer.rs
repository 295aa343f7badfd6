//! Who asks: anybody, or an account. A page knows it by the browser's session, the API by a bearer token (RFC 6750), and
//! neither by the other's means. Whoever changes something is held to the bound on changes here, so that no handler can
//! forget it.

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::account::{self, TokenSecret};
use domain::actor::Actor;

use super::asked::Asked;
use super::body::Known;
use super::client::Client;
use super::request_id::RequestId;
use crate::App;
use crate::error::Refusal;

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    /// The actor that verbs are given.
    pub(crate) actor: Actor,
}

impl Viewer {
    /// What somebody is told who must say who they are.
    pub(crate) fn sign_in_first(&self) -> Refusal {
        if self.actor.account().is_some() {
            Refusal::NotFound
        } else {
            Refusal::SignInNeeded("unauthenticated")
        }
    }

    /// Turns "you may not" into "say who you are" for somebody who did not.
    pub(crate) fn refused(&self, error: domain::Error) -> Refusal {
        match error {
            domain::Error::Denied(reason) if self.actor.account().is_none() => Refusal::SignInNeeded(reason),
            other => other.into(),
        }
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refusal> {
        // Whoever asked in the name of a key has been asked already.
        if let Some(viewer) = parts.extensions.get::<Self>() {
            return Ok(viewer.clone());
        }
        let Ok(client) = Client::from_request_parts(parts, app).await;
        let actor = match authenticate(parts, app).await {
            Ok(actor) => actor,
            // Whoever guesses tokens is held to the same bound as whoever writes.
            Err(Refusal::BadToken) => {
                app.writes().take(&client.counted_as(), app.now())?;
                return Err(Refusal::BadToken);
            }
            Err(other) => return Err(other),
        };
        if !parts.method.is_safe() {
            let client = actor.account().map_or_else(|| client.counted_as(), |account| account.to_string());
            app.writes().take(&client, app.now())?;
        }
        if actor.account().is_some() {
            parts.extensions.insert(Known);
        }
        let id = parts.extensions.get::<RequestId>().cloned().unwrap_or_default();
        Ok(Self { actor: actor.in_request(id.as_str()) })
    }
}

async fn authenticate(parts: &Parts, app: &App) -> Result<Actor, Refusal> {
    let asked = Asked::of(parts);
    if asked.wants_page {
        return Ok(asked.visit.actor());
    }
    let Some(header) = parts.headers.get(AUTHORIZATION) else { return Ok(Actor::visitor()) };
    let token = header.to_str().ok().and_then(|header| {
        let (scheme, token) = header.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let secret = token.and_then(TokenSecret::parse).ok_or(Refusal::BadToken)?;
    account::authenticate(app.db(), &secret).await?.ok_or(Refusal::BadToken)
}
