//! The programme as JSON: what answers here, where the rest is, and the programme's data.

mod api;
mod body;

use axum::Json;
use axum::extract::State;
use i18n::Locale;
use schemars::JsonSchema;
use serde::Serialize;

use crate::App;
use crate::app::RELEASE;
use crate::extract::Viewer;

pub(crate) use api::{countries, country, list, programme};
pub use body::{Languages, ProgrammeDataBody, programme as programme_data};

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Programme")]
pub(crate) struct ProgrammeBody {
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    centre: String,
    release: &'static str,
    languages: Vec<&'static str>,
    links: LinksBody,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Links")]
struct LinksBody {
    site: String,
    programme: &'static str,
    countries: &'static str,
    publications: &'static str,
    publications_export: &'static str,
    openapi: &'static str,
}

/// `GET /api/v1`.
pub(crate) async fn show(State(app): State<App>, _: Viewer) -> Json<ProgrammeBody> {
    Json(ProgrammeBody {
        name: app.settings().programme.clone(),
        centre: app.settings().centre.clone(),
        release: RELEASE,
        languages: Locale::ALL.iter().map(|locale| locale.tag()).collect(),
        links: LinksBody {
            site: app.base_url().as_str().to_owned(),
            programme: "/api/v1/programme",
            countries: "/api/v1/countries",
            publications: "/api/v1/publications",
            publications_export: "/api/v1/publications.ndjson",
            openapi: "/api/openapi.json",
        },
    })
}
