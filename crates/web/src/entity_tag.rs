//! Versions as entity tags (RFC 9110, 8.8.3 and 13.1): a tag names the version of a thing, whatever shape it is sent in.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{IF_MATCH, IF_NONE_MATCH};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Refusal;

/// The tag of a text that consists of printable ASCII without quotes, such as a version or a digest.
pub(crate) fn tag(text: &str) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{text}\"")).expect("a version or a digest is printable ASCII")
}

/// Whether whoever asks has that version already (`If-None-Match`).
pub(crate) fn is_known(headers: &HeaderMap, text: &str) -> bool {
    tags(headers, &IF_NONE_MATCH).any(|tag| tag == "*" || opaque(tag) == Some(text))
}

/// The versions that whoever asks has already (`If-None-Match`).
#[derive(Clone, Debug)]
pub(crate) struct Known(HeaderMap);

impl Known {
    /// Whether the version `text` is one of them.
    pub(crate) fn is(&self, text: &str) -> bool {
        is_known(&self.0, text)
    }
}

impl<S: Sync> FromRequestParts<S> for Known {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let lines = parts.headers.get_all(IF_NONE_MATCH).into_iter();
        Ok(Self(lines.map(|line| (IF_NONE_MATCH, line.clone())).collect()))
    }
}

/// The version that a change is meant for (`If-Match`); `None` for `*`, any version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Version(pub(crate) Option<i64>);

impl<S: Sync> FromRequestParts<S> for Version {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let mut tags = tags(&parts.headers, &IF_MATCH);
        let first = tags.next().ok_or(Refusal::VersionNeeded)?;
        if first == "*" {
            return Ok(Self(None));
        }
        // A tag that none of ours can be is that of another version; so is one among several, which no program sends.
        let version = opaque(first).and_then(|text| text.parse().ok()).filter(|_| tags.next().is_none());
        version.map(|version| Self(Some(version))).ok_or(Refusal::Domain(domain::Error::Stale))
    }
}

fn tags<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).into_iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|tag| !tag.is_empty())
}

fn opaque(tag: &str) -> Option<&str> {
    tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_version_is_recognised_among_others() {
        let known = |line: &str| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, line.parse().unwrap())]);
            is_known(&headers, "3")
        };
        assert!(known("\"3\"") && known("W/\"3\"") && known("\"2\", \"3\"") && known("*"));
        assert!(!known("3") && !known("\"30\"") && !known(""));
    }

    #[tokio::test]
    async fn a_change_says_which_version_it_means() {
        async fn version(line: Option<&str>) -> Result<Version, Refusal> {
            let mut request = axum::http::Request::builder();
            if let Some(line) = line {
                request = request.header(IF_MATCH, line);
            }
            Version::from_request_parts(&mut request.body(()).unwrap().into_parts().0, &()).await
        }
        assert_eq!(version(Some("\"7\"")).await.unwrap(), Version(Some(7)));
        assert_eq!(version(Some("*")).await.unwrap(), Version(None));
        assert!(matches!(version(None).await, Err(Refusal::VersionNeeded)));
        for other in ["7", "\"x\"", "\"7\", \"8\""] {
            assert!(
                matches!(version(Some(other)).await, Err(Refusal::Domain(domain::Error::Stale))),
                "{other}"
            );
        }
    }
}
