//! The sealed change log as JSON, for auditors and for programs that follow what happens.

use axum::Json as Answer;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::change::{self, Change};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::error::Refusal;
use crate::extract::{Query, Viewer};

/// From where in the log, and how much.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangesQuery {
    after: Option<i64>,
    limit: Option<u32>,
}

#[derive(Debug, Serialize)]
struct ChangesBody {
    items: Vec<Change>,
    /// To be given as `after` to go on, now or later: the log has no end.
    next: i64,
}

/// `GET /api/v1/changes`. A change appears once it is sealed, and then for ever at its position.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<ChangesQuery>,
) -> Result<Response, Refusal> {
    let position = query.after.unwrap_or(0);
    let items = change::read_log(app.db(), &viewer.actor, position, query.limit.unwrap_or(100)).await?;
    let next = items.last().and_then(|change| change.position).unwrap_or(position);
    Ok(Answer(ChangesBody { items, next }).into_response())
}
