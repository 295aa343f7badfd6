//! A refusal on the page of the form that caused it: what was typed stays, and the way out stands at the fields.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};
use i18n::Translator;

use super::{Case, Refusal, words};
use crate::form::{Note, Why};
use crate::page::{InLanguage, Page};

impl Refusal {
    /// Whether sending the form once more, mended or later, may do better.
    pub(crate) fn can_be_mended(&self) -> bool {
        use domain::Error as E;
        match self {
            Self::Fields(_) | Self::Forged => true,
            Self::Domain(error) => !matches!(error, E::NotFound | E::Internal(_)),
            _ => false,
        }
    }

    /// The summary at the top of the form.
    pub(crate) fn why(&self, t: Translator) -> Why {
        let case = self.case();
        let note = |field: super::FieldProblem| Note {
            message: words::field_message(t, &field.problem),
            name: field.name,
            label: String::new(),
        };
        Why {
            title: t.text(case.title).into_owned(),
            advice: match self {
                Self::Forged => t.text("form-forged-hint").into_owned(),
                _ => words::advice(t, self, &case),
            },
            notes: self.fields().into_iter().map(note).collect(),
        }
    }

    /// The page of the form as the answer.
    pub(crate) fn on_form<P: Template + InLanguage>(&self, page: P) -> Response {
        let Case { status, retry, .. } = self.case();
        // A form has no If-Match; its version is one of its fields.
        let status = if status == StatusCode::PRECONDITION_FAILED { StatusCode::CONFLICT } else { status };
        let mut response = (status, Page(page)).into_response();
        if let Some(seconds) = retry {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
