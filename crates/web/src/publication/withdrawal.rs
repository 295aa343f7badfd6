//! Taking news off the site, after a question.

use axum::extract::State;
use axum::response::Response;
use domain::publication::{self, Publication};

use super::News;
use crate::App;
use crate::address::{Address, see_other};
use crate::confirm::{ConfirmPage, VersionConfirmation};
use crate::error::Refusal;
use crate::extract::{Asked, NewsPath, Viewer};
use crate::form::{Form, Sheet};
use crate::page::{Page, Shell};

/// `GET /{locale}/desk/news/{reference}/withdrawal`.
pub(crate) async fn question(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
) -> Result<Page<ConfirmPage>, Refusal> {
    asked.fixed()?;
    publication::may_publish(&viewer.actor).map_err(|error| viewer.refused(error))?;
    let publication = publication::load(app.db(), &reference).await?;
    let shell = Shell::new(&app, &asked);
    let sheet = Sheet::filled(&shell, &VersionConfirmation { version: publication.version });
    Ok(Page(page(shell, sheet, &publication)))
}

/// `POST /{locale}/desk/news/{reference}/withdrawal`.
pub(crate) async fn withdraw(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    NewsPath(reference): NewsPath,
    form: Form<VersionConfirmation>,
) -> Result<Response, Refusal> {
    let locale = asked.fixed()?;
    let outcome = form.then(async |seen: VersionConfirmation| {
        publication::withdraw(app.db(), &viewer.actor, &reference, Some(seen.version))
            .await
            .map_err(|error| viewer.refused(error))
    });
    match outcome.await {
        Ok(()) => {
            asked.visit.say("publication-now-withdrawn", &[("reference", reference.as_str())]);
            Ok(see_other(&Address::news_desk(locale)))
        }
        Err(unmet) => {
            let again = async |sheet: Sheet| {
                let publication = publication::load(app.db(), &reference).await?;
                // What is confirmed next is what is shown now.
                let sheet = sheet.showing(&VersionConfirmation { version: publication.version });
                Ok(page(Shell::new(&app, &asked), sheet, &publication))
            };
            unmet.on(again).await
        }
    }
}

fn page(shell: Shell, sheet: Sheet, publication: &Publication) -> ConfirmPage {
    let (t, locale) = (shell.t, shell.locale());
    let title = News::of(publication, t).title.value;
    ConfirmPage {
        sheet,
        question: t.with("publication-withdraw-question", &[("title", title.into())]),
        consequences: vec![
            t.text("publication-withdraw-hidden").into_owned(),
            t.text("publication-withdraw-kept").into_owned(),
        ],
        deed: t.text("publication-withdraw").into_owned(),
        action: Address::news_withdrawal(locale, &publication.reference).to_string(),
        back: Address::news_desk(locale).to_string(),
        shell,
    }
}
