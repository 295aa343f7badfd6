//! Publications as JSON.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::Uri;
use db::Timestamp;
use domain::error::Problem;
use domain::id::Reference;
use domain::publication::{self, Draft, Publication};
use domain::schema::Moment;
use domain::words::{Origin, Words};
use i18n::Locale;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::{Created, PageQuery, Paged, Removed, Versioned};
use crate::entity_tag::{Known, Version};
use crate::error::Refusal;
use crate::extract::{Json, NewsPath, Query, Viewer};
use crate::{App, BaseUrl};

/// A publication as programs see it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Publication")]
pub(crate) struct PublicationBody {
    /// How people name it
    reference: Reference,
    /// The language it was written in
    language: &'static str,
    /// Since when it is public
    #[schemars(with = "Moment")]
    published_at: Timestamp,
    /// Counts its changes
    version: i64,
    /// The title by language
    title: BTreeMap<&'static str, String>,
    /// The text by language: paragraphs, separated by empty lines
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

/// `GET /api/v1/publications`.
pub(crate) async fn list(
    State(app): State<App>,
    _: Viewer,
    uri: Uri,
    Query(query): Query<PageQuery>,
) -> Result<Paged<PublicationBody>, Refusal> {
    let page = publication::list(app.db(), query.ask()).await?;
    Ok(Paged::of(page.map(|publication| PublicationBody::of(publication, app.base_url())), &uri))
}

/// `GET /api/v1/publications/{reference}`.
pub(crate) async fn load(
    State(app): State<App>,
    _: Viewer,
    NewsPath(reference): NewsPath,
    known: Known,
) -> Result<Versioned<PublicationBody>, Refusal> {
    let publication = publication::load(app.db(), &reference).await?;
    let version = publication.version.to_string();
    Ok(Versioned::of(PublicationBody::of(publication, app.base_url()), &version, &known))
}

/// A publication that is asked for. What is left out is empty, and refused by the verb under its name.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(rename = "PublicationDraft", example = example())]
pub(crate) struct DraftBody {
    /// The language it was written in; title and body must be there in it
    language: String,
    /// The title by language
    title: BTreeMap<String, String>,
    /// The text by language: paragraphs, separated by empty lines
    body: BTreeMap<String, String>,
}

fn example() -> serde_json::Value {
    serde_json::json!({
        "language": "en",
        "title": { "en": "Call for demands", "id": "Undangan kebutuhan teknologi" },
        "body": { "en": "Tell us what technology you need.", "id": "Sampaikan teknologi yang dibutuhkan." },
    })
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
) -> Result<Created<PublicationBody>, Refusal> {
    let publication = publication::publish(app.db(), &viewer.actor, draft.draft()?)
        .await
        .map_err(|error| viewer.refused(error))?;
    Ok(Created {
        location: format!("/api/v1/publications/{}", publication.reference),
        version: Some(publication.version.to_string()),
        value: PublicationBody::of(publication, app.base_url()),
    })
}

/// `DELETE /api/v1/publications/{reference}`: takes it off the site.
pub(crate) async fn withdraw(
    State(app): State<App>,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
    Version(version): Version,
) -> Result<Removed, Refusal> {
    publication::withdraw(app.db(), &viewer.actor, &reference, version)
        .await
        .map_err(|error| viewer.refused(error))?;
    Ok(Removed)
}
