//! What is refused, and how: the only place that turns a [`domain::Error`], or a request that no verb ever saw, into a
//! status and words. A page answers people in their language, `application/problem+json` (RFC 9457) answers programs.
//!
//! A handler that refuses leaves the [`Refusal`] in its response; [`answer`] renders it, once the request is known.

mod busy;
mod form;
mod known;
mod words;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::error::Problem;

pub(crate) use busy::BusyPages;
pub(crate) use known::{explained, known};
pub(crate) use words::{ProblemBody, answer};

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// A verb refused.
    Domain(domain::Error),
    /// A verb denied it to somebody who did not say who they are.
    SignInNeeded(&'static str),
    /// A token that is unknown, revoked or expired, or no token at all.
    BadToken,
    /// Fields that could not be read.
    Fields(Vec<FieldProblem>),
    /// A body that is not JSON.
    NotJson(String),
    /// A body of another media type than the route takes.
    MediaType,
    /// A body with more bytes than are taken.
    TooLarge(u64),
    /// The thing may have been changed by others, and the request does not say which version it means (`If-Match`).
    VersionNeeded,
    /// Another request was sent under the same key (`Idempotency-Key`).
    OtherRequest,
    /// Nothing is there.
    NotFound,
    /// Something is there, and does not take this method.
    Method,
    /// A page of another site sent it.
    CrossSite,
    /// A form without the token of a page that was given to this browser.
    Forged,
    /// A form with fields that no form of ours has, or more than any has.
    Garbled,
    /// It was meant for another site.
    Misdirected,
    /// It took too long.
    TimedOut,
    /// Too much is going on.
    Overloaded,
}

/// A field that could not be taken.
#[derive(Clone, Debug)]
pub(crate) struct FieldProblem {
    /// Its name as the request has it; with dots where it lies in another.
    pub(crate) name: String,
    /// What is wrong with it.
    pub(crate) problem: Problem,
}

impl From<domain::Error> for Refusal {
    fn from(error: domain::Error) -> Self {
        Self::Domain(error)
    }
}

impl From<db::Error> for Refusal {
    fn from(error: db::Error) -> Self {
        Self::Domain(error.into())
    }
}

/// How one kind of refusal is answered.
struct Case {
    status: StatusCode,
    /// Stable, for programs.
    code: &'static str,
    /// The message that says what happened.
    title: &'static str,
    /// The message that says what to do.
    advice: &'static str,
    /// Seconds after which the same may well succeed.
    retry: Option<u64>,
}

fn case(
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    advice: &'static str,
    retry: Option<u64>,
) -> Case {
    Case { status, code, title, advice, retry }
}

impl Refusal {
    /// A field that could not be read.
    pub(crate) fn field(name: impl Into<String>, problem: Problem) -> Self {
        Self::Fields(vec![FieldProblem { name: name.into(), problem }])
    }

    #[rustfmt::skip]
    fn case(&self) -> Case {
        use StatusCode as S;
        match self {
            Self::Domain(error) => domain_case(error),
            Self::SignInNeeded(reason) => case(S::UNAUTHORIZED, reason, "error-unauthenticated", "error-unauthenticated-hint", None),
            Self::BadToken => case(S::UNAUTHORIZED, "bad-token", "error-unauthenticated", "error-unauthenticated-hint", None),
            Self::Fields(_) => case(S::UNPROCESSABLE_ENTITY, "invalid", "error-invalid", "error-invalid-hint", None),
            Self::NotJson(_) => case(S::BAD_REQUEST, "not-json", "error-bad-request", "error-bad-request-hint", None),
            Self::MediaType => case(S::UNSUPPORTED_MEDIA_TYPE, "media-type", "error-unsupported-media", "error-unsupported-media-hint", None),
            Self::TooLarge(_) => case(S::PAYLOAD_TOO_LARGE, "too-large", "error-too-large", "error-too-large-hint", None),
            Self::VersionNeeded => case(S::PRECONDITION_REQUIRED, "version-needed", "error-version-needed", "error-version-needed-hint", None),
            Self::OtherRequest => case(S::UNPROCESSABLE_ENTITY, "once-other-request", "error-conflict", "once-other-request", None),
            Self::NotFound => case(S::NOT_FOUND, "not-found", "error-not-found", "error-not-found-hint", None),
            Self::Method => case(S::METHOD_NOT_ALLOWED, "method", "error-method-not-allowed", "error-method-not-allowed-hint", None),
            Self::CrossSite => case(S::FORBIDDEN, "cross-site", "error-cross-site", "error-cross-site-hint", None),
            Self::Forged => case(S::FORBIDDEN, "forged", "error-forged", "error-forged-hint", None),
            Self::Garbled => case(S::BAD_REQUEST, "garbled", "error-bad-request", "error-bad-request-hint", None),
            Self::Misdirected => case(S::MISDIRECTED_REQUEST, "misdirected", "error-misdirected", "error-misdirected-hint", None),
            Self::TimedOut => case(S::REQUEST_TIMEOUT, "timed-out", "error-timed-out", "error-timed-out-hint", None),
            Self::Overloaded => case(S::SERVICE_UNAVAILABLE, "busy", "error-busy", "error-busy-hint", Some(1)),
        }
    }

    fn cause(&self) -> Option<String> {
        match self {
            Self::NotJson(cause) => Some(cause.clone()),
            Self::TooLarge(most) => Some(format!("more than {most} bytes")),
            _ => None,
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(fields) => fields.clone(),
            Self::Domain(domain::Error::Invalid(fields)) => fields
                .iter()
                .map(|field| FieldProblem { name: field.name.to_owned(), problem: field.problem.clone() })
                .collect(),
            _ => Vec::new(),
        }
    }
}

#[rustfmt::skip]
fn domain_case(error: &domain::Error) -> Case {
    use StatusCode as S;
    use domain::Error as E;
    match error {
        E::NotFound => case(S::NOT_FOUND, "not-found", "error-not-found", "error-not-found-hint", None),
        E::Denied(reason) => case(S::FORBIDDEN, reason, "error-denied", reason, None),
        E::Invalid(_) => case(S::UNPROCESSABLE_ENTITY, "invalid", "error-invalid", "error-invalid-hint", None),
        E::Conflict(reason) => case(S::CONFLICT, reason, "error-conflict", reason, None),
        E::Stale => case(S::PRECONDITION_FAILED, "stale", "error-stale", "error-stale-hint", None),
        E::Limited { seconds } => case(S::TOO_MANY_REQUESTS, "limited", "error-limited", "error-limited-hint", Some(*seconds)),
        E::Busy => case(S::SERVICE_UNAVAILABLE, "busy", "error-busy", "error-busy-hint", Some(1)),
        E::Full(_) => case(S::INSUFFICIENT_STORAGE, "full", "error-full", "error-full-hint", Some(60)),
        E::Unavailable(_) => case(S::SERVICE_UNAVAILABLE, "unavailable", "error-unavailable", "error-unavailable-hint", Some(5)),
        E::Internal(_) => case(S::INTERNAL_SERVER_ERROR, "internal", "error-internal", "error-internal-hint", None),
    }
}

/// A refusal on its way to [`answer`].
#[derive(Clone)]
struct Pending(Arc<Refusal>);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = self.case().status;
        let mut response = status.into_response();
        response.extensions_mut().insert(Pending(Arc::new(self)));
        response
    }
}

/// Whether an answer says that nothing was changed. After a fault of ours, or where the database went away, nobody knows.
pub(crate) fn is_undone(answer: &Response) -> bool {
    let code = answer.extensions().get::<Pending>().map(|Pending(refusal)| refusal.case().code);
    !matches!(code, Some("internal" | "unavailable" | "timed-out"))
}
