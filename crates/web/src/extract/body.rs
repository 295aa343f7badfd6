//! The body of a request, read whole and no further than its bound. An upload is read only once its handler asks for it,
//! and only while there is room for it among the others.

use std::convert::Infallible;
use std::error::Error;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, HeaderValue};
use bytes::{Bytes, BytesMut};
use domain::error::Problem;
use http_body_util::{BodyExt as _, Collected, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::App;
use crate::error::Refusal;
use crate::guard::Room;

/// The most bytes that are read of a body before anybody has said who sends it. Whoever is known may send more.
const UNKNOWN_MAX: u64 = 64 << 10;

/// Put among a request's extensions by [`super::Viewer`] once it has found out whose request it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known;

/// A JSON body as a `T`. A handler names its `Viewer` before it, or all are strangers.
#[derive(Clone, Debug)]
pub(crate) struct Json<T>(pub(crate) T);

/// An upload of which nothing has been read: a handler asks first whether whoever sends it may.
#[derive(Debug)]
pub(crate) struct Upload {
    declared: Option<u64>,
    body: Body,
}

/// The bytes of an upload, and the room that they take up until this is dropped.
#[derive(Debug)]
pub(crate) struct Received {
    /// The bytes.
    pub(crate) content: Bytes,
    _room: Room,
}

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        if !is_json(request.headers().get(CONTENT_TYPE)) {
            return Err(Refusal::MediaType);
        }
        let (parts, body) = request.into_parts();
        let bytes = whole(&parts.headers, body, most(&parts.extensions, app)).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(refused)?;
        reader.end().map_err(|error| Refusal::NotJson(error.to_string()))?;
        Ok(Self(value))
    }
}

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        let (parts, body) = request.into_parts();
        Ok(Self { declared: declared(&parts.headers), body })
    }
}

impl Upload {
    /// Reads it. One that does not say how long it is takes up as much room as the longest.
    pub(crate) async fn receive(self, app: &App) -> Result<Received, Refusal> {
        let most = app.shelf().most();
        let length = self.declared.unwrap_or(most);
        if length > most {
            return Err(Refusal::TooLarge(most));
        }
        let room = app.uploads().take(length)?;
        let length = usize::try_from(length).map_err(domain::Error::internal)?;
        // Of its final size from the start: growing it would hold the bytes twice at times.
        let mut content = BytesMut::with_capacity(length);
        let mut body = Limited::new(self.body, length);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|error| broken(&*error, most))?;
            if let Ok(data) = frame.into_data() {
                content.extend_from_slice(&data);
            }
        }
        Ok(Received { content: content.freeze(), _room: room })
    }
}

/// `application/json` and its relatives. Nothing else is read as JSON: a form of another site can send plain text without
/// asking.
fn is_json(header: Option<&HeaderValue>) -> bool {
    let essence = header.and_then(|value| value.to_str().ok()).and_then(|value| value.split(';').next());
    essence.map(str::trim).is_some_and(|essence| {
        essence.eq_ignore_ascii_case("application/json")
            || essence.strip_prefix("application/").is_some_and(|kind| kind.ends_with("+json"))
    })
}

/// The most bytes that are read of the body of this request.
pub(crate) fn most(extensions: &Extensions, app: &App) -> u64 {
    let most = app.settings().max_body;
    if extensions.get::<Known>().is_some() { most } else { most.min(UNKNOWN_MAX) }
}

/// The whole body, of at most `most` bytes.
pub(crate) async fn whole(headers: &HeaderMap, body: Body, most: u64) -> Result<Bytes, Refusal> {
    if declared(headers).is_some_and(|declared| declared > most) {
        return Err(Refusal::TooLarge(most));
    }
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    let collected = Limited::new(body, limit).collect().await;
    collected.map(Collected::to_bytes).map_err(|error| broken(&*error, most))
}

/// How long the body says that it is.
fn declared(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a body could not be read to its end.
fn broken(error: &(dyn Error + Send + Sync + 'static), most: u64) -> Refusal {
    if error.is::<LengthLimitError>() {
        return Refusal::TooLarge(most);
    }
    // The client went away or broke the framing; whatever is answered here, nobody reads.
    Refusal::NotJson("the body ended early".to_owned())
}

/// JSON that is well formed and not what is wanted names the field; other text is no JSON.
fn refused(error: serde_path_to_error::Error<serde_json::Error>) -> Refusal {
    let path = error.path().to_string();
    let cause = error.into_inner();
    if cause.is_data() && path != "." {
        Refusal::field(path, Problem::BadValue)
    } else {
        Refusal::NotJson(cause.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_is_json() {
        for (given, taken) in [
            ("application/json", true),
            ("Application/JSON; charset=utf-8", true),
            ("application/merge-patch+json", true),
            ("text/plain", false),
            ("application/x-www-form-urlencoded", false),
            ("multipart/form-data; boundary=application/json", false),
        ] {
            assert_eq!(is_json(Some(&HeaderValue::from_static(given))), taken, "{given}");
        }
        assert!(!is_json(None));
    }
}
