//! Everything public in one answer, a line each (NDJSON), read from the database in pages while it is sent.

use axum::body::Body;
use axum::extract::State;
use bytes::Bytes;
use domain::page::{self, Ask, Page};
use domain::publication::{self, Publication};
use futures_util::future::BoxFuture;
use futures_util::stream::{self, StreamExt as _};

use super::api::PublicationBody;
use crate::App;
use crate::api::Lines;
use crate::error::Refusal;
use crate::extract::Viewer;

/// `GET /api/v1/publications.ndjson`. A failure after the first page cuts the answer off, so that nobody takes part of it
/// for all.
pub(crate) async fn export(State(app): State<App>, _: Viewer) -> Result<Lines<PublicationBody>, Refusal> {
    let first = publication::list(app.db(), Ask::first(page::MOST)).await?;
    let first_lines = lines(&app, &first);
    let rest = stream::try_unfold((app, first.next), |(app, after)| async {
        let Some(after) = after else { return Ok(None) };
        let ask = Ask { limit: page::MOST, after: Some(after) };
        let page = page_of(app.clone(), ask).await.inspect_err(|error| {
            tracing::error!(error = %error, "an export was cut off");
        })?;
        Ok::<_, domain::Error>(Some((lines(&app, &page), (app, page.next))))
    });
    let body = stream::once(async { Ok(first_lines) }).chain(rest);
    Ok(Lines::of(Body::from_stream(body), "publications.ndjson"))
}

/// Boxed, since the compiler cannot see through a stream that a verb's future may be sent between threads.
pub(super) fn page_of(app: App, ask: Ask) -> BoxFuture<'static, domain::Result<Page<Publication>>> {
    Box::pin(async move { publication::list(app.db(), ask).await })
}

fn lines(app: &App, page: &Page<Publication>) -> Bytes {
    let mut lines = Vec::new();
    for publication in &page.items {
        let body = PublicationBody::of(publication.clone(), app.base_url());
        serde_json::to_writer(&mut lines, &body).expect("strings and numbers are JSON");
        lines.push(b'\n');
    }
    lines.into()
}
