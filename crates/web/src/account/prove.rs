//! Proving once more who one is, before the safety of an account is touched.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Password, Proof, totp};
use serde::{Deserialize, Serialize};

use super::begin;
use super::sign_in::ReturnQuery;
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Query, Viewer};
use crate::form::{Concealed, Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{Page, Shell};

/// What proves it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ProveForm {
    #[serde(skip_serializing)]
    password: Concealed,
    #[serde(skip_serializing)]
    code: Concealed,
    #[serde(rename = "return")]
    back: String,
}

impl Fields for ProveForm {
    const FIELDS: &'static [Field] = &[
        Field::new("password", "account-password").autocomplete("current-password"),
        Field::new("code", "account-code").hint("account-code-hint").autocomplete("one-time-code"),
    ];
}

/// Where somebody is sent who has to prove who they are before they see a page; nobody else is sent anywhere.
///
/// # Errors
/// [`Refusal::SignInNeeded`] for whoever is not signed in.
pub(super) fn proof_first(app: &App, asked: &Asked, viewer: &Viewer) -> Result<Option<Response>, Refusal> {
    viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
    if account::demand_proof(&viewer.actor, app.now()).is_ok() {
        return Ok(None);
    }
    Ok(Some(see_other(&Address::prove(asked.locale).returning(&asked.path()))))
}

/// `GET /{locale}/account/prove`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Query(query): Query<ReturnQuery>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
    let has_code = totp::standing(app.db(), &viewer.actor).await?.is_on;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &ProveForm { back: query.back, ..ProveForm::default() });
    Ok(Page(form_page(shell, sheet, has_code)).into_response())
}

/// `POST /{locale}/account/prove`: the session goes on under another secret.
pub(crate) async fn prove(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Browser(device): Browser,
    form: Form<ProveForm>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |typed: ProveForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        let proof = if typed.code.reveal().trim().is_empty() {
            Proof::Password(Password::typed(typed.password.reveal()))
        } else {
            Proof::Code(typed.code.reveal().to_owned())
        };
        let session = account::prove(app.db(), app.gate(), &viewer.actor, &proof, &device).await?;
        Ok::<_, Refusal>((session, typed.back))
    });
    match outcome.await {
        Ok((session, back)) => Ok(begin(&asked, &session, &back)),
        Err(unmet) => {
            let again = async |sheet| {
                let has_code = totp::standing(app.db(), &viewer.actor).await?.is_on;
                Ok(form_page(Shell::new(&app, &asked), sheet, has_code))
            };
            unmet.on(again).await
        }
    }
}

fn form_page(shell: Shell, sheet: Sheet, has_code: bool) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-prove-hint");
    let part = if has_code { Part::Code("code") } else { Part::Password("password") };
    FormPage::new(shell, sheet, "account-prove", Address::prove(locale), "account-go-on")
        .saying(says)
        .with([part, Part::Hidden("return")])
        .leading(&Address::account(locale), "form-cancel")
}
