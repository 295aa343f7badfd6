//! Another address for one's account: asked for here, and confirmed by links in letters to both addresses.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Moved};
use serde::{Deserialize, Serialize};

use super::prove::proof_first;
use super::register::{VoucherQuery, voucher};
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Query, Viewer};
use crate::form::{Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{Page, Shell};

/// The new address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct EmailForm {
    email: String,
}

impl Fields for EmailForm {
    const FIELDS: &'static [Field] = &[Field::new("email", "account-new-email").autocomplete("email")];
}

/// The link that was followed.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LinkForm {
    voucher: String,
}

impl Fields for LinkForm {
    const FIELDS: &'static [Field] = &[];
}

/// `GET /{locale}/account/email/change`.
pub(crate) async fn page(State(app): State<App>, asked: Asked, viewer: Viewer) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<EmailForm>(&shell);
    Ok(Page(form_page(shell, sheet)).into_response())
}

/// `POST /{locale}/account/email/change`.
pub(crate) async fn ask(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Browser(device): Browser,
    form: Form<EmailForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: EmailForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        account::ask_email_change(app.db(), &viewer.actor, &typed.email, &device).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.say("account-email-letters", &[]);
            Ok(see_other(&Address::account(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(form_page(Shell::new(&app, &asked), sheet))).await,
    }
}

/// `GET /{locale}/account/email`, where the links in the letters lead. Looking at it takes nothing.
pub(crate) async fn confirm_page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<VoucherQuery>,
) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    let voucher = query.read()?.reveal().to_owned();
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &LinkForm { voucher });
    Ok(Page(confirm_form(shell, sheet)))
}

/// `POST /{locale}/account/email`.
pub(crate) async fn confirm(
    State(app): State<App>,
    asked: Asked,
    form: Form<LinkForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: LinkForm| {
        let voucher = voucher(&typed.voucher)?;
        account::confirm_email(app.db(), &voucher).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(Moved::OneOfTwo) => {
            asked.visit.say("account-email-one-of-two", &[]);
            Ok(see_other(&Address::home(locale)))
        }
        Ok(Moved::Done) => {
            asked.visit.end();
            asked.visit.say("account-email-changed", &[]);
            Ok(see_other(&Address::sign_in(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(confirm_form(Shell::new(&app, &asked), sheet))).await,
    }
}

fn form_page(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-change-email-hint");
    FormPage::new(shell, sheet, "account-change-email", Address::email_change(locale), "account-send-link")
        .saying(says)
        .with([Part::Email("email")])
        .leading(&Address::account(locale), "form-cancel")
}

fn confirm_form(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-confirm-email-hint");
    FormPage::new(shell, sheet, "account-change-email", Address::email(locale), "account-confirm")
        .saying(says)
        .with([Part::Hidden("voucher")])
}
