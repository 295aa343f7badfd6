//! The directory: its rows and their counts, and the terms under which bodies are found. All of it can be made anew from
//! the bodies themselves.

use db::{AT_ONCE, Error, FromRow, Read, Row, Tx, row, sql};

use super::super::directory::Card;
use super::super::model::Kind;
use super::super::name::Names;
use crate::Result;
use crate::id::OrganisationId;

/// One choice of country, kind and field; an empty one is any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Choice<'a> {
    pub(in super::super) country: &'a str,
    pub(in super::super) kind: &'a str,
    pub(in super::super) field: &'a str,
}

/// Puts a body into the directory under every choice that it stands under.
pub(in super::super) async fn enter(
    tx: &Tx,
    id: OrganisationId,
    sort_key: &str,
    choices: &[Choice<'_>],
) -> Result<()> {
    for choice in choices {
        tx.run(sql!(
            "insert into organisation_entry (country, kind, field, sort_key, organisation) values ($1, $2, $3, $4, $5)",
            choice.country,
            choice.kind,
            choice.field,
            sort_key,
            id
        ))
        .await?;
        tx.run(sql!(
            "insert into organisation_tally (country, kind, field, entries) values ($1, $2, $3, 1)
            on conflict (country, kind, field) do update set entries = organisation_tally.entries + 1",
            choice.country,
            choice.kind,
            choice.field
        ))
        .await?;
    }
    Ok(())
}

/// Takes a body out of the directory.
pub(in super::super) async fn leave(tx: &Tx, id: OrganisationId) -> Result<()> {
    tx.run(sql!(
        "update organisation_tally set entries = entries - 1 where exists (
            select 1 from organisation_entry e where e.organisation = $1 and e.country = organisation_tally.country
                and e.kind = organisation_tally.kind and e.field = organisation_tally.field)",
        id
    ))
    .await?;
    tx.run(sql!("delete from organisation_entry where organisation = $1", id)).await?;
    Ok(())
}

/// Forgets under which terms a body is found.
pub(in super::super) async fn forget(tx: &Tx, id: OrganisationId) -> Result<()> {
    tx.run(sql!("delete from organisation_term where organisation = $1", id)).await?;
    Ok(())
}

/// Lets a body be found under `terms`.
pub(in super::super) async fn index(tx: &Tx, id: OrganisationId, terms: &[String]) -> Result<()> {
    for terms in terms.chunks(AT_ONCE) {
        let mut values: Vec<&str> = terms.iter().map(String::as_str).collect();
        let last = values[values.len() - 1];
        values.resize(AT_ONCE, last);
        tx.run(sql!(
            "insert into organisation_term (organisation, term) values
            ($1, $2), ($1, $3), ($1, $4), ($1, $5), ($1, $6), ($1, $7), ($1, $8), ($1, $9), ($1, $10), ($1, $11)
            on conflict (term, organisation) do nothing",
            id,
            values[0],
            values[1],
            values[2],
            values[3],
            values[4],
            values[5],
            values[6],
            values[7],
            values[8],
            values[9]
        ))
        .await?;
    }
    Ok(())
}

row! {
    /// A place in the directory.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(in super::super) struct Place {
        pub(in super::super) sort_key: String,
        pub(in super::super) organisation: OrganisationId,
    }
}

/// The directory under `choice`, behind `after`, at most `limit`.
pub(in super::super) async fn list(
    read: &Read,
    choice: Choice<'_>,
    after: Option<&Place>,
    limit: u32,
) -> Result<Vec<Place>> {
    // Nothing stands before the empty name, and no id is all zeros.
    let (sort_key, id) =
        after.map_or(("", db::Uuid::nil()), |place| (place.sort_key.as_str(), place.organisation.0));
    let found = read
        .all(sql!(
            "select sort_key, organisation from organisation_entry
            where country = $1 and kind = $2 and field = $3 and (sort_key, organisation) > ($4, $5)
            order by sort_key, organisation limit $6",
            choice.country,
            choice.kind,
            choice.field,
            sort_key,
            id,
            limit
        ))
        .await?;
    Ok(found)
}

/// The same of those bodies alone that have all `terms` in their names, up to three; the last may be the beginning of one.
pub(in super::super) async fn find(
    read: &Read,
    choice: Choice<'_>,
    terms: &[String; 3],
    after: Option<&Place>,
    limit: u32,
) -> Result<Vec<Place>> {
    let (sort_key, id) =
        after.map_or(("", db::Uuid::nil()), |place| (place.sort_key.as_str(), place.organisation.0));
    let found = read
        .all(sql!(
            "select distinct e.sort_key, e.organisation from organisation_term t
            join organisation_entry e on e.organisation = t.organisation
            where t.term >= $4 and t.term < $5
                and exists (select 1 from organisation_term u where u.term = $6 and u.organisation = t.organisation)
                and exists (select 1 from organisation_term v where v.term = $7 and v.organisation = t.organisation)
                and e.country = $1 and e.kind = $2 and e.field = $3 and (e.sort_key, e.organisation) > ($8, $9)
            order by e.sort_key, e.organisation limit $10",
            choice.country,
            choice.kind,
            choice.field,
            &terms[2],
            format!("{}\u{10ffff}", terms[2]),
            &terms[0],
            &terms[1],
            sort_key,
            id,
            limit
        ))
        .await?;
    Ok(found)
}

/// The same of those that have one term, or the beginning of one, in their names.
pub(in super::super) async fn find_one(
    read: &Read,
    choice: Choice<'_>,
    term: &str,
    after: Option<&Place>,
    limit: u32,
) -> Result<Vec<Place>> {
    let (sort_key, id) =
        after.map_or(("", db::Uuid::nil()), |place| (place.sort_key.as_str(), place.organisation.0));
    let found = read
        .all(sql!(
            "select distinct e.sort_key, e.organisation from organisation_term t
            join organisation_entry e on e.organisation = t.organisation
            where t.term >= $4 and t.term < $5
                and e.country = $1 and e.kind = $2 and e.field = $3 and (e.sort_key, e.organisation) > ($6, $7)
            order by e.sort_key, e.organisation limit $8",
            choice.country,
            choice.kind,
            choice.field,
            term,
            format!("{term}\u{10ffff}"),
            sort_key,
            id,
            limit
        ))
        .await?;
    Ok(found)
}

impl FromRow for Card {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let kind: String = row.get("kind")?;
        Ok(Self {
            id: row.get("id")?,
            reference: row.get("reference")?,
            names: Names::default(),
            kind: Kind::parse(&kind)
                .ok_or_else(|| Error::Refused(format!("an organisation of the kind “{kind}”")))?,
            country: row.get("country")?,
            region: row.get("region")?,
        })
    }
}

/// What lists show of the bodies with these ids, ten at most, without their names.
pub(in super::super) async fn cards(read: &Read, ids: &[OrganisationId]) -> Result<Vec<Card>> {
    let found = read
        .all(sql!(
            "select id, reference, kind, country, region from organisation
            where id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            ..ids
        ))
        .await?;
    Ok(found)
}

row! {
    /// How many bodies stand under one value of a choice.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub(in super::super) struct Tally {
        pub(in super::super) code: String,
        pub(in super::super) entries: i64,
    }
}

/// How many bodies there are by country, among those of `choice` whatever its country.
pub(in super::super) async fn by_country(read: &Read, choice: Choice<'_>) -> Result<Vec<Tally>> {
    let found = read
        .all(sql!(
            "select country as code, entries from organisation_tally where kind = $1 and field = $2 and entries > 0
            order by country",
            choice.kind,
            choice.field
        ))
        .await?;
    Ok(found)
}

/// The same by kind.
pub(in super::super) async fn by_kind(read: &Read, choice: Choice<'_>) -> Result<Vec<Tally>> {
    let found = read
        .all(sql!(
            "select kind as code, entries from organisation_tally where country = $1 and field = $2 and entries > 0
            order by kind",
            choice.country,
            choice.field
        ))
        .await?;
    Ok(found)
}

/// The same by field.
pub(in super::super) async fn by_field(read: &Read, choice: Choice<'_>) -> Result<Vec<Tally>> {
    let found = read
        .all(sql!(
            "select field as code, entries from organisation_tally where country = $1 and kind = $2 and entries > 0
            order by field",
            choice.country,
            choice.kind
        ))
        .await?;
    Ok(found)
}
