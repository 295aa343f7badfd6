//! The queue of jobs as JSON, for whoever runs the programme.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::Uri;
use domain::error::Problem;
use domain::id::JobId;
use domain::job::{self, JobView, State as JobState};
use domain::page::{Ask, MOST};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::App;
use crate::api::{Accepted, CURSOR, Paged};
use crate::error::Refusal;
use crate::extract::{Id, Query, Viewer};

/// Which jobs, and how many.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct JobsQuery {
    /// Only those in this state
    #[schemars(with = "Option<JobState>")]
    state: Option<String>,
    /// How many at most
    #[schemars(range(min = 1, max = MOST), extend("default" = 50))]
    limit: Option<u32>,
    /// What the page before named as `next`
    #[schemars(regex(pattern = CURSOR))]
    after: Option<String>,
}

/// `GET /api/v1/jobs`: the newest first.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    Query(query): Query<JobsQuery>,
) -> Result<Paged<JobView>, Refusal> {
    let ask = Ask { limit: query.limit.unwrap_or(50), after: query.after };
    let state = match query.state.as_deref() {
        None => None,
        Some(code) => Some(JobState::parse(code).ok_or_else(|| Refusal::field("state", Problem::BadValue))?),
    };
    Ok(Paged::of(job::list(app.db(), &viewer.actor, state, ask).await?, &uri))
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
) -> Result<Accepted<JobView>, Refusal> {
    let job = job::retry(app.db(), &viewer.actor, id).await?;
    Ok(Accepted(job))
}

/// `DELETE /api/v1/jobs/{id}`: stops it, at once while it waits, at its next step while it runs.
pub(crate) async fn stop(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<JobId>,
) -> Result<Accepted<JobView>, Refusal> {
    let job = job::stop(app.db(), &viewer.actor, id).await?;
    Ok(Accepted(job))
}
