//! The second factor: set up by a picture that an app reads, turned off, and its recovery codes.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::account::totp::{self, Enrolment};
use i18n::Locale;
use qrcode::{Color, QrCode};
use serde::{Deserialize, Serialize};

use super::prove::proof_first;
use crate::App;
use crate::address::{Address, see_other};
use crate::confirm::{Confirmation, ConfirmPage};
use crate::error::Refusal;
use crate::extract::{Asked, Viewer};
use crate::form::{Concealed, Field, Fields, Form, FormPage, SaidPage, Sheet};
use crate::page::{InLanguage, Page, Shell};

/// The page on which it is set up.
#[derive(Debug, Template)]
#[template(path = "account/second_factor.html")]
pub(crate) struct SetUpPage {
    shell: Shell,
    sheet: Sheet,
    /// The picture and the secret; not shown again once a code was wrong, since the app has them.
    shown: Option<Shown>,
    action: Address,
    begins: Address,
}

/// What an app is told.
#[derive(Debug)]
struct Shown {
    picture: Picture,
    /// The secret in groups of four, for whoever types it.
    secret: String,
}

/// A square of dark and light, as the outline of its dark parts.
#[derive(Debug)]
struct Picture {
    /// Its side, with the light margin that readers need.
    side: usize,
    outline: String,
}

/// Light squares around the picture.
const MARGIN: usize = 4;

impl Picture {
    fn of(text: &str) -> Result<Self, Refusal> {
        let code = QrCode::new(text).map_err(domain::Error::internal)?;
        let width = code.width();
        let mut outline = String::new();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            if color == Color::Dark {
                let (x, y) = (at % width + MARGIN, at / width + MARGIN);
                outline.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        Ok(Self { side: width + 2 * MARGIN, outline })
    }
}

impl Shown {
    fn of(enrolment: &Enrolment) -> Result<Self, Refusal> {
        let letters: Vec<char> = enrolment.secret.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(Self { picture: Picture::of(&enrolment.uri)?, secret: groups.join(" ") })
    }
}

impl InLanguage for SetUpPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// The code that shows that the app has the secret.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct SetUpForm {
    #[serde(skip_serializing)]
    code: Concealed,
}

impl Fields for SetUpForm {
    const FIELDS: &'static [Field] =
        &[Field::new("code", "account-code").hint("account-code-new-hint").autocomplete("one-time-code")];
}

/// `GET /{locale}/account/second-factor`.
pub(crate) async fn page(State(app): State<App>, asked: Asked, viewer: Viewer) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let is_on = totp::standing(app.db(), &viewer.actor).await?.is_on;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<Confirmation>(&shell);
    Ok(Page(overview(shell, sheet, is_on)).into_response())
}

/// `POST /{locale}/account/second-factor`: shows the secret, which counts once a code has shown that the app has it.
pub(crate) async fn set_up(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |_: Confirmation| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        totp::begin(app.db(), &viewer.actor, &app.settings().programme).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(enrolment) => {
            let shell = Shell::new(&app, &asked);
            let sheet = Sheet::blank::<SetUpForm>(&shell);
            Ok(Page(set_up_page(shell, sheet, Some(Shown::of(&enrolment)?))).into_response())
        }
        Err(unmet) => {
            let again = async |sheet| {
                let is_on = totp::standing(app.db(), &viewer.actor).await?.is_on;
                Ok(overview(Shell::new(&app, &asked), sheet, is_on))
            };
            unmet.on(again).await
        }
    }
}

/// `POST /{locale}/account/second-factor/code`: turns it on, and shows the recovery codes.
pub(crate) async fn turn_on(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<SetUpForm>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |typed: SetUpForm| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        totp::confirm(app.db(), &viewer.actor, typed.code.reveal()).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(codes) => Ok(Page(codes_page(Shell::new(&app, &asked), codes)).into_response()),
        Err(unmet) => unmet.on(async |sheet| Ok(set_up_page(Shell::new(&app, &asked), sheet, None))).await,
    }
}

/// `POST /{locale}/account/second-factor/recovery`: other recovery codes; the old ones work no more.
pub(crate) async fn renew(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    let outcome = form.then(async |_: Confirmation| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        totp::renew_codes(app.db(), &viewer.actor).await.map_err(Refusal::from)
    });
    match outcome.await {
        Ok(codes) => Ok(Page(codes_page(Shell::new(&app, &asked), codes)).into_response()),
        Err(unmet) => unmet.on(async |sheet| Ok(renewal(Shell::new(&app, &asked), sheet))).await,
    }
}

/// `GET /{locale}/account/second-factor/recovery`.
pub(crate) async fn renew_page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<Confirmation>(&shell);
    Ok(Page(renewal(shell, sheet)).into_response())
}

/// `GET /{locale}/account/second-factor/off`.
pub(crate) async fn turn_off_page(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
) -> Result<Response, Refusal> {
    asked.fixed()?;
    if let Some(first) = proof_first(&app, &asked, &viewer)? {
        return Ok(first);
    }
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::blank::<Confirmation>(&shell);
    Ok(Page(ending(shell, sheet)).into_response())
}

/// `POST /{locale}/account/second-factor/off`. Turning off what is off is turning it off.
pub(crate) async fn turn_off(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |_: Confirmation| {
        viewer.actor.account().ok_or_else(|| viewer.sign_in_first())?;
        match totp::remove(app.db(), &viewer.actor).await {
            Ok(()) | Err(domain::Error::Conflict(_)) => Ok(()),
            Err(other) => Err(Refusal::from(other)),
        }
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.say("account-second-factor-now-off", &[]);
            Ok(see_other(&Address::account(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(ending(Shell::new(&app, &asked), sheet))).await,
    }
}

fn overview(shell: Shell, sheet: Sheet, is_on: bool) -> FormPage {
    let (t, locale) = (shell.t, shell.locale());
    let back = Address::account(locale);
    if is_on {
        return FormPage::new(
            shell,
            sheet,
            "account-second-factor",
            Address::recovery(locale),
            "account-codes-renew",
        )
        .saying(t.text("account-second-factor-on"))
        .leading(&Address::second_factor_off(locale), "account-second-factor-end")
        .leading(&back, "account-mine");
    }
    FormPage::new(
        shell,
        sheet,
        "account-second-factor",
        Address::second_factor(locale),
        "account-second-factor-add",
    )
    .saying(t.text("account-second-factor-hint"))
    .leading(&back, "account-mine")
}

fn renewal(shell: Shell, sheet: Sheet) -> FormPage {
    let (t, locale) = (shell.t, shell.locale());
    FormPage::new(shell, sheet, "account-codes", Address::recovery(locale), "account-codes-renew")
        .saying(t.text("account-codes-renew-hint"))
        .leading(&Address::account(locale), "form-cancel")
}

fn set_up_page(shell: Shell, sheet: Sheet, shown: Option<Shown>) -> SetUpPage {
    let locale = shell.locale();
    SetUpPage {
        shell,
        sheet,
        shown,
        action: Address::second_factor_code(locale),
        begins: Address::second_factor(locale),
    }
}

fn codes_page(shell: Shell, codes: Vec<String>) -> SaidPage {
    let locale = shell.locale();
    SaidPage::new(shell, "account-codes")
        .saying("account-codes-hint")
        .saying("account-codes-once")
        .listing(codes)
        .leading(&Address::account(locale), "account-go-on")
}

fn ending(shell: Shell, sheet: Sheet) -> ConfirmPage {
    let (t, locale) = (shell.t, shell.locale());
    ConfirmPage {
        sheet,
        question: t.text("account-second-factor-end-question").into_owned(),
        consequences: vec![t.text("account-second-factor-end-hint").into_owned()],
        deed: t.text("account-second-factor-end").into_owned(),
        action: Address::second_factor_off(locale).to_string(),
        back: Address::account(locale).to_string(),
        shell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_the_code_with_its_margin() {
        let text = "otpauth://totp/Causeway:ana%40example.org?secret=ABCDEFGH";
        let picture = Picture::of(text).unwrap();
        let code = QrCode::new(text).unwrap();
        let dark = code.to_colors().into_iter().filter(|color| *color == Color::Dark).count();
        assert_eq!(picture.side, code.width() + 8);
        assert_eq!(picture.outline.matches('M').count(), dark);
        assert!(picture.outline.starts_with("M4 4h1v1h-1z"), "the corner of the finder is dark");
    }
}
