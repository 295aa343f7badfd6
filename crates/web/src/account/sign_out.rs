//! Signing out: the session ends here and in the database.

use axum::extract::State;
use axum::response::Response;
use domain::account::session;

use crate::App;
use crate::address::{Address, see_other};
use crate::confirm::{ConfirmPage, Confirmation};
use crate::error::Refusal;
use crate::extract::{Asked, Viewer};
use crate::form::{Form, Sheet};
use crate::page::Shell;

/// `POST /{locale}/account/sign-out`. Signing out twice is signing out.
pub(crate) async fn sign_out(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    form: Form<Confirmation>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |_: Confirmation| match session::end(app.db(), &viewer.actor).await {
        Ok(()) | Err(domain::Error::NotFound) => Ok(()),
        Err(other) => Err(other),
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.end();
            asked.visit.say("account-signed-out", &[]);
            Ok(see_other(&Address::home(locale)))
        }
        Err(unmet) => unmet.on(async |sheet| Ok(page(Shell::new(&app, &asked), sheet))).await,
    }
}

/// The question, where the form that was sent did not come from a page of this session.
fn page(shell: Shell, sheet: Sheet) -> ConfirmPage {
    let (t, locale) = (shell.t, shell.locale());
    ConfirmPage {
        sheet,
        question: t.text("account-sign-out-question").into_owned(),
        consequences: Vec::new(),
        deed: t.text("account-sign-out").into_owned(),
        action: Address::sign_out(locale).to_string(),
        back: Address::home(locale).to_string(),
        shell,
    }
}
