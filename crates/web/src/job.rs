//! The queue of jobs as JSON, for whoever runs the programme.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::error::Problem;
use domain::id::JobId;
use domain::job::{self, JobView, State as JobState};
use domain::page::Ask;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::error::Refusal;
use crate::extract::{Id, Query, Viewer};

/// Which jobs, and how many.
#[derive(Debug, Deserialize)]
pub(crate) struct JobsQuery {
    state: Option<String>,
    limit: Option<u32>,
}

#[derive(Debug, Serialize)]
struct JobsBody {
    items: Vec<JobView>,
}

/// `GET /api/v1/jobs`: the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<JobsQuery>,
) -> Result<Response, Refusal> {
    let limit = Ask::first(query.limit.unwrap_or(50)).checked()?.limit;
    let state = match query.state.as_deref() {
        None => None,
        Some(code) => Some(JobState::parse(code).ok_or_else(|| Refusal::field("state", Problem::BadValue))?),
    };
    let items = job::list(app.db(), &viewer.actor, state, limit).await?;
    Ok(Answer(JobsBody { items }).into_response())
}

/// `GET /api/v1/jobs/{id}`.
pub(crate) async fn load(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<JobId>,
) -> Result<Answer<JobView>, Refusal> {
    Ok(Answer(job::load(app.db(), &viewer.actor, id).await?))
}

/// `POST /api/v1/jobs/{id}/runs`: one more run of a job that ended badly.
pub(crate) async fn retry(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<JobId>,
) -> Result<Response, Refusal> {
    let job = job::retry(app.db(), &viewer.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Answer(job)).into_response())
}

/// `DELETE /api/v1/jobs/{id}`: stops it, at once while it waits, at its next step while it runs.
pub(crate) async fn stop(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<JobId>,
) -> Result<Response, Refusal> {
    let job = job::stop(app.db(), &viewer.actor, id).await?;
    Ok((StatusCode::ACCEPTED, Answer(job)).into_response())
}
