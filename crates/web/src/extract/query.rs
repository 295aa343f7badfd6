//! The query of an address, typed. A value that cannot be read is refused under its name; names that nobody asked for are
//! passed over, since links pick them up on their way.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::error::Problem;
use serde::de::DeserializeOwned;

use crate::error::Refusal;

/// The query as a `T`.
#[derive(Clone, Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| Refusal::field(error.path().to_string(), Problem::BadValue))
    }
}
