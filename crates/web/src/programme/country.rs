//! The page of one country: who takes part there, how the cooperation with it stands, and when its offices are closed.

use std::borrow::Cow;
use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use domain::programme::{Country, DayOff, ListKind, Partner, Programme, Statement, Status};
use i18n::{Locale, Translator};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::published::source;
use super::words::{as_of, clock, label, languages, partner, statement, when};
use crate::App;
use crate::component::{Cell, Chip, Column, Crumbs, Fact, Facts, Link, Row, Table, Text, Tone};
use crate::error::Refusal;
use crate::extract::{Asked, CountryPath};
use crate::page::{InLanguage, Page, Shell};

/// Holidays that are shown.
const HOLIDAYS: usize = 6;

/// One country.
#[derive(Debug, Template)]
#[template(path = "programme/country.html")]
pub(crate) struct CountryPage {
    shell: Shell,
    crumbs: Crumbs,
    name: &'static str,
    facts: Facts,
    mechanism: Option<Facts>,
    partners: Option<Table>,
    holidays: Option<Table>,
}

impl InLanguage for CountryPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /{locale}/programme/{country}`.
pub(crate) async fn page(
    State(app): State<App>,
    asked: Asked,
    CountryPath(code): CountryPath,
) -> Result<Page<CountryPage>, Refusal> {
    let locale = asked.fixed()?;
    let programme = app.programme();
    let country = programme.country(code).ok_or(Refusal::NotFound)?;
    let shell = Shell::new(&app, &asked);
    let t = shell.t;
    let above = Link::new(format!("/{}/programme", locale.tag()), t.text("programme-heading"));
    let name = country.name(locale);
    Ok(Page(CountryPage {
        crumbs: shell.crumbs(vec![above], name),
        name,
        facts: facts(programme, t, country, app.now()),
        mechanism: mechanism(programme, t, country),
        partners: partners(programme, t, country),
        holidays: holidays(programme, t, country, app.now()),
        shell,
    }))
}

fn facts(programme: &Programme, t: Translator, country: &Country, now: Timestamp) -> Facts {
    let mut items = vec![Fact::new(t.text("programme-languages"), Cell::new(languages(t, country)))];
    if let Some(clock) = clock(t, country, now) {
        items.push(Fact::new(t.text("programme-time"), Cell::new(clock)));
    }
    items.push(Fact::new(t.text("programme-currency"), Cell::new(country.currency.code())));
    if let Some(centre) = programme.centre_of(country.code) {
        let cell = partner(t, centre);
        let cell = if country.code == programme.home() {
            Cell { chip: Some(Chip::new(Tone::Plain, t.text("programme-headquarters"))), ..cell }
        } else {
            cell
        };
        items.insert(0, Fact::new(t.text("programme-centre"), cell));
    }
    Facts { items }
}

fn mechanism(programme: &Programme, t: Translator, country: &Country) -> Option<Facts> {
    let mechanism = programme.mechanism_with(country.code)?;
    let fact = |name: Cow<'static, str>, stated: &Statement, is_good: bool| {
        Fact::new(name, statement(programme, t, stated, is_good).noted(as_of(t, stated.as_of)))
    };
    // Mostly one source says all of it: each is named once.
    let sources: BTreeSet<&str> =
        mechanism.statements().into_iter().map(|(_, stated)| stated.source.as_str()).collect();
    Some(Facts {
        items: vec![
            fact(t.text("programme-agreement"), &mechanism.agreement, mechanism.is_signed()),
            fact(t.text("programme-bilateral-centre"), &mechanism.centre, mechanism.is_established()),
            fact(t.text("programme-contact"), &mechanism.contact, mechanism.is_signed()),
            Fact {
                label: t.text("programme-said-by").into_owned(),
                values: sources.into_iter().map(|code| source(programme, code)).collect(),
            },
        ],
    })
}

fn partners(programme: &Programme, t: Translator, country: &Country) -> Option<Table> {
    let row = |body: &Partner| {
        let roles: Vec<String> =
            body.roles.iter().map(|role| label(programme, t, ListKind::PartnerRoles, role)).collect();
        let name = Cell { href: body.web.clone(), ..partner(t, body) };
        let role = Cell::new(t.formats().list_and(&roles));
        let role = match body.since {
            Some(since) => role.noted(when(t, since)),
            None => role,
        };
        let kind = label(programme, t, ListKind::PartnerKinds, body.kind.code());
        Row { cells: vec![name, Cell::new(kind), role, source(programme, &body.source)] }
    };
    let rows: Vec<Row> = programme.partners_of(country.code).map(row).collect();
    (!rows.is_empty()).then(|| Table {
        caption: t.text("programme-partners").into(),
        is_caption_unseen: true,
        columns: vec![
            Column::new(t.text("programme-body")),
            Column::new(t.text("programme-kind")),
            Column::new(t.text("programme-role")),
            Column::new(t.text("programme-said-by")),
        ],
        rows,
    })
}

fn holidays(programme: &Programme, t: Translator, country: &Country, now: Timestamp) -> Option<Table> {
    let zone = country.zones.first().and_then(|zone| TimeZone::get(zone).ok()).unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(now).date();
    let calendar = programme.calendar(country.code)?;
    let mut coming: Vec<&DayOff> =
        calendar.years().iter().flat_map(|year| &year.day_off).filter(|off| off.last() >= today).collect();
    coming.sort_by_key(|off| off.date);
    let row = |off: &DayOff| {
        let (found, name) = programme.holiday_name(off, t.locale());
        let name = Cell::new(Text::of(name, found, t.locale()));
        let name = match off.status {
            Status::Expected => {
                Cell { chip: Some(Chip::new(Tone::Plain, t.text("programme-tentative"))), ..name }
            }
            Status::Announced => name,
        };
        Row { cells: vec![Cell::new(days(t, off.date, off.last())), name] }
    };
    let rows: Vec<Row> = coming.into_iter().take(HOLIDAYS).map(row).collect();
    (!rows.is_empty()).then(|| Table {
        caption: t.text("programme-holidays").into(),
        is_caption_unseen: true,
        columns: vec![Column::new(t.text("programme-when")), Column::new(t.text("programme-holiday"))],
        rows,
    })
}

/// One day, or the first and the last of several.
fn days(t: Translator, first: Date, last: Date) -> String {
    let formats = t.formats();
    if first == last {
        formats.date_long(first)
    } else {
        format!("{} – {}", formats.date_long(first), formats.date_long(last))
    }
}
