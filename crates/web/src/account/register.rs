//! Registering: what one says of oneself, the letter, and the password once the link in it was followed. And the first
//! administrator, whose link the program prints.

use axum::extract::State;
use axum::response::Response;
use domain::account::{self, Password, Registration, VoucherSecret};
use domain::error::Problem;
use domain::programme::CountryCode;
use serde::{Deserialize, Serialize};

use super::begin;
use super::choice;
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Browser, Query};
use crate::form::{Concealed, Field, Fields, Form, FormPage, Part, SaidPage, Sheet};
use crate::page::{Page, Shell};

/// What somebody says of themselves.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RegisterForm {
    name: String,
    email: String,
    country: Option<String>,
}

impl Fields for RegisterForm {
    const FIELDS: &'static [Field] = &[
        Field::new("name", "account-name").hint("account-name-hint").autocomplete("name"),
        Field::new("email", "account-email").hint("account-email-hint").autocomplete("email"),
        Field::new("country", "account-country").autocomplete("country").optional(),
    ];
}

/// The link that was followed.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct VoucherQuery {
    #[serde(default)]
    voucher: String,
}

impl VoucherQuery {
    /// The voucher in it.
    ///
    /// # Errors
    /// As for one that is over.
    pub(super) fn read(&self) -> Result<VoucherSecret, Refusal> {
        voucher(&self.voucher)
    }
}

/// A voucher as a form carries it.
pub(super) fn voucher(text: &str) -> Result<VoucherSecret, Refusal> {
    VoucherSecret::parse(text).ok_or(Refusal::Domain(domain::Error::Conflict("account-link-over")))
}

/// A password that is chosen by a link.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PasswordForm {
    #[serde(skip_serializing)]
    pub(super) password: Concealed,
    pub(super) voucher: String,
}

impl Fields for PasswordForm {
    const FIELDS: &'static [Field] = &[Field::new("password", "account-new-password")
        .hint("account-password-hint")
        .autocomplete("new-password")];
}

/// The first administrator.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FirstForm {
    name: String,
    email: String,
    #[serde(skip_serializing)]
    password: Concealed,
    voucher: String,
}

impl Fields for FirstForm {
    const FIELDS: &'static [Field] = &[
        Field::new("name", "account-name").hint("account-name-hint").autocomplete("name"),
        Field::new("email", "account-email").autocomplete("username"),
        Field::new("password", "account-new-password")
            .hint("account-password-hint")
            .autocomplete("new-password"),
    ];
}

/// `GET /{locale}/account/register`.
pub(crate) async fn page(State(app): State<App>, asked: Asked) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<RegisterForm>(&shell);
    Ok(Page(register_page(&app, shell, sheet)))
}

/// `POST /{locale}/account/register`. Whether the address has an account already, only the letter tells.
pub(crate) async fn register(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<RegisterForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: RegisterForm| {
        let country = country(typed.country)?;
        let RegisterForm { name, email, .. } = typed;
        let registration = Registration { email, name, latin_name: None, locale, country, time_zone: None };
        account::register(app.db(), registration, &device).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(()) => Ok(see_other(&Address::check_mail(locale))),
        Err(unmet) => {
            unmet.on(async |sheet| Ok(register_page(&app, Shell::new(&app, &asked), sheet))).await
        }
    }
}

/// A country that a form names.
pub(super) fn country(text: Option<String>) -> Result<Option<CountryCode>, Refusal> {
    let read = |text: String| {
        CountryCode::parse(&text).ok_or_else(|| Refusal::field("country", Problem::BadValue))
    };
    text.map(read).transpose()
}

/// `GET /{locale}/account/check-mail`: the same for everybody.
pub(crate) async fn check_mail(State(app): State<App>, asked: Asked) -> Result<Page<SaidPage>, Refusal> {
    let locale = asked.fixed()?;
    let page = SaidPage::new(Shell::new(&app, &asked), "account-check-mail")
        .saying("account-check-mail-hint")
        .saying("account-check-mail-none")
        .leading(&Address::home(locale), "error-back-home");
    Ok(Page(page))
}

/// `GET /{locale}/account/verify`. Looking at it takes nothing: programs that follow the links in letters do no harm.
pub(crate) async fn verify_page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<VoucherQuery>,
) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    account::registered(app.db(), &query.read()?).await?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &PasswordForm { voucher: query.voucher, ..PasswordForm::default() });
    Ok(Page(choose_page(shell, sheet)))
}

/// `POST /{locale}/account/verify`: opens the account, and signs in.
pub(crate) async fn verify(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<PasswordForm>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |typed: PasswordForm| {
        let (voucher, password) = (voucher(&typed.voucher)?, Password::typed(typed.password.reveal()));
        account::confirm(app.db(), app.gate(), &voucher, &password, &device).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(session) => {
            asked.visit.say("account-is-opened", &[]);
            Ok(begin(&asked, &session, ""))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(choose_page(Shell::new(&app, &asked), sheet))).await,
    }
}

/// `GET /{locale}/account/first`.
pub(crate) async fn first_page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<VoucherQuery>,
) -> Result<Page<FormPage>, Refusal> {
    asked.fixed()?;
    account::first_works(app.db(), app.gate(), &query.read()?).await?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &FirstForm { voucher: query.voucher, ..FirstForm::default() });
    Ok(Page(first_form(shell, sheet)))
}

/// `POST /{locale}/account/first`.
pub(crate) async fn first(
    State(app): State<App>,
    asked: Asked,
    Browser(device): Browser,
    form: Form<FirstForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: FirstForm| {
        let (voucher, password) = (voucher(&typed.voucher)?, Password::typed(typed.password.reveal()));
        let FirstForm { name, email, .. } = typed;
        let registration =
            Registration { email, name, latin_name: None, locale, country: None, time_zone: None };
        account::make_first(app.db(), app.gate(), &voucher, registration, &password, &device)
            .await
            .map_err(Refusal::from)
    });
    match outcome.await {
        Ok(session) => {
            asked.visit.say("account-is-opened", &[]);
            Ok(begin(&asked, &session, ""))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(first_form(Shell::new(&app, &asked), sheet))).await,
    }
}

fn register_page(app: &App, shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-register-hint");
    let parts =
        [Part::Text("name"), Part::Email("email"), Part::Select("country", choice::countries(app, locale))];
    FormPage::new(shell, sheet, "account-register", Address::register(locale), "account-register")
        .saying(says)
        .with(parts)
        .leading(&Address::sign_in(locale), "account-sign-in")
}

fn choose_page(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    FormPage::new(shell, sheet, "account-choose-password", Address::verify(locale), "account-open-it")
        .with([Part::Password("password"), Part::Hidden("voucher")])
}

fn first_form(shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let says = shell.t.text("account-first-hint");
    FormPage::new(shell, sheet, "account-first", Address::first(locale), "account-open-it").saying(says).with([
        Part::Text("name"),
        Part::Email("email"),
        Part::Password("password"),
        Part::Hidden("voucher"),
    ])
}
