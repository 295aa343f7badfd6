//! Signing in: address and password, then a code where the account has one.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Password, SessionSecret, SignedIn, VoucherSecret};
use domain::error::Problem;
use serde::{Deserialize, Serialize};

use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Query};
use crate::form::{Concealed, Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{Page, Shell};

/// Where to go afterwards.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct ReturnQuery {
    #[serde(default, rename = "return")]
    pub(super) back: String,
}

/// Address and password.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SignInForm {
    email: String,
    #[serde(skip_serializing)]
    password: Concealed,
    #[serde(rename = "return")]
    back: String,
}

impl Fields for SignInForm {
    const FIELDS: &'static [Field] = &[
        Field::new("email", "account-email").autocomplete("username"),
        Field::new("password", "account-password").autocomplete("current-password"),
    ];
}

/// The second step.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CodeForm {
    #[serde(skip_serializing)]
    code: Concealed,
    voucher: String,
    #[serde(rename = "return")]
    back: String,
}

impl Fields for CodeForm {
    const FIELDS: &'static [Field] =
        &[Field::new("code", "account-code").hint("account-code-hint").autocomplete("one-time-code")];
}

/// `GET /{locale}/account/sign-in`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<ReturnQuery>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    if asked.visit.account().is_some() {
        return Ok(see_other(&Address::own(&query.back).unwrap_or_else(|| Address::account(locale))));
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &SignInForm { back: query.back, ..SignInForm::default() });
    Ok(Page(form_page(shell, sheet)).into_response())
}

/// `POST /{locale}/account/sign-in`. An address without an account is answered as one with a wrong password.
pub(crate) async fn sign_in(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<SignInForm>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |typed: SignInForm| {
        let password = Password::typed(typed.password.reveal());
        let signed_in = account::sign_in(app.db(), app.gate(), &typed.email, &password, &device)
            .await
            .map_err(|error| noted("password", error))?;
        Ok::<_, Refusal>((signed_in, typed.back))
    });
    match outcome.await {
        Ok((SignedIn::Done(session), back)) => Ok(begin(&asked, &session, &back)),
        Ok((SignedIn::CodeNeeded(voucher), back)) => {
            let shell = Shell::new(&app, &asked);
            let step = CodeForm { voucher: voucher.reveal().to_owned(), back, ..CodeForm::default() };
            let sheet = Sheet::filled(&shell, &step);
            Ok(Page(code_page(shell, sheet)).into_response())
        }
        Err(unmet) => unmet.on(async |sheet| Ok(form_page(Shell::new(&app, &asked), sheet))).await,
    }
}

/// `GET /{locale}/account/code`: nobody begins with the second step.
pub(crate) async fn code_first(asked: Asked) -> Result<Response, Refusal> {
    Ok(see_other(&Address::sign_in(asked.fixed()?)))
}

/// `POST /{locale}/account/code`.
pub(crate) async fn code(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<CodeForm>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |typed: CodeForm| {
        let late = || Refusal::field("code", Problem::Because("account-code-late"));
        let voucher = VoucherSecret::parse(&typed.voucher).ok_or_else(late)?;
        let (db, gate, code) = (app.db(), app.gate(), typed.code.reveal());
        match account::sign_in_with_code(db, gate, &voucher, code, &device).await {
            Ok(session) => Ok((session, typed.back)),
            Err(domain::Error::Conflict(_)) => Err(late()),
            Err(other) => Err(other.into()),
        }
    });
    match outcome.await {
        Ok((session, back)) => Ok(begin(&asked, &session, &back)),
        Err(unmet) => unmet.on(async |sheet| Ok(code_page(Shell::new(&app, &asked), sheet))).await,
    }
}

/// Gives the browser its session, and sends it where it was going.
pub(super) fn begin(asked: &Asked, session: &SessionSecret, back: &str) -> Response {
    asked.visit.begin(session);
    see_other(&Address::own(back).unwrap_or_else(|| Address::account(asked.locale)))
}

/// A refusal without a field, as a note at the field where it is to be mended.
pub(super) fn noted(field: &str, error: domain::Error) -> Refusal {
    match error {
        domain::Error::Denied(code) | domain::Error::Conflict(code) => {
            Refusal::field(field, Problem::Because(code))
        }
        other => other.into(),
    }
}

fn form_page(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    FormPage::new(shell, sheet, "account-sign-in", Address::sign_in(locale), "account-sign-in")
        .with([Part::Email("email"), Part::Password("password"), Part::Hidden("return")])
        .leading(&Address::reset(locale), "account-forgot")
        .leading(&Address::register(locale), "account-register")
}

fn code_page(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    FormPage::new(shell, sheet, "account-code-needed", Address::code(locale), "account-sign-in")
        .with([Part::Code("code"), Part::Hidden("voucher"), Part::Hidden("return")])
        .leading(&Address::sign_in(locale), "account-start-again")
}
