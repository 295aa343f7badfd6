//! Publications as JSON.

use std::collections::BTreeMap;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use db::Timestamp;
use domain::error::Problem;
use domain::id::Reference;
use domain::page::Ask;
use domain::publication::{self, Draft, Publication};
use domain::words::{Origin, Words};
use i18n::Locale;
use serde::{Deserialize, Serialize};

use crate::entity_tag::{self, Version};
use crate::error::Refusal;
use crate::extract::{Json, NewsPath, Query, Viewer};
use crate::{App, BaseUrl};

/// A publication as programs see it.
#[derive(Debug, Serialize)]
pub(crate) struct PublicationBody {
    reference: Reference,
    language: &'static str,
    published_at: Timestamp,
    version: i64,
    title: BTreeMap<&'static str, String>,
    body: BTreeMap<&'static str, String>,
    /// The languages whose text a machine made and nobody has reviewed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    machine_translated: Vec<&'static str>,
    /// Its page, in the language it was written in.
    url: String,
}

impl PublicationBody {
    pub(crate) fn of(publication: Publication, base_url: &BaseUrl) -> Self {
        let language = publication.language.tag();
        let made_by_machine = |locale: &&Locale| {
            let texts = [publication.title.0.get(locale), publication.body.0.get(locale)];
            texts.into_iter().flatten().any(|text| text.origin == Origin::Machine)
        };
        let machine_translated =
            Locale::ALL.iter().filter(made_by_machine).map(|locale| locale.tag()).collect();
        Self {
            url: format!("{}/{language}/news/{}", base_url.as_str(), publication.reference),
            language,
            machine_translated,
            reference: publication.reference,
            published_at: publication.published_at,
            version: publication.version,
            title: texts(publication.title),
            body: texts(publication.body),
        }
    }
}

fn texts(words: Words) -> BTreeMap<&'static str, String> {
    words.0.into_iter().map(|(locale, text)| (locale.tag(), text.value)).collect()
}

/// Which page of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct PageQuery {
    limit: Option<u32>,
    after: Option<String>,
}

impl PageQuery {
    pub(crate) fn ask(self) -> Ask {
        Ask { limit: self.limit.unwrap_or(20), after: self.after }
    }
}

/// A page of a list.
#[derive(Debug, Serialize)]
struct PageBody {
    items: Vec<PublicationBody>,
    /// To be given as `after` for the next page; none at the end.
    next: Option<String>,
}

/// `GET /api/v1/publications`.
pub(crate) async fn list(
    State(app): State<App>,
    _: Viewer,
    Query(query): Query<PageQuery>,
) -> Result<Response, Refusal> {
    let page = publication::list(app.db(), query.ask()).await?;
    let page = page.map(|publication| PublicationBody::of(publication, app.base_url()));
    Ok(Answer(PageBody { items: page.items, next: page.next }).into_response())
}

/// `GET /api/v1/publications/{reference}`.
pub(crate) async fn load(
    State(app): State<App>,
    _: Viewer,
    NewsPath(reference): NewsPath,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let publication = publication::load(app.db(), &reference).await?;
    let version = publication.version.to_string();
    let tag = [(ETAG, entity_tag::tag(&version))];
    if entity_tag::is_known(&headers, &version) {
        return Ok((StatusCode::NOT_MODIFIED, tag).into_response());
    }
    Ok((tag, Answer(PublicationBody::of(publication, app.base_url()))).into_response())
}

/// A publication that is asked for. What is left out is empty, and refused by the verb under its name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct DraftBody {
    language: String,
    title: BTreeMap<String, String>,
    body: BTreeMap<String, String>,
}

impl DraftBody {
    fn draft(self) -> Result<Draft, Refusal> {
        let language =
            Locale::parse(&self.language).ok_or(Refusal::field("language", Problem::BadLanguage))?;
        Ok(Draft { language, title: words("title", self.title)?, body: words("body", self.body)? })
    }
}

fn words(field: &str, texts: BTreeMap<String, String>) -> Result<Words, Refusal> {
    let text = |(tag, value): (String, String)| match Locale::parse(&tag) {
        Some(locale) => Ok((locale, value)),
        None => Err(Refusal::field(format!("{field}.{tag}"), Problem::BadLanguage)),
    };
    Ok(Words::written(texts.into_iter().map(text).collect::<Result<Vec<_>, _>>()?))
}

/// `POST /api/v1/publications`.
pub(crate) async fn publish(
    State(app): State<App>,
    viewer: Viewer,
    Json(draft): Json<DraftBody>,
) -> Result<Response, Refusal> {
    let publication = publication::publish(app.db(), &viewer.actor, draft.draft()?)
        .await
        .map_err(|error| viewer.refused(error))?;
    let location = format!("/api/v1/publications/{}", publication.reference);
    let headers = [
        (LOCATION, HeaderValue::from_str(&location).expect("a reference is printable ASCII")),
        (ETAG, entity_tag::tag(&publication.version.to_string())),
    ];
    let body = PublicationBody::of(publication, app.base_url());
    Ok((StatusCode::CREATED, headers, Answer(body)).into_response())
}

/// `DELETE /api/v1/publications/{reference}`: takes it off the site.
pub(crate) async fn withdraw(
    State(app): State<App>,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
    Version(version): Version,
) -> Result<StatusCode, Refusal> {
    publication::withdraw(app.db(), &viewer.actor, &reference, version)
        .await
        .map_err(|error| viewer.refused(error))?;
    Ok(StatusCode::NO_CONTENT)
}
