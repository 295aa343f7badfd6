//! What came back.

use axum::body::Body;
use axum::http::{HeaderMap, Response};
use http_body_util::BodyExt as _;
use serde_json::Value as Json;

/// An answer, read to its end.
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(super) async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Self { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    /// The header `name`, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The body as JSON, without what differs at each run: random ids and references.
    pub(crate) fn shape(&self) -> Json {
        masked(self.json())
    }
}

/// A JSON value without random ids and references.
pub(crate) fn masked(value: Json) -> Json {
    match value {
        Json::Object(fields) => fields.into_iter().map(|(name, value)| (name, masked(value))).collect(),
        Json::Array(items) => items.into_iter().map(masked).collect(),
        Json::String(text) => Json::String(masked_text(&text)),
        other => other,
    }
}

/// A reference keeps its form, an id becomes `[id]`; a digest too.
fn masked_text(text: &str) -> String {
    let is_id = text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    if is_id {
        return "[id]".to_owned();
    }
    match text.rsplit_once("N20261123-") {
        Some((before, suffix)) if suffix.len() == 6 => format!("{before}N20261123-[6]"),
        _ => text.to_owned(),
    }
}
