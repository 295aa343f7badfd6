//! What is refused, and how: the only place that turns a [`domain::Error`], or a request that no verb ever saw, into a
//! status and words. A page answers people in their language, `application/problem+json` (RFC 9457) answers programs.
//!
//! A handler that refuses leaves the [`Refusal`] in its response; [`answer`] renders it, once the request is known.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::Problem;
use i18n::Translator;
use serde::Serialize;

use crate::App;
use crate::extract::{Asked, RequestId};
use crate::page::{ErrorPage, Page, Shell};

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
    /// Nothing is there.
    NotFound,
    /// Something is there, and does not take this method.
    Method,
    /// A page of another site sent it.
    CrossSite,
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
            Self::NotFound => case(S::NOT_FOUND, "not-found", "error-not-found", "error-not-found-hint", None),
            Self::Method => case(S::METHOD_NOT_ALLOWED, "method", "error-method-not-allowed", "error-method-not-allowed-hint", None),
            Self::CrossSite => case(S::FORBIDDEN, "cross-site", "error-cross-site", "error-cross-site-hint", None),
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

/// The middleware that gives a refusal its words.
pub(crate) async fn answer(State(app): State<App>, asked: Asked, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let bodiless = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    let Some(Pending(refusal)) = response.extensions_mut().remove::<Pending>() else { return response };
    log(&refusal, &id);
    let case = refusal.case();
    let t = app.translator(asked.locale);
    let mut rendered = if asked.wants_page {
        let page = ErrorPage::new(
            Shell::new(&app, &asked),
            case.status.as_u16(),
            t.text(case.title).into_owned(),
            advice(t, &refusal, &case),
            id.to_string(),
        );
        (case.status, Page(page)).into_response()
    } else {
        problem(t, &refusal, &case, &id)
    };
    let headers = rendered.headers_mut();
    headers.extend(response.headers_mut().drain().filter_map(|(name, value)| Some((name?, value))).filter(
        // What says how the body is framed belonged to the body that was replaced.
        |(name, _)| name != CONTENT_TYPE && name != axum::http::header::CONTENT_LENGTH,
    ));
    if let Some(seconds) = case.retry {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    if case.status == StatusCode::UNAUTHORIZED {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"causeway\""));
    }
    if !asked.is_fixed {
        headers.append(VARY, HeaderValue::from_static("Accept-Language"));
    }
    if bodiless {
        *rendered.body_mut() = axum::body::Body::empty();
    }
    rendered
}

/// What our own fault was goes to the log, under the number that the visitor is shown.
fn log(refusal: &Refusal, id: &RequestId) {
    if let Refusal::Domain(error @ (domain::Error::Internal(_) | domain::Error::Full(_) | domain::Error::Unavailable(_))) =
        refusal
    {
        tracing::error!(request_id = %id, code = error.code(), error = %error, "a request failed");
    }
}

fn advice(t: Translator, refusal: &Refusal, case: &Case) -> String {
    match refusal {
        Refusal::Domain(domain::Error::Limited { seconds }) => {
            t.with(case.advice, &[("seconds", (*seconds).into())])
        }
        _ => t.text(case.advice).into_owned(),
    }
}

/// What a field's problem is in words.
fn field_message(t: Translator, problem: &Problem) -> String {
    match problem {
        Problem::TooLong { max } => t.with(problem.code(), &[("max", (*max).into())]),
        Problem::TooShort { min } => t.with(problem.code(), &[("min", (*min).into())]),
        Problem::Required | Problem::BadLanguage | Problem::BadValue => t.text(problem.code()).into_owned(),
    }
}

#[derive(Serialize)]
struct ProblemBody<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: String,
    request: String,
    /// For whoever writes the program that sent it; in English, as its parser has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldBody>,
}

#[derive(Serialize)]
struct FieldBody {
    name: String,
    code: &'static str,
    message: String,
}

fn problem(t: Translator, refusal: &Refusal, case: &Case, id: &RequestId) -> Response {
    let fields = refusal.fields().into_iter().map(|field| FieldBody {
        name: field.name,
        code: field.problem.code().trim_start_matches("error-field-"),
        message: field_message(t, &field.problem),
    });
    let body = ProblemBody {
        r#type: format!("urn:causeway:problem:{}", case.code),
        title: &t.text(case.title),
        status: case.status.as_u16(),
        code: case.code,
        detail: advice(t, refusal, case),
        request: id.to_string(),
        cause: refusal.cause(),
        fields: fields.collect(),
    };
    let body = serde_json::to_vec(&body).expect("strings and numbers are JSON");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/problem+json")),
        (axum::http::header::CONTENT_LANGUAGE, HeaderValue::from_static(t.locale().tag())),
    ];
    (case.status, headers, body).into_response()
}
