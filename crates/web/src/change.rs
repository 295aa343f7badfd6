//! The sealed change log as JSON, for auditors and for programs that follow what happens.

use axum::Json as Answer;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::change::{self, Change, Subject};
use serde::{Deserialize, Serialize};

use crate::App;
use crate::error::Refusal;
use crate::extract::{Query, Viewer};

/// From where in the log, and how much.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangesQuery {
    /// A thing's reference or id: only what was done to it.
    subject: Option<String>,
    after: Option<i64>,
    limit: Option<u32>,
}

#[derive(Debug, Serialize)]
struct ChangesBody {
    items: Vec<Change>,
    /// To be given as `after` to go on, now or later: the log has no end.
    next: i64,
}

/// `GET /api/v1/changes`. A change appears once it is sealed, and then for ever at its position. With a subject, what waits
/// for its seal stands at the end without a position, and comes again with it.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<ChangesQuery>,
) -> Result<Response, Refusal> {
    let position = query.after.unwrap_or(0);
    let limit = query.limit.unwrap_or(100);
    let items = match &query.subject {
        None => change::read_log(app.db(), &viewer.actor, position, limit).await?,
        Some(subject) => {
            // Who may not read the log is not told what can be asked of it.
            let asked: Result<Subject, _> = subject.parse();
            let subject = asked.or_else(|error| change::may_read(&viewer.actor).and(Err(error)))?;
            change::history(app.db(), &viewer.actor, &subject, position, limit).await?
        }
    };
    let next = items.iter().rev().find_map(|change| change.position).unwrap_or(position);
    Ok(Answer(ChangesBody { items, next }).into_response())
}
