//! Files: uploads, and downloads that no browser can take for a page.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, LOCATION,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use domain::error::Problem;
use domain::file::{self, File, Tier};
use domain::id::FileId;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::App;
use crate::entity_tag;
use crate::error::Refusal;
use crate::extract::{Id, Query, Upload, Viewer};

/// What may stand unescaped in a parameter of a header (RFC 8187, attr-char).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an upload is called, and how far it is disclosed.
#[derive(Debug, Deserialize)]
pub(crate) struct UploadQuery {
    name: Option<String>,
    tier: Option<String>,
}

/// `POST /api/v1/files?name=...&tier=public|centre`, the bytes as the body. Without a tier, only the centre has it.
pub(crate) async fn keep(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<UploadQuery>,
    Upload(content): Upload,
) -> Result<Response, Refusal> {
    let tier = query.tier.as_deref().map_or(Some(Tier::Centre), Tier::parse);
    let tier = tier.ok_or_else(|| Refusal::field("tier", Problem::BadValue))?;
    let name = query.name.unwrap_or_default();
    let file = file::keep(app.db(), app.shelf(), &viewer.actor, &name, tier, content)
        .await
        .map_err(|error| viewer.refused(error))?;
    let location = format!("/api/v1/files/{}", file.id);
    let location = HeaderValue::from_str(&location).expect("an id is printable ASCII");
    Ok((StatusCode::CREATED, [(LOCATION, location)], Answer(file)).into_response())
}

/// `GET /api/v1/files/{id}`: the bytes, always to be saved and never to be shown in the site's name.
pub(crate) async fn load(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<FileId>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (file, content) = file::load(app.db(), app.shelf(), &viewer.actor, id).await?;
    let kept = match file.tier {
        Tier::Public => "public, max-age=3600",
        Tier::Centre => "private, no-store",
    };
    let about = [
        (ETAG, entity_tag::tag(&file.digest)),
        (CACHE_CONTROL, HeaderValue::from_static(kept)),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
    ];
    if entity_tag::is_known(&headers, &file.digest) {
        return Ok((StatusCode::NOT_MODIFIED, about).into_response());
    }
    let kind = HeaderValue::from_str(&file.media_type).map_err(domain::Error::internal)?;
    Ok((about, [(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition(&file))], content).into_response())
}

/// The name to save it under, in any script (RFC 6266).
fn disposition(file: &File) -> HeaderValue {
    let name = utf8_percent_encode(&file.name, PLAIN);
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}"))
        .expect("a percent-encoded name is printable ASCII")
}
