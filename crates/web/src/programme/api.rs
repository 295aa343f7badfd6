//! The programme's data as JSON: everybody may read it, in all languages or in those that are asked for. Each answer is
//! told apart by the digest of its bytes.

use axum::extract::State;
use domain::error::Problem;
use i18n::Locale;
use schemars::JsonSchema;
use serde::Deserialize;

use super::body::{self, CountriesBody, Languages, ListBody, ProgrammeDataBody, WholeCountryBody};
use crate::App;
use crate::api::Digested;
use crate::entity_tag::Known;
use crate::error::Refusal;
use crate::extract::{CountryPath, ListPath, Query, Viewer};

/// In which languages labels and names are wanted.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct LanguagesQuery {
    /// Tags of languages with commas between them; all ten without
    #[schemars(extend("examples" = ["en,lo"]))]
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
    known: Known,
) -> Result<Digested<ProgrammeDataBody>, Refusal> {
    Digested::of(&body::programme(app.programme(), &query.chosen()?), &known)
}

/// `GET /api/v1/countries`: those that the programme serves.
pub(crate) async fn countries(
    State(app): State<App>,
    _: Viewer,
    Query(query): Query<LanguagesQuery>,
    known: Known,
) -> Result<Digested<CountriesBody>, Refusal> {
    Digested::of(&body::countries(app.programme(), &query.chosen()?), &known)
}

/// `GET /api/v1/countries/{country}`: one of them, with its partners and its calendar.
pub(crate) async fn country(
    State(app): State<App>,
    _: Viewer,
    CountryPath(code): CountryPath,
    Query(query): Query<LanguagesQuery>,
    known: Known,
) -> Result<Digested<WholeCountryBody>, Refusal> {
    let country = app.programme().country(code).ok_or(Refusal::NotFound)?;
    Digested::of(&body::whole_country(app.programme(), country, &query.chosen()?), &known)
}

/// `GET /api/v1/lists/{list}`: a closed list, retired codes among them.
pub(crate) async fn list(
    State(app): State<App>,
    _: Viewer,
    ListPath(kind): ListPath,
    Query(query): Query<LanguagesQuery>,
    known: Known,
) -> Result<Digested<ListBody>, Refusal> {
    Digested::of(&body::list(kind, app.programme().list(kind), &query.chosen()?), &known)
}
