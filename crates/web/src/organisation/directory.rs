//! The directory: organisations by country, kind and field, and by name.

use askama::Template;
use axum::extract::State;
use domain::organisation::{self, Counts};
use domain::page::Ask;
use i18n::{Locale, Translator};

use super::chosen::{Chosen, DirectoryQuery};
use super::{facets, words};
use crate::App;
use crate::chart::Chart;
use crate::component::{Cards, Crumbs, Empty, Facets, Link, Paging};
use crate::error::Refusal;
use crate::extract::{Asked, Query};
use crate::page::{InLanguage, Page, Shell};

/// Organisations on one page.
const COUNT: u32 = 24;

/// A page of the directory.
#[derive(Debug, Template)]
#[template(path = "organisation/directory.html")]
pub(crate) struct DirectoryPage {
    shell: Shell,
    crumbs: Crumbs,
    /// What the search carries along.
    carried: Vec<(&'static str, String)>,
    /// What was searched for.
    name: String,
    /// How many there are, or what was searched for.
    heading: String,
    cards: Cards,
    empty: Option<Empty>,
    facets: Facets,
    /// The whole directory, where this is not all of it.
    reset: Option<Link>,
    paging: Option<Paging>,
    chart: Option<Chart>,
}

impl InLanguage for DirectoryPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /{locale}/organisations`.
pub(crate) async fn directory(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<DirectoryQuery>,
) -> Result<Page<DirectoryPage>, Refusal> {
    let locale = asked.fixed()?;
    let (chosen, after) = query.read()?;
    let is_later = after.is_some();
    let (page, counts) = organisation::list(app.db(), &chosen.filter(), Ask { limit: COUNT, after }).await?;
    let shell = Shell::new(&app, &asked);
    let (programme, t) = (app.programme(), shell.t);
    let is_whole = chosen.country.is_none() && chosen.name.is_none() && !is_later;
    let reset = Link::new(Chosen::default().href(locale), t.text("organisation-show-all"));
    let cards = page.items.iter().map(|body| words::card(programme, t, body)).collect();
    let next = page.next.map(|next| Link::new(chosen.page(locale, Some(&next)), t.text("organisation-more")));
    let back = is_later.then(|| Link::new(chosen.href(locale), t.text("organisation-from-start")));
    Ok(Page(DirectoryPage {
        crumbs: shell.crumbs(Vec::new(), t.text("organisation-directory")),
        carried: chosen.carried(),
        heading: heading(t, &chosen, &counts),
        empty: page.items.is_empty().then(|| empty(t, &chosen, &reset)),
        cards: Cards { items: cards },
        facets: facets::facets(programme, t, &chosen, &counts),
        reset: (!chosen.is_all()).then_some(reset),
        paging: (next.is_some() || back.is_some()).then(|| Paging {
            label: t.text("organisation-directory").into_owned(),
            back,
            next,
            place: None,
        }),
        chart: (is_whole && counts.by_country.len() > 1).then(|| facets::by_country(t, &counts)),
        name: chosen.name.unwrap_or_default(),
        shell,
    }))
}

/// How many there are. Of a search they are not counted, so it says what was searched for.
fn heading(t: Translator, chosen: &Chosen, counts: &Counts) -> String {
    match &chosen.name {
        Some(name) => t.with("organisation-found", &[("name", name.as_str().into())]),
        None => t.with("organisation-count", &[("count", counts.all.into())]),
    }
}

fn empty(t: Translator, chosen: &Chosen, reset: &Link) -> Empty {
    if chosen.is_all() {
        return Empty {
            title: t.text("organisation-none-yet").into(),
            hint: t.text("organisation-none-yet-hint").into(),
            action: None,
        };
    }
    Empty {
        title: t.text("organisation-none").into(),
        hint: t.text("organisation-none-hint").into(),
        action: Some(reset.clone()),
    }
}
