//! The news desk: everything that was published, for whoever writes it.

use askama::Template;
use axum::extract::State;
use domain::page::Ask;
use domain::publication::{self, Desked};
use i18n::{Locale, Translator};
use serde::Deserialize;

use super::News;
use crate::App;
use crate::address::Address;
use crate::error::Refusal;
use crate::extract::{Asked, Query, Viewer};
use crate::page::{InLanguage, Page, Shell};

/// Entries on one page.
const COUNT: u32 = 20;

/// The news desk.
#[derive(Debug, Template)]
#[template(path = "publication/desk.html")]
pub(crate) struct DeskPage {
    shell: Shell,
    entries: Vec<DeskEntry>,
    writing: Address,
    /// The address of the next page.
    older: Option<String>,
}

/// A piece of news on the desk.
#[derive(Debug)]
struct DeskEntry {
    news: News,
    reference: String,
    is_withdrawn: bool,
    revision: Address,
    withdrawal: Address,
}

impl DeskEntry {
    fn of(desked: &Desked, t: Translator) -> Self {
        let Desked { publication, is_withdrawn } = desked;
        Self {
            news: News::of(publication, t),
            reference: publication.reference.to_string(),
            is_withdrawn: *is_withdrawn,
            revision: Address::news_revision(t.locale(), &publication.reference),
            withdrawal: Address::news_withdrawal(t.locale(), &publication.reference),
        }
    }
}

impl InLanguage for DeskPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct DeskQuery {
    after: Option<String>,
}

/// `GET /{locale}/desk/news`.
pub(crate) async fn desk(
    State(app): State<App>,
    asked: Asked,
    viewer: Viewer,
    Query(query): Query<DeskQuery>,
) -> Result<Page<DeskPage>, Refusal> {
    let locale = asked.fixed()?;
    let ask = Ask { limit: COUNT, after: query.after };
    let page =
        publication::list_desk(app.db(), &viewer.actor, ask).await.map_err(|error| viewer.refused(error))?;
    let desk = Address::news_desk(locale);
    let older = page.next.map(|next| format!("{desk}?after={next}"));
    let shell = Shell::new(&app, &asked);
    let entries = page.items.iter().map(|desked| DeskEntry::of(desked, shell.t)).collect();
    Ok(Page(DeskPage { shell, entries, writing: Address::news_writing(locale), older }))
}
