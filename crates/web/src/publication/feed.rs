//! The news for feed readers, and as a table for spreadsheet programs.

use axum::body::Body;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use bytes::Bytes;
use domain::page::{Ask, MOST, Page};
use domain::publication::{self, Publication};
use futures_util::stream::{self, StreamExt as _};
use i18n::Translator;
use serde::Deserialize;

use super::News;
use super::export::page_of;
use crate::App;
use crate::atom::{Entry, Feed};
use crate::csv::{self, Cell};
use crate::entity_tag::Known;
use crate::error::Refusal;
use crate::extract::{Asked, Query};

/// Entries in one document.
const ENTRIES: u32 = 20;

/// Which page of the feed.
#[derive(Debug, Deserialize)]
pub(crate) struct FeedQuery {
    after: Option<String>,
}

/// `GET /{locale}/news.atom`.
pub(crate) async fn feed(
    State(app): State<App>,
    asked: Asked,
    uri: Uri,
    Query(query): Query<FeedQuery>,
    known: Known,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let t = app.translator(locale);
    let base = app.base_url().as_str();
    let first = format!("{base}/{}/news.atom", locale.tag());
    let page = publication::list(app.db(), Ask { limit: ENTRIES, after: query.after }).await?;
    let feed = Feed {
        locale,
        title: format!("{} – {}", app.settings().programme, t.text("publication-news")),
        author: app.settings().programme.clone(),
        page: format!("{base}/{}", locale.tag()),
        this: format!("{base}{}", uri.path_and_query().map_or("", |path| path.as_str())),
        next: page.next.as_ref().map(|next| format!("{first}?after={next}")),
        first,
        entries: page.items.iter().map(|publication| entry(publication, t, base)).collect(),
    };
    Ok(feed.answer(&known))
}

fn entry(publication: &Publication, t: Translator, base: &str) -> Entry {
    let news = News::of(publication, t);
    let by_machine = news.by_machine().then(|| (None, t.text("publication-machine-translated").into_owned()));
    let body = news.body.into_iter().map(|paragraph| (paragraph.lang, paragraph.value));
    Entry {
        id: format!("urn:uuid:{}", publication.id),
        href: format!("{base}{}", news.href),
        updated: publication.published_at,
        title: (news.title.lang, news.title.value),
        body: by_machine.into_iter().chain(body).collect(),
    }
}

/// How the table is written.
#[derive(Debug, Deserialize)]
pub(crate) struct TableQuery {
    /// Whether the mark stands before it by which spreadsheet programs know UTF-8.
    #[serde(default)]
    bom: u8,
}

/// `GET /{locale}/news.csv`: everything public in the reader's language, read in pages while it is sent.
pub(crate) async fn table(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<TableQuery>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let t = app.translator(locale);
    let first = publication::list(app.db(), Ask::first(MOST)).await?;
    let mut head = csv::head(&header(t), query.bom != 0);
    head.extend(lines(&app, t, &first));
    let rest = stream::try_unfold((app, first.next), move |(app, after)| async move {
        let Some(after) = after else { return Ok(None) };
        let page =
            page_of(app.clone(), Ask { limit: MOST, after: Some(after) }).await.inspect_err(|error| {
                tracing::error!(error = %error, "a table was cut off");
            })?;
        Ok::<_, domain::Error>(Some((Bytes::from(lines(&app, t, &page)), (app, page.next))))
    });
    let body = stream::once(async { Ok(Bytes::from(head)) }).chain(rest);
    let name = format!("{}.csv", t.text("publication-news"));
    Ok(csv::answer(Body::from_stream(body), &name, locale))
}

fn header(t: Translator) -> [String; 6] {
    let keys = [
        t.text("publication-column-reference"),
        t.text("publication-column-published"),
        t.text("publication-column-language"),
        t.text("publication-column-title"),
        t.text("publication-column-text"),
        t.text("publication-column-address"),
    ];
    keys.map(std::borrow::Cow::into_owned)
}

fn lines(app: &App, t: Translator, page: &Page<Publication>) -> Vec<u8> {
    let mut out = Vec::new();
    for publication in &page.items {
        let news = News::of(publication, t);
        let body: Vec<_> = news.body.iter().map(|paragraph| paragraph.value.as_str()).collect();
        let cells = [
            Cell::Text(publication.reference.to_string()),
            Cell::Moment(publication.published_at),
            Cell::Text(news.title.lang.unwrap_or(t.locale().tag()).to_owned()),
            Cell::Text(news.title.value.clone()),
            Cell::Text(body.join("\n\n")),
            Cell::Text(format!("{}{}", app.base_url().as_str(), news.href)),
        ];
        csv::line(&mut out, &cells);
    }
    out
}
