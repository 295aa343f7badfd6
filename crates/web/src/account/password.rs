//! Changing one's password.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Password};
use serde::{Deserialize, Serialize};

use super::prove::proof_first;
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Viewer};
use crate::form::{Concealed, Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{Page, Shell};

/// The old password and the new one.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ChangeForm {
    #[serde(skip_serializing)]
    current: Concealed,
    #[serde(skip_serializing)]
    password: Concealed,
}

impl Fields for ChangeForm {
    const FIELDS: &'static [Field] = &[
        Field::new("current", "account-current-password").autocomplete("current-password"),
        Field::new("password", "account-new-password")
            .hint("account-password-hint")
            .autocomplete("new-password"),
    ];
}

/// `GET /{locale}/account/password/change`.
pub(crate) async fn page(State(app): State<App>, asked: Asked, viewer: Viewer) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<ChangeForm>(&shell);
    Ok(Page(form_page(shell, sheet)).into_response())
}

/// `POST /{locale}/account/password/change`: every other session ends, and this one goes on under another secret.
pub(crate) async fn change(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Browser(device): Browser,
    form: Form<ChangeForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: ChangeForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        let [current, new] =
            [&typed.current, &typed.password].map(|typed| Password::typed(typed.reveal()));
        account::change_password(app.db(), app.gate(), &viewer.actor, &current, &new, &device)
            .await
            .map_err(Refusal::from)
    });
    match outcome.await {
        Ok(session) => {
            asked.visit.begin(&session);
            asked.visit.say("account-password-changed", &[]);
            Ok(see_other(&Address::account(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(form_page(Shell::new(&app, &asked), sheet))).await,
    }
}

fn form_page(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-password-ends");
    FormPage::new(shell, sheet, "account-change-password", Address::password_change(locale), "account-save")
        .saying(says)
        .with([Part::Password("current"), Part::Password("password")])
        .leading(&Address::account(locale), "form-cancel")
}
