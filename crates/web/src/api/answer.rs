//! What handlers answer with: a thing, a thing in its version, one page of a list, nothing.

use std::marker::PhantomData;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, ETAG, LINK, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::page::Page;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::{Answered, Sketch};
use crate::entity_tag::{self, Known};
use crate::error::Refusal;

/// The media type of JSON.
const JSON: &str = "application/json";

impl<T: Answered> Answered for Result<T, Refusal> {
    fn describe(sketch: &mut Sketch<'_>) {
        T::describe(sketch);
    }
}

impl<T: JsonSchema> Answered for axum::Json<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let schema = sketch.given::<T>().to_value();
        sketch.answers(StatusCode::OK, Some((JSON, schema)), &[]);
    }
}

/// A thing in a version; nothing where whoever asks has that one.
#[derive(Debug)]
pub(crate) struct Versioned<T> {
    tag: HeaderValue,
    value: Option<T>,
}

impl<T> Versioned<T> {
    /// `value` in `version`, which consists of printable ASCII without quotes.
    pub(crate) fn of(value: T, version: &str, known: &Known) -> Self {
        let value = (!known.is(version)).then_some(value);
        Self { tag: entity_tag::tag(version), value }
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let tag = [(ETAG, self.tag)];
        match self.value {
            Some(value) => (tag, axum::Json(value)).into_response(),
            None => (StatusCode::NOT_MODIFIED, tag).into_response(),
        }
    }
}

impl<T: JsonSchema> Answered for Versioned<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let schema = sketch.given::<T>().to_value();
        let tag = [("ETag", "The version")];
        sketch.answers(StatusCode::OK, Some((JSON, schema)), &tag);
        sketch.answers(StatusCode::NOT_MODIFIED, None, &tag);
    }
}

/// A thing that has no version of its own: the digest of its text stands for one.
#[derive(Debug)]
pub(crate) struct Digested<T> {
    tag: HeaderValue,
    text: Option<Vec<u8>>,
    of: PhantomData<fn() -> T>,
}

impl<T: Serialize> Digested<T> {
    /// `value`; nothing where whoever asks has it.
    pub(crate) fn of(value: &T, known: &Known) -> Result<Self, Refusal> {
        let text = serde_json::to_vec(value).map_err(domain::Error::internal)?;
        let digest = &blake3::hash(&text).to_hex()[..32];
        let text = (!known.is(digest)).then_some(text);
        Ok(Self { tag: entity_tag::tag(digest), text, of: PhantomData })
    }
}

impl<T> IntoResponse for Digested<T> {
    fn into_response(self) -> Response {
        let tag = [(ETAG, self.tag)];
        match self.text {
            Some(text) => (tag, [(CONTENT_TYPE, JSON)], text).into_response(),
            None => (StatusCode::NOT_MODIFIED, tag).into_response(),
        }
    }
}

impl<T: JsonSchema> Answered for Digested<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        Versioned::<T>::describe(sketch);
    }
}

/// A thing that has been made.
#[derive(Debug)]
pub(crate) struct Created<T> {
    /// Where it is, as a path.
    pub(crate) location: String,
    /// Its version, if it has any.
    pub(crate) version: Option<String>,
    /// What it is.
    pub(crate) value: T,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let location = HeaderValue::from_str(&self.location).expect("a path is printable ASCII");
        let mut headers = HeaderMap::from_iter([(LOCATION, location)]);
        headers.extend(self.version.map(|version| (ETAG, entity_tag::tag(&version))));
        (StatusCode::CREATED, headers, axum::Json(self.value)).into_response()
    }
}

impl<T: JsonSchema> Answered for Created<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let schema = sketch.given::<T>().to_value();
        sketch.answers(StatusCode::CREATED, Some((JSON, schema)), &[("Location", "Where it is")]);
    }
}

/// A thing that will be worked on.
#[derive(Debug)]
pub(crate) struct Accepted<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        (StatusCode::ACCEPTED, axum::Json(self.0)).into_response()
    }
}

impl<T: JsonSchema> Answered for Accepted<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let schema = sketch.given::<T>().to_value();
        sketch.answers(StatusCode::ACCEPTED, Some((JSON, schema)), &[]);
    }
}

/// It is no longer there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Removed;

impl IntoResponse for Removed {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl Answered for Removed {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.answers(StatusCode::NO_CONTENT, None, &[]);
    }
}

/// One page of a list.
#[derive(Debug)]
pub(crate) struct Paged<T> {
    page: Page<T>,
    link: Option<HeaderValue>,
}

impl<T> Paged<T> {
    /// `page`, which was asked for at `uri`.
    pub(crate) fn of(page: Page<T>, uri: &Uri) -> Self {
        let link = page.next.as_deref().and_then(|next| next_link(uri, next));
        Self { page, link }
    }

    /// The same, of a list that has no end: `next` is where to go on later, and a link leads there where it `moved` on.
    pub(crate) fn of_endless(page: Page<T>, moved: bool, uri: &Uri) -> Self {
        let link = if moved { page.next.as_deref() } else { None };
        Self { link: link.and_then(|next| next_link(uri, next)), page }
    }
}

/// The link to the next page: the same address with another `after`.
fn next_link(uri: &Uri, next: &str) -> Option<HeaderValue> {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let asked = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    query.extend_pairs(asked.filter(|(name, _)| name != "after"));
    let query = query.append_pair("after", next).finish();
    HeaderValue::from_str(&format!("<{}?{query}>; rel=\"next\"", uri.path())).ok()
}

impl<T: Serialize> IntoResponse for Paged<T> {
    fn into_response(self) -> Response {
        let link = HeaderMap::from_iter(self.link.map(|link| (LINK, link)));
        let body = json!({ "items": self.page.items, "next": self.page.next });
        (link, axum::Json(body)).into_response()
    }
}

impl<T: JsonSchema> Answered for Paged<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let items = sketch.given::<T>().to_value();
        let schema = json!({
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": { "type": "array", "items": items },
                "next": {
                    "description": "To be given as `after` for the next page; null at the end",
                    "type": ["string", "null"],
                },
            },
        });
        sketch.answers(StatusCode::OK, Some((JSON, schema)), &[("Link", "The next page, `rel=\"next\"`")]);
    }
}

/// Bytes of any media type, to be saved; nothing where whoever asks has them.
#[derive(Debug)]
pub(crate) struct Bytes(pub(crate) Response);

impl IntoResponse for Bytes {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Answered for Bytes {
    fn describe(sketch: &mut Sketch<'_>) {
        let tag = [("ETag", "The digest of the bytes")];
        sketch.answers(StatusCode::OK, Some(("*/*", json!({}))), &tag);
        sketch.answers(StatusCode::NOT_MODIFIED, None, &tag);
    }
}

/// A line of JSON for each `T` (NDJSON), sent while it is read.
#[derive(Debug)]
pub(crate) struct Lines<T> {
    body: Body,
    name: &'static str,
    of: PhantomData<fn() -> T>,
}

impl<T> Lines<T> {
    /// The media type.
    const KIND: &'static str = "application/x-ndjson";

    /// `body`, to be saved as `name`, which is plain ASCII.
    pub(crate) fn of(body: Body, name: &'static str) -> Self {
        Self { body, name, of: PhantomData }
    }
}

impl<T> IntoResponse for Lines<T> {
    fn into_response(self) -> Response {
        let headers = [
            ("content-type", Self::KIND.to_owned()),
            ("content-disposition", format!("attachment; filename=\"{}\"", self.name)),
        ];
        (headers, self.body).into_response()
    }
}

impl<T: JsonSchema> Answered for Lines<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        let line: Json = sketch.given::<T>().to_value();
        let schema = json!({ "type": "string", "description": "One of these a line", "x-line": line });
        sketch.answers(StatusCode::OK, Some((Self::KIND, schema)), &[]);
    }
}
