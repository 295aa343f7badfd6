//! The body of a request, read whole and no further than its bound.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use domain::error::Problem;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;

use crate::App;
use crate::error::Refusal;

/// A JSON body as a `T`.
#[derive(Clone, Debug)]
pub(crate) struct Json<T>(pub(crate) T);

/// The bytes of an upload.
#[derive(Clone, Debug)]
pub(crate) struct Upload(pub(crate) Bytes);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        if !is_json(request.headers().get(CONTENT_TYPE)) {
            return Err(Refusal::MediaType);
        }
        let (parts, body) = request.into_parts();
        let bytes = whole(&parts.headers, body, app.settings().max_body).await?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(refused)?;
        reader.end().map_err(|error| Refusal::NotJson(error.to_string()))?;
        Ok(Self(value))
    }
}

impl FromRequest<App> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        whole(&parts.headers, body, app.shelf().most()).await.map(Self)
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

async fn whole(headers: &HeaderMap, body: Body, most: u64) -> Result<Bytes, Refusal> {
    let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if declared.is_some_and(|declared| declared > most) {
        return Err(Refusal::TooLarge(most));
    }
    let limit = usize::try_from(most).unwrap_or(usize::MAX);
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::TooLarge(most)),
        // The client went away or broke the framing; whatever is answered here, nobody reads.
        Err(_) => Err(Refusal::NotJson("the body ended early".to_owned())),
    }
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
