//! Letters as JSON, for whoever runs the programme: whom to, and what became of them, never what they say.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::Uri;
use domain::error::Problem;
use domain::id::LetterId;
use domain::notice::{self, LetterView, State as LetterState};
use domain::page::{Ask, MOST};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::App;
use crate::api::{Accepted, CURSOR, Paged};
use crate::error::Refusal;
use crate::extract::{Id, Query, Viewer};

/// Which letters, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LettersQuery {
    /// Only those in this state
    #[schemars(with = "Option<LetterState>")]
    state: Option<String>,
    /// How many at most
    #[schemars(range(min = 1, max = MOST), extend("default" = 50))]
    limit: Option<u32>,
    /// What the page before named as `next`
    #[schemars(regex(pattern = CURSOR))]
    after: Option<String>,
}

/// `GET /api/v1/letters`: the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    Query(query): Query<LettersQuery>,
) -> Result<Paged<LetterView>, Refusal> {
    let ask = Ask { limit: query.limit.unwrap_or(50), after: query.after };
    let state = match query.state.as_deref() {
        None => None,
        Some(code) => {
            Some(LetterState::parse(code).ok_or_else(|| Refusal::field("state", Problem::BadValue))?)
        }
    };
    Ok(Paged::of(notice::list(app.db(), &viewer.actor, state, ask).await?, &uri))
}

/// `GET /api/v1/letters/{id}`.
pub(crate) async fn load(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<LetterId>,
) -> Result<Answer<LetterView>, Refusal> {
    Ok(Answer(notice::load(app.db(), &viewer.actor, id).await?))
}

/// `POST /api/v1/letters/{id}/deliveries`: one more try of a letter that was not sent.
pub(crate) async fn retry(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<LetterId>,
) -> Result<Accepted<LetterView>, Refusal> {
    let letter = notice::retry(app.db(), &viewer.actor, id).await?;
    Ok(Accepted(letter))
}
