//! Files: uploads, and downloads that no browser can take for a page.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use domain::error::Problem;
use domain::file::{self, File, NAME_MAX, Reading, Tier};
use domain::id::FileId;
use futures_util::stream::{self, StreamExt as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::App;
use crate::api::{Bytes, Created};
use crate::entity_tag::{self, Known};
use crate::error::Refusal;
use crate::extract::{Id, Query, Upload, Viewer};

/// What may stand unescaped in a parameter of a header (RFC 8187, attr-char).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What an upload is called, and how far it is disclosed.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct UploadQuery {
    /// The name to save it under
    #[schemars(required, length(min = 1, max = NAME_MAX), example = "agreement.pdf")]
    name: Option<String>,
    /// How far it is disclosed
    #[schemars(with = "Option<Tier>", extend("default" = "centre"))]
    tier: Option<String>,
}

/// `POST /api/v1/files?name=...&tier=public|centre`, the bytes as the body. Without a tier, only the centre has it.
pub(crate) async fn keep(
    State(app): State<App>,
    viewer: Viewer,
    Query(query): Query<UploadQuery>,
    upload: Upload,
) -> Result<Created<File>, Refusal> {
    file::may_keep(&viewer.actor).map_err(|error| viewer.refused(error))?;
    let tier = query.tier.as_deref().map_or(Some(Tier::Centre), Tier::parse);
    let tier = tier.ok_or_else(|| Refusal::field("tier", Problem::BadValue))?;
    let name = query.name.unwrap_or_default();
    let received = upload.receive(&app).await?;
    let file = file::keep(app.db(), app.shelf(), &viewer.actor, &name, tier, received.content.clone())
        .await
        .map_err(|error| viewer.refused(error))?;
    Ok(Created { location: format!("/api/v1/files/{}", file.id), version: None, value: file })
}

/// `GET /api/v1/files/{id}`: the bytes, always to be saved and never to be shown in the site's name.
pub(crate) async fn load(
    State(app): State<App>,
    viewer: Viewer,
    Id(id): Id<FileId>,
    known: Known,
) -> Result<Bytes, Refusal> {
    let file = file::load(app.db(), &viewer.actor, id).await?;
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
    if known.is(&file.digest) {
        return Ok(Bytes((StatusCode::NOT_MODIFIED, about).into_response()));
    }
    let kind = HeaderValue::from_str(&file.media_type).map_err(domain::Error::internal)?;
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_DISPOSITION, attachment(&file.name)),
        (CONTENT_LENGTH, HeaderValue::from(file.bytes)),
    ];
    Ok(Bytes((about, headers, body(file::read(app.shelf(), file)?).await?).into_response()))
}

/// The bytes, read from the shelf as they are sent. A failure after the first chunk cuts the answer off, short of the length
/// that was announced, so that nobody takes part of a file for the file.
async fn body(mut reading: Reading) -> Result<Body, Refusal> {
    let first = reading.next().await?;
    let rest = stream::try_unfold(reading, |mut reading| async {
        let chunk = reading.next().await.inspect_err(|error| {
            tracing::error!(error = %error, "a download was cut off");
        })?;
        Ok::<_, domain::Error>(chunk.map(|chunk| (chunk, reading)))
    });
    Ok(Body::from_stream(stream::iter(first.map(Ok)).chain(rest)))
}

/// The name to save it under, in any script (RFC 6266).
pub(crate) fn attachment(name: &str) -> HeaderValue {
    let name = utf8_percent_encode(name, PLAIN);
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{name}"))
        .expect("a percent-encoded name is printable ASCII")
}
