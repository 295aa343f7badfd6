//! The programme's data as JSON: everybody may read it, in all languages or in those that are asked for. Each answer is
//! told apart by the digest of its bytes.

use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::error::Problem;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::body::{self, Languages};
use crate::App;
use crate::entity_tag;
use crate::error::Refusal;
use crate::extract::{CountryPath, ListPath, Query, Viewer};

/// In which languages labels and names are wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct LanguagesQuery {
    languages: Option<String>,
}

impl LanguagesQuery {
    /// Tags with commas between them; all ten where none are named.
    fn chosen(&self) -> Result<Languages, Refusal> {
        let Some(tags) = self.languages.as_deref() else { return Ok(Languages::all()) };
        let locale = |tag: &str| Locale::parse(tag.trim());
        let locales: Option<Vec<Locale>> = tags.split(',').map(locale).collect();
        locales.map(Languages::of).ok_or_else(|| Refusal::field("languages", Problem::BadLanguage))
    }
}

/// `GET /api/v1/programme`.
pub(crate) async fn programme(
    State(app): State<App>,
    _: Viewer,
    Query(query): Query<LanguagesQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&headers, &body::programme(app.programme(), &query.chosen()?))
}

/// `GET /api/v1/countries`: those that the programme serves.
pub(crate) async fn countries(
    State(app): State<App>,
    _: Viewer,
    Query(query): Query<LanguagesQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&headers, &body::countries(app.programme(), &query.chosen()?))
}

/// `GET /api/v1/countries/{country}`: one of them, with its partners and its calendar.
pub(crate) async fn country(
    State(app): State<App>,
    _: Viewer,
    CountryPath(code): CountryPath,
    Query(query): Query<LanguagesQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let country = app.programme().country(code).ok_or(Refusal::NotFound)?;
    answer(&headers, &body::whole_country(app.programme(), country, &query.chosen()?))
}

/// `GET /api/v1/lists/{list}`: a closed list, retired codes among them.
pub(crate) async fn list(
    State(app): State<App>,
    _: Viewer,
    ListPath(kind): ListPath,
    Query(query): Query<LanguagesQuery>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answer(&headers, &body::list(kind, app.programme().list(kind), &query.chosen()?))
}

fn answer(headers: &HeaderMap, body: &impl Serialize) -> Result<Response, Refusal> {
    let bytes = serde_json::to_vec(body).map_err(|error| Refusal::Domain(domain::Error::internal(error)))?;
    let digest = blake3::hash(&bytes).to_hex();
    let version = &digest[..32];
    let tag = (ETAG, entity_tag::tag(version));
    if entity_tag::is_known(headers, version) {
        return Ok((StatusCode::NOT_MODIFIED, [tag]).into_response());
    }
    let kind = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(([tag, kind], bytes).into_response())
}
