//! One's own account: what waits, what is known of oneself, and its end.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::{self, Account, Profile, totp};
use domain::error::Problem;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::prove::proof_first;
use super::register::country;
use super::who::OwnLink;
use super::{choice, who};
use crate::App;
use crate::address::{Address, see_other};
use crate::error::Refusal;
use crate::extract::{Asked, Viewer};
use crate::form::{Field, Fields, Form, FormPage, Part, Sheet};
use crate::page::{InLanguage, Page, Shell};

/// The page that somebody who is signed in begins with.
#[derive(Debug, Template)]
#[template(path = "account/own.html")]
pub(crate) struct OwnPage {
    shell: Shell,
    account: Account,
    language: &'static str,
    country: Option<&'static str>,
    second_factor: bool,
    codes_left: i64,
    works: Vec<OwnLink>,
    /// What there is to keep up.
    keeps: Vec<OwnLink>,
    adds_code: Address,
}

impl InLanguage for OwnPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// What somebody says of themselves.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ProfileForm {
    name: String,
    latin_name: Option<String>,
    language: String,
    country: Option<String>,
    time_zone: Option<String>,
    version: i64,
}

impl Fields for ProfileForm {
    const FIELDS: &'static [Field] = &[
        Field::new("name", "account-name").hint("account-name-hint").autocomplete("name"),
        Field::new("latin_name", "account-latin-name").hint("account-latin-name-hint").optional(),
        Field::new("language", "account-language").hint("account-language-hint"),
        Field::new("country", "account-country").autocomplete("country").optional(),
        Field::new("time_zone", "account-time-zone").optional(),
    ];
}

/// The end of an account.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct CloseForm {
    agreed: bool,
}

impl Fields for CloseForm {
    const FIELDS: &'static [Field] = &[Field::new("agreed", "account-close-agreed")];
}

/// `GET /{locale}/account`.
pub(crate) async fn own(State(app): State<App>, asked: Asked, viewer: Viewer) -> Result<Page<OwnPage>, Refusal> {
    let locale = asked.fixed()?;
    let account = account::own(app.db(), &viewer.actor).await.map_err(|_| viewer.sign_in_first())?;
    let standing = totp::standing(app.db(), &viewer.actor).await?;
    let shell = Shell::new(&app, &asked);
    let link = |address, key: &str| OwnLink { address, label: shell.t.text(key).into_owned() };
    let keeps = vec![
        link(Address::profile(locale), "account-profile"),
        link(Address::email_change(locale), "account-change-email"),
        link(Address::password_change(locale), "account-change-password"),
        link(Address::second_factor(locale), "account-second-factor"),
        link(Address::sessions(locale), "account-sessions"),
        link(Address::close(locale), "account-close"),
    ];
    Ok(Page(OwnPage {
        language: account.locale.unwrap_or(locale).autonym(),
        country: account.country.and_then(|code| i18n::country(&code.to_string(), locale)),
        second_factor: standing.is_on,
        codes_left: standing.recovery_codes,
        works: who::works(&viewer.actor, shell.t),
        adds_code: Address::second_factor(locale),
        keeps,
        account,
        shell,
    }))
}

/// `GET /{locale}/account/profile`.
pub(crate) async fn profile(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Page<FormPage>, Refusal> {
    let locale = asked.fixed()?;
    let own = account::own(app.db(), &viewer.actor).await.map_err(|_| viewer.sign_in_first())?;
    let shell = Shell::new(&app, &asked);
    let shown = ProfileForm {
        language: own.locale.unwrap_or(locale).tag().to_owned(),
        country: own.country.map(|code| code.to_string()),
        name: own.name,
        latin_name: own.latin_name,
        time_zone: own.time_zone,
        version: own.version,
    };
    let sheet = Sheet::filled(&shell, &shown);
    Ok(Page(profile_page(&app, shell, sheet)))
}

/// `POST /{locale}/account/profile`.
pub(crate) async fn revise(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<ProfileForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: ProfileForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        let language =
            Locale::parse(&typed.language).ok_or(Refusal::field("language", Problem::BadLanguage))?;
        let profile = Profile {
            // The address has a way of its own.
            email: String::new(),
            name: typed.name,
            latin_name: typed.latin_name,
            locale: language,
            country: country(typed.country)?,
            time_zone: typed.time_zone,
        };
        account::revise(app.db(), &viewer.actor, profile, typed.version).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(_) => {
            asked.visit.say("account-saved", &[]);
            Ok(see_other(&Address::account(locale)))
        }
        Err(unmet) => {
            unmet.on(async |sheet| Ok(profile_page(&app, Shell::new(&app, &asked), sheet))).await
        }
    }
}

/// `GET /{locale}/account/close`.
pub(crate) async fn close_page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<CloseForm>(&shell);
    Ok(Page(close_form(shell, sheet)).into_response())
}

/// `POST /{locale}/account/close`.
pub(crate) async fn close(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<CloseForm>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |typed: CloseForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        if !typed.agreed {
            return Err(Refusal::field("agreed", Problem::Because("account-close-tick")));
        }
        account::close(app.db(), &viewer.actor).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.end();
            asked.visit.say("account-is-closed", &[]);
            Ok(see_other(&Address::home(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(close_form(Shell::new(&app, &asked), sheet))).await,
    }
}

fn profile_page(app: &App, shell: Shell, sheet: Sheet) -> FormPage {
    let locale = shell.locale();
    let own = Some(sheet.value("time_zone").to_owned()).filter(|zone| !zone.is_empty());
    let parts = [
        Part::Text("name"),
        Part::Text("latin_name"),
        Part::Select("language", choice::languages()),
        Part::Select("country", choice::countries(app, locale)),
        Part::Select("time_zone", choice::zones(app, own.as_deref())),
        Part::Hidden("version"),
    ];
    FormPage::new(shell, sheet, "account-profile", Address::profile(locale), "account-save")
        .with(parts)
        .leading(&Address::account(locale), "account-mine")
}

fn close_form(shell: Shell, sheet: Sheet) -> FormPage {
    let (t, locale) = (shell.t, shell.locale());
    FormPage::new(shell, sheet, "account-close", Address::close(locale), "account-close")
        .saying(t.text("account-close-sessions"))
        .saying(t.text("account-close-for-good"))
        .with([Part::Tick("agreed")])
        .grave()
        .leading(&Address::account(locale), "form-cancel")
}
