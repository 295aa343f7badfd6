//! The page of the programme: its countries, how the cooperation with each stands, and what is published of it.

use std::cmp::Ordering;

use askama::Template;
use axum::extract::State;
use domain::programme::{Country, ListKind, PartnerKind, Programme};
use i18n::{Collation, Locale, Translator};
use jiff::Timestamp;
use serde::Deserialize;

use super::published::{self, BySource};
use super::words::{clock, label, languages, partner};
use crate::App;
use crate::chart::{Chart, Tile, Tint, tiles};
use crate::component::{Cell, Chip, Column, Order, Row, Table, Tone};
use crate::error::Refusal;
use crate::extract::{Asked, Query};
use crate::page::{InLanguage, Page, Shell};

/// The programme.
#[derive(Debug, Template)]
#[template(path = "programme/programme.html")]
pub(crate) struct ProgrammePage {
    shell: Shell,
    mechanisms: Chart,
    countries: Table,
    over_time: Option<Chart>,
    /// What has to be said beside every figure.
    note: String,
    published: Vec<BySource>,
}

impl InLanguage for ProgrammePage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// How the countries are ordered: by their names, one way or the other, or as the programme has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum By {
    #[serde(rename = "name")]
    Name,
    #[serde(rename = "-name")]
    NameBack,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ProgrammeQuery {
    order: Option<By>,
}

/// `GET /{locale}/programme`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    Query(query): Query<ProgrammeQuery>,
) -> Result<Page<ProgrammePage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let (programme, t) = (app.programme(), shell.t);
    Ok(Page(ProgrammePage {
        mechanisms: mechanisms(programme, t),
        countries: countries(programme, t, query.order, app.now()),
        over_time: published::over_time(programme, t),
        note: programme.figure_note(t.locale()).to_owned(),
        published: published::by_source(programme, t),
        shell,
    }))
}

fn countries(programme: &Programme, t: Translator, order: Option<By>, now: Timestamp) -> Table {
    let mut served: Vec<&Country> = programme.countries().collect();
    if let Some(order) = order {
        let collation = Collation::of(t.locale());
        served.sort_by(|a, b| {
            let ordering = collation.compare(a.name(t.locale()), b.name(t.locale()));
            if order == By::Name { ordering } else { Ordering::reverse(ordering) }
        });
    }
    let (now_ordered, next) = match order {
        Some(By::Name) => (Some(Order::Ascending), "-name"),
        Some(By::NameBack) => (Some(Order::Descending), "name"),
        None => (None, "name"),
    };
    let href = format!("/{}/programme?order={next}#countries", t.locale().tag());
    Table {
        caption: t.text("programme-heading").into(),
        is_caption_unseen: true,
        columns: vec![
            Column::new(t.text("programme-country")).sorted(href, now_ordered),
            Column::new(t.text("programme-centre")),
            Column::new(t.text("programme-authority")),
            Column::new(t.text("programme-agreement")),
            Column::new(t.text("programme-languages")),
            Column::new(t.text("programme-time")),
        ],
        rows: served.into_iter().map(|country| row(programme, t, country, now)).collect(),
    }
}

fn row(programme: &Programme, t: Translator, country: &Country, now: Timestamp) -> Row {
    let link =
        published::names(programme, t).into_iter().find(|link| link.href.ends_with(country.code.as_str()));
    let centre = programme.centre_of(country.code);
    let authority =
        programme.partners_of(country.code).find(|partner| partner.kind == PartnerKind::Authority);
    let nothing = || Cell::new("–");
    let agreement = match programme.mechanism_with(country.code) {
        Some(mechanism) if mechanism.is_signed() => {
            Cell::chip(Chip::new(Tone::Good, t.text("programme-signed")))
        }
        Some(mechanism) => {
            Cell::new(label(programme, t, ListKind::MechanismStates, &mechanism.agreement.state))
        }
        None if country.code == programme.home() => {
            Cell::chip(Chip::new(Tone::Plain, t.text("programme-headquarters")))
        }
        None => nothing(),
    };
    Row {
        cells: vec![
            link.map_or_else(nothing, Cell::link),
            centre.map_or_else(nothing, |centre| partner(t, centre)),
            authority.map_or_else(nothing, |authority| partner(t, authority)),
            agreement,
            Cell::new(languages(t, country)),
            clock(t, country, now).map_or_else(nothing, Cell::new),
        ],
    }
}

fn mechanisms(programme: &Programme, t: Translator) -> Chart {
    let state = |country: &Country| match programme.mechanism_with(country.code) {
        _ if country.code == programme.home() => (Tint::Fourth, t.text("programme-headquarters")),
        Some(mechanism) if mechanism.is_signed() => (Tint::First, t.text("programme-signed")),
        Some(mechanism) if mechanism.is_established() => (Tint::Second, t.text("programme-established")),
        _ => (Tint::Blank, t.text("programme-unpublished")),
    };
    let states: Vec<_> = programme.countries().map(|country| (country, state(country))).collect();
    let drawn: Vec<Tile> = states
        .iter()
        .map(|(country, (tint, words))| Tile {
            code: country.code.as_str().to_owned(),
            tint: *tint,
            says: format!("{}: {words}", country.name(t.locale())),
        })
        .collect();
    let count = |wanted: Tint| states.iter().filter(|(_, (tint, _))| *tint == wanted).count();
    let args = [("signed", count(Tint::First).into()), ("centre", count(Tint::Second).into())];
    let about = t.with("programme-mechanisms-about", &args);
    let caption = t.text("programme-mechanisms");
    let key = [Tint::Fourth, Tint::First, Tint::Second, Tint::Blank]
        .into_iter()
        .filter_map(|tint| states.iter().find(|(_, (found, _))| *found == tint))
        .map(|(_, (tint, words))| (*tint, words.clone().into()))
        .collect();
    let table = Table {
        caption: caption.clone().into(),
        is_caption_unseen: true,
        columns: vec![Column::new(t.text("programme-country")), Column::new(t.text("programme-mechanism"))],
        rows: states
            .iter()
            .map(|(country, (_, words))| Row {
                cells: vec![Cell::new(country.name(t.locale())), Cell::new(words.clone())],
            })
            .collect(),
    };
    Chart {
        picture: tiles("mechanisms", &caption, &about, &drawn),
        caption: caption.into(),
        about: about.into(),
        key,
        numbers: t.text("shell-numbers").into_owned(),
        table,
        nothing: t.text("shell-nothing-to-show").into_owned(),
    }
}
