//! A new password for whoever has forgotten theirs.

use axum::extract::State;
use axum::response::Response;
use domain::account::{self, Password};
use serde::{Deserialize, Serialize};

use super::register::{PasswordForm, VoucherQuery, voucher};
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Query};
use crate::form::{Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{Page, Shell};

/// Whose password.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ResetForm {
    email: String,
}

impl Fields for ResetForm {
    const FIELDS: &'static [Field] = &[Field::new("email", "account-email").autocomplete("username")];
}

/// `GET /{locale}/account/reset`.
pub(crate) async fn ask_page(State(app): State<App>, asked: Asked) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<ResetForm>(&shell);
    Ok(Page(ask_form(shell, sheet)))
}

/// `POST /{locale}/account/reset`. Whether there is such an account, only the letter tells.
pub(crate) async fn ask(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<ResetForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome =
        form.then(async |typed: ResetForm| account::ask_reset(app.db(), &typed.email, &device).await);
    match outcome.await {
        Ok(()) => Ok(see_other(&Address::check_mail(locale))),
        Err(unmet) => unmet.on(async |sheet| Ok(ask_form(Shell::new(&app, &asked), sheet))).await,
    }
}

/// `GET /{locale}/account/password`, where the link in the letter leads.
pub(crate) async fn choose_page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<VoucherQuery>,
) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    let secret = query.read()?;
    account::reset_works(app.db(), &secret).await?;
    let shell = Shell::new(&app, &asked);
    let voucher = secret.reveal().to_owned();
    let sheet = Sheet::filled(&shell, &PasswordForm { voucher, ..PasswordForm::default() });
    Ok(Page(choose_form(shell, sheet)))
}

/// `POST /{locale}/account/password`: every session ends.
pub(crate) async fn choose(
    State(app): State<App>,
    asked: Asked,
    form: Form<PasswordForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: PasswordForm| {
        let (voucher, password) = (voucher(&typed.voucher)?, Password::typed(typed.password.reveal()));
        account::reset(app.db(), app.gate(), &voucher, &password).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.end();
            asked.visit.say("account-password-changed", &[]);
            Ok(see_other(&Address::sign_in(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(choose_form(Shell::new(&app, &asked), sheet))).await,
    }
}

fn ask_form(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-reset-hint");
    FormPage::new(shell, sheet, "account-forgot", Address::reset(locale), "account-send-link")
        .saying(says)
        .with([Part::Email("email")])
        .leading(&Address::sign_in(locale), "account-sign-in")
}

fn choose_form(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    FormPage::new(shell, sheet, "account-choose-password", Address::password(locale), "account-save")
        .with([Part::Password("password"), Part::Hidden("voucher")])
}
