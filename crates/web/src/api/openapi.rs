//! The document as an answer.

use std::sync::LazyLock;

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, ETAG};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use serde_json::json;

use super::{Answered, Sketch, document};
use crate::entity_tag::{self, Known};

/// The document as it is sent, and its digest.
static TEXT: LazyLock<(Bytes, String)> = LazyLock::new(|| {
    let text = serde_json::to_vec(&document()).expect("JSON is JSON");
    let digest = blake3::hash(&text).to_hex().to_string();
    (text.into(), digest)
});

/// The document.
#[derive(Debug)]
pub(crate) struct OpenApi {
    is_known: bool,
}

/// `GET /api/openapi.json`.
pub(crate) async fn openapi(known: Known) -> OpenApi {
    OpenApi { is_known: known.is(&TEXT.1) }
}

impl IntoResponse for OpenApi {
    fn into_response(self) -> Response {
        let tag = [(ETAG, entity_tag::tag(&TEXT.1))];
        if self.is_known {
            return (StatusCode::NOT_MODIFIED, tag).into_response();
        }
        (tag, [(CONTENT_TYPE, "application/json")], TEXT.0.clone()).into_response()
    }
}

impl Answered for OpenApi {
    fn describe(sketch: &mut Sketch<'_>) {
        let schema = json!({ "type": "object", "required": ["openapi", "info", "paths"] });
        let tag = [("ETag", "The digest of the document")];
        sketch.answers(StatusCode::OK, Some(("application/json", schema)), &tag);
        sketch.answers(StatusCode::NOT_MODIFIED, None, &tag);
    }
}
