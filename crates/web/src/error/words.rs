//! The words of a refusal: a page or a problem document, once the request is known.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::error::Problem;
use i18n::Translator;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Case, Pending, Refusal};
use crate::App;
use crate::extract::{Asked, RequestId};
use crate::page::{ErrorPage, Page, Shell};

/// The middleware that gives a refusal its words.
pub(crate) async fn answer(State(app): State<App>, asked: Asked, request: Request, next: Next) -> Response {
    let id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let bodiless = request.method() == Method::HEAD;
    let mut response = next.run(request).await;
    let Some(Pending(refusal)) = response.extensions_mut().remove::<Pending>() else { return response };
    log(&refusal, &id);
    let case = refusal.case();
    let t = app.translator(asked.locale);
    let mut rendered = if asked.wants_page && matches!(*refusal, Refusal::Overloaded) {
        (case.status, app.busy_pages().in_language(asked.locale)).into_response()
    } else if asked.wants_page {
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
        |(name, _)| name != CONTENT_TYPE && name != CONTENT_LENGTH,
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
        *rendered.body_mut() = Body::empty();
    }
    rendered
}

/// What our own fault was goes to the log, under the number that the visitor is shown.
pub(super) fn log(refusal: &Refusal, id: &RequestId) {
    if let Refusal::Domain(
        error @ (domain::Error::Internal(_) | domain::Error::Full(_) | domain::Error::Unavailable(_)),
    ) = refusal
    {
        tracing::error!(request_id = %id, code = error.code(), error = %error, "a request failed");
    }
}

pub(super) fn advice(t: Translator, refusal: &Refusal, case: &Case) -> String {
    match refusal {
        Refusal::Domain(domain::Error::Limited { seconds }) => {
            t.with(case.advice, &[("seconds", (*seconds).into())])
        }
        _ => t.text(case.advice).into_owned(),
    }
}

/// What a field's problem is in words.
pub(super) fn field_message(t: Translator, problem: &Problem) -> String {
    match problem {
        Problem::TooLong { max } => t.with(problem.message_key(), &[("max", (*max).into())]),
        Problem::TooShort { min } => t.with(problem.message_key(), &[("min", (*min).into())]),
        Problem::Required
        | Problem::BadLanguage
        | Problem::BadValue
        | Problem::BadAddress
        | Problem::Because(_) => t.text(problem.message_key()).into_owned(),
    }
}

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct ProblemBody {
    /// The code as a URI: `urn:causeway:problem:` and the code
    r#type: String,
    /// What happened, in the language that `Accept-Language` asks for
    title: String,
    /// The status of the answer
    status: u16,
    /// What happened, for programs
    code: &'static str,
    /// What to do, in the same language
    detail: String,
    /// The number under which the request stands in the log
    request: String,
    /// For whoever writes the program that sent it; in English, as its parser has it
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    /// The fields that were not taken
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldBody>,
}

/// A field that was not taken.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProblemField")]
struct FieldBody {
    /// Its name as the request has it, with dots where it lies in another
    name: String,
    /// What is wrong with it, for programs
    code: &'static str,
    /// What is wrong with it, in words
    message: String,
}

/// The code of a problem: its message's key without `error-field-`.
fn short(key: &'static str) -> &'static str {
    key.splitn(3, '-').nth(2).unwrap_or(key)
}

fn problem(t: Translator, refusal: &Refusal, case: &Case, id: &RequestId) -> Response {
    let fields = refusal.fields().into_iter().map(|field| FieldBody {
        name: field.name,
        code: short(field.problem.message_key()),
        message: field_message(t, &field.problem),
    });
    let body = ProblemBody {
        r#type: format!("urn:causeway:problem:{}", case.code),
        title: t.text(case.title).into_owned(),
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
        (CONTENT_LANGUAGE, HeaderValue::from_static(t.locale().tag())),
    ];
    (case.status, headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use i18n::{Catalogue, Locale};

    use super::*;

    #[test]
    fn every_refusal_has_its_words_in_every_language() {
        let fields = [
            Problem::Required,
            Problem::TooLong { max: 3 },
            Problem::TooShort { min: 3 },
            Problem::BadLanguage,
            Problem::BadValue,
        ];
        let refusals = super::super::known::every();
        for locale in Locale::ALL {
            // A message that is missing panics.
            let t = Catalogue::strict().translator(locale);
            for refusal in &refusals {
                let case = refusal.case();
                assert_ne!(t.text(case.title), advice(t, refusal, &case), "{refusal:?}");
            }
            for problem in &fields {
                assert!(!field_message(t, problem).is_empty());
            }
        }
    }
}
