//! Forms: a struct that a browser fills in. [`Form`] takes it from a request, and hands it to a verb only if the browser
//! shows the token of a page of ours. What is refused is shown again on the same page, with everything that was typed.
//!
//! A form is a struct with `#[serde(default, deny_unknown_fields)]` and the table of its [`Fields`]; a page with a form
//! has a [`Sheet`] of it.

mod concealed;
mod field;
mod fields;
mod page;
mod sheet;
#[cfg(test)]
mod tests;

use std::marker::PhantomData;

use askama::Template;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use domain::error::Problem;
use serde::de::DeserializeOwned;

pub(crate) use self::concealed::Concealed;
pub(crate) use self::field::{Field, Fields};
use self::fields::{Pairs, Unreadable};
pub(crate) use self::page::{FormPage, Part, SaidPage};
pub(crate) use self::sheet::{Choice, Note, Sheet, Why};
use crate::App;
use crate::error::Refusal;
use crate::extract::{Asked, most, whole};
use crate::page::InLanguage;

/// The field with the token.
const TOKEN: &str = "token";

/// A form that was sent.
#[derive(Debug)]
pub(crate) struct Form<T> {
    pairs: Pairs,
    /// Whether it came from a page of ours, to this browser.
    is_ours: bool,
    shown: Sheet,
    of: PhantomData<T>,
}

impl<T: Fields> FromRequest<App> for Form<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let (parts, body) = request.into_parts();
        let asked = Asked::of(&parts);
        let is_form =
            parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(|kind| {
                let essence = kind.split(';').next().unwrap_or_default();
                essence.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        if !is_form {
            // No page of ours sends anything else, and what another sends carries no token.
            return Err(Refusal::Forged);
        }
        let bytes = whole(&parts.headers, body, most(&parts.extensions, app)).await?;
        let mut pairs = fields::parse(&bytes).ok_or(Refusal::Garbled)?;
        let token = pairs.iter().position(|(name, _)| name == TOKEN).map(|place| pairs.remove(place).1);
        let is_ours = token.is_some_and(|token| asked.visit.made(&token));
        let shown = Sheet {
            t: app.translator(asked.locale),
            token: asked.visit.token(),
            refusal: None,
            fields: T::FIELDS,
            values: pairs.clone(),
        };
        Ok(Self { pairs, is_ours, shown, of: PhantomData })
    }
}

impl<T: DeserializeOwned> Form<T> {
    /// The form as it was filled in, for a page that shows it once more.
    pub(crate) fn shown(&self) -> &Sheet {
        &self.shown
    }

    /// Does what the form asks for.
    ///
    /// # Errors
    /// [`Unmet`], to be shown on the form's page.
    pub(crate) async fn then<R, E: Into<Refusal>>(
        self,
        verb: impl AsyncFnOnce(T) -> Result<R, E>,
    ) -> Result<R, Unmet> {
        let refusal = if self.is_ours {
            match fields::read(&self.pairs) {
                Ok(value) => match verb(value).await {
                    Ok(done) => return Ok(done),
                    Err(error) => error.into(),
                },
                Err(Unreadable::Unknown) => Refusal::Garbled,
                Err(Unreadable::Value(name)) => Refusal::field(name, Problem::BadValue),
            }
        } else {
            Refusal::Forged
        };
        Err(Unmet { refusal, sheet: self.shown })
    }
}

/// A form whose verb did not do what was asked.
#[derive(Debug)]
pub(crate) struct Unmet {
    refusal: Refusal,
    sheet: Sheet,
}

impl Unmet {
    /// Shows the form again on its page, filled in as it was, with what is wrong at its top and at its fields. What has
    /// nothing to do with how the form was filled in gets a page of its own.
    ///
    /// # Errors
    /// The refusal, where the form cannot be shown.
    pub(crate) async fn on<P: Template + InLanguage>(
        self,
        page: impl AsyncFnOnce(Sheet) -> Result<P, Refusal>,
    ) -> Result<Response, Refusal> {
        let Self { refusal, mut sheet } = self;
        if !refusal.can_be_mended() {
            return Err(refusal);
        }
        sheet.refuse(refusal.why(sheet.t));
        match page(sheet).await {
            Ok(page) => Ok(refusal.on_form(page)),
            // A page that whoever sent this may not even see says nothing of the form.
            Err(_) => Err(refusal),
        }
    }
}
