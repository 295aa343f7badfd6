//! The public directory: pages of organisations by country, kind and field, how many there are under each, and finding one
//! by its name. What a body is stands elsewhere; this reads.

use std::collections::BTreeMap;
use std::fmt;

use db::{AT_ONCE, Db, Read, Uuid};
use i18n::Locale;

use super::model::{Kind, Organisation, State};
use super::name::{Names, terms};
use super::store::{self, directory::Choice, directory::Place};
use crate::error::Problem;
use crate::id::{OrganisationId, Reference};
use crate::page::{Ask, Page};
use crate::programme::CountryCode;
use crate::{Error, Result, taxonomy};

/// Which organisations are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of one country.
    pub country: Option<CountryCode>,
    /// Those of one kind.
    pub kind: Option<Kind>,
    /// Those active in one field of the taxonomy's first level.
    pub field: Option<String>,
    /// Those with these words in one of their names; the last may be the beginning of one.
    pub name: Option<String>,
}

/// One organisation in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Its id.
    pub id: OrganisationId,
    /// How people name it.
    pub reference: Reference,
    /// Its names.
    pub names: Names,
    /// Its kind.
    pub kind: Kind,
    /// Where it has its seat.
    pub country: CountryCode,
    /// The place within it.
    pub region: String,
}

impl Card {
    /// Its name for a reader of `locale`.
    pub fn name(&self, locale: Locale) -> &str {
        self.names.best(locale).map_or(self.reference.as_str(), |name| name.value.as_str())
    }
}

/// How many organisations stand under each value of a filter, if that alone were changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of the filter.
    pub all: i64,
    /// By country.
    pub by_country: Vec<(CountryCode, i64)>,
    /// By kind, in the order of [`Kind::ALL`].
    pub by_kind: Vec<(Kind, i64)>,
    /// By field, in the order of the taxonomy.
    pub by_field: Vec<(&'static str, i64)>,
}

impl Filter {
    fn choice(&self) -> Choice<'_> {
        Choice {
            country: self.country.as_ref().map_or("", CountryCode::as_str),
            kind: self.kind.map_or("", Kind::code),
            field: self.field.as_deref().unwrap_or(""),
        }
    }

    /// Up to three terms of the name: exact ones and the last, which may be a beginning; the rarest, the longest, guess.
    fn terms(&self) -> Option<[String; 3]> {
        let mut all = terms(self.name.as_deref()?);
        let last = all.pop()?;
        all.sort_by_key(|term| std::cmp::Reverse(term.len()));
        let mut exact = all.into_iter();
        match (exact.next(), exact.next()) {
            (Some(one), Some(two)) => Some([one, two, last]),
            (Some(one), None) => Some([one.clone(), one, last]),
            (None, _) => None,
        }
    }
}

/// A page of the directory, in the order of names, with how many there are.
///
/// # Errors
/// [`Error::Invalid`] naming `limit`, `after` or `field`.
pub async fn list(db: &Db, filter: &Filter, ask: Ask) -> Result<(Page<Card>, Counts)> {
    let ask = ask.checked()?;
    if filter.field.as_deref().is_some_and(|field| !taxonomy::is_field(field)) {
        return Err(Error::field("field", Problem::BadValue));
    }
    let after = ask.after.as_deref().map(Place::parse).transpose()?;
    db.read(async |read| {
        let places = places(&read, filter, after.as_ref(), ask.limit + 1).await?;
        let page = Page::of(places, ask.limit, Place::to_string);
        let ids: Vec<_> = page.items.iter().map(|place| place.organisation).collect();
        let cards = cards(&read, &ids).await?;
        Ok((Page { items: cards, next: page.next }, counts(&read, filter).await?))
    })
    .await
}

async fn places(read: &Read, filter: &Filter, after: Option<&Place>, limit: u32) -> Result<Vec<Place>> {
    let choice = filter.choice();
    let Some(name) = filter.name.as_deref().filter(|name| !name.trim().is_empty()) else {
        return store::directory::list(read, choice, after, limit).await;
    };
    match (filter.terms(), terms(name).pop()) {
        (Some(terms), _) => store::directory::find(read, choice, &terms, after, limit).await,
        (None, Some(term)) => store::directory::find_one(read, choice, &term, after, limit).await,
        (None, None) => Ok(Vec::new()),
    }
}

/// The cards of these organisations, in the order of the ids.
pub(super) async fn cards(read: &Read, ids: &[OrganisationId]) -> Result<Vec<Card>> {
    let mut found = BTreeMap::new();
    for ids in ids.chunks(AT_ONCE) {
        for card in store::directory::cards(read, ids).await? {
            found.insert(card.id, card);
        }
        for (id, name) in store::part::names(read, ids).await? {
            if let Some(card) = found.get_mut(&id) {
                card.names.0.push(name);
            }
        }
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

async fn counts(read: &Read, filter: &Filter) -> Result<Counts> {
    let choice = filter.choice();
    let mut counts = Counts::default();
    for tally in store::directory::by_country(read, choice).await? {
        if tally.code == choice.country {
            counts.all = tally.entries;
        }
        counts.by_country.extend(CountryCode::parse(&tally.code).map(|country| (country, tally.entries)));
    }
    let by_kind = store::directory::by_kind(read, choice).await?;
    counts.by_kind = Kind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, by_kind.iter().find(|tally| tally.code == kind.code())?.entries)))
        .collect();
    let by_field = store::directory::by_field(read, choice).await?;
    counts.by_field = taxonomy::fields()
        .filter_map(|field| {
            Some((field.code, by_field.iter().find(|tally| tally.code == field.code)?.entries))
        })
        .collect();
    Ok(counts)
}

/// Puts a body into the directory as it is now, or takes it out.
pub(super) async fn refresh(tx: &db::Tx, organisation: &Organisation) -> Result<()> {
    store::directory::leave(tx, organisation.id).await?;
    store::directory::forget(tx, organisation.id).await?;
    enter(tx, organisation).await
}

/// Puts a body into the directory that is not in it.
pub(super) async fn enter(tx: &db::Tx, organisation: &Organisation) -> Result<()> {
    let said = &organisation.said;
    if said.listed && organisation.state == State::Active {
        let countries = ["", said.country.as_str()];
        let kinds = ["", said.kind.code()];
        let fields: Vec<&str> = std::iter::once("").chain(said.fields.iter().map(String::as_str)).collect();
        let mut choices = Vec::with_capacity(4 * fields.len());
        for country in countries {
            for kind in kinds {
                choices.extend(fields.iter().map(|field| Choice { country, kind, field }));
            }
        }
        store::directory::enter(tx, organisation.id, &said.names.sort_key(), &choices).await?;
    }
    let terms = if organisation.state == State::Merged { Vec::new() } else { said.names.terms() };
    store::directory::index(tx, organisation.id, &terms).await
}

impl Place {
    fn parse(cursor: &str) -> Result<Self> {
        let wrong = || Error::field("after", Problem::BadValue);
        let (id, sort_key) = cursor.split_once('_').ok_or_else(wrong)?;
        let id: Uuid = id.parse().map_err(|_| wrong())?;
        Ok(Self { sort_key: sort_key.to_owned(), organisation: OrganisationId(id) })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.organisation.0.simple(), self.sort_key)
    }
}
