//! The sealed change log as JSON, for auditors and for programs that follow what happens.

use axum::extract::State;
use axum::http::Uri;
use domain::change::{self, Change, Subject};
use domain::error::Problem;
use domain::page::{MOST, Page};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::App;
use crate::api::Paged;
use crate::error::Refusal;
use crate::extract::{Query, Viewer};

/// From where in the log, and how much.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct ChangesQuery {
    /// Only what was done to this thing, by its reference or id
    #[schemars(extend("examples" = ["N20261123-4KX9QD"]))]
    subject: Option<String>,
    /// How many at most
    #[schemars(range(min = 1, max = MOST), extend("default" = 100))]
    limit: Option<u32>,
    /// What the page before named as `next`: the log is read from behind it. From the beginning without it
    #[schemars(regex(pattern = r"^[0-9]{1,18}$"))]
    after: Option<String>,
}

/// `GET /api/v1/changes`. A change appears once it is sealed, and then for ever at its position; the log has no end, so that
/// `next` is always there, to go on now or later. With a subject, what waits for its seal stands at the end without a
/// position, and comes again with it.
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    uri: Uri,
    Query(query): Query<ChangesQuery>,
) -> Result<Paged<Change>, Refusal> {
    let wrong = || Refusal::field("after", Problem::BadValue);
    let after = query.after.as_deref().unwrap_or("0");
    let position = after.parse().ok().filter(|position| (0..i64::MAX).contains(position));
    let limit = query.limit.unwrap_or(100);
    let items = match &query.subject {
        None => change::read_log(app.db(), &viewer.actor, position.ok_or_else(wrong)?, limit).await?,
        Some(subject) => {
            // Who may not read the log is not told what can be asked of it.
            let asked: Result<Subject, _> = subject.parse();
            let subject = asked.or_else(|error| change::may_read(&viewer.actor).and(Err(error)))?;
            change::history(app.db(), &viewer.actor, &subject, position.ok_or_else(wrong)?, limit).await?
        }
    };
    let before = position.unwrap_or(0);
    let next = items.iter().rev().find_map(|change| change.position).unwrap_or(before);
    Ok(Paged::of_endless(Page { items, next: Some(next.to_string()) }, next > before, &uri))
}
