//! The number of a request: in its answer (`X-Request-Id`), its log lines, its change rows and on error pages.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::request::Parts;

/// The most characters of a number that a proxy gives.
const LENGTH_MAX: usize = 64;

/// The number of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RequestId(Arc<str>);

impl RequestId {
    pub(crate) fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }

    /// The number that a trusted proxy gave, if it is one that can stand in logs and headers.
    pub(crate) fn given(header: Option<&HeaderValue>) -> Option<Self> {
        let text = header?.to_str().ok()?;
        let well = (1..=LENGTH_MAX).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        well.then(|| Self(text.into()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_from_outside_is_taken_only_if_it_can_stand_in_a_log() {
        for (given, taken) in
            [("0198f6d0-aaaa", true), ("", false), ("a b", false), ("a=b", false), (&"x".repeat(65), false)]
        {
            let header = HeaderValue::from_str(given).unwrap();
            assert_eq!(RequestId::given(Some(&header)).is_some(), taken, "{given}");
        }
    }
}
