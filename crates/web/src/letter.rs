//! Letters as JSON, for whoever runs the programme: whom to, and what became of them, never what they say.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::error::Problem;
use domain::id::LetterId;
use domain::notice::{self, LetterView, State as LetterState};
use domain::page::Ask;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::error::Refusal;
use crate::extract::{Id, Query, Viewer};

/// Which letters, and how many.
#[derive(Debug, Deserialize)]
pub(crate) struct LettersQuery {
    state: Option<String>,
    limit: Option<u32>,
}

#[derive(Debug, Serialize)]
struct LettersBody {
    items: Vec<LetterView>,
}

/// `GET /api/v1/letters`: the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<LettersQuery>,
) -> Result<Response, Refusal> {
    let limit = Ask::first(query.limit.unwrap_or(50)).checked()?.limit;
    let state = match query.state.as_deref() {
        None => None,
        Some(code) => {
            Some(LetterState::parse(code).ok_or_else(|| Refusal::field("state", Problem::BadValue))?)
        }
    };
    let items = notice::list(app.db(), &viewer.actor, state, limit).await?;
    Ok(Answer(LettersBody { items }).into_response())
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
) -> Result<Response, Refusal> {
    let letter = notice::retry(app.db(), &viewer.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Answer(letter)).into_response())
}
