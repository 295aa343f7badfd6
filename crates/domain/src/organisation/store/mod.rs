//! Every statement of organisations: the body itself here, what it has several of in [`part`], the directory and its
//! terms in [`directory`].

pub(super) mod directory;
pub(super) mod part;

use std::collections::BTreeMap;

use db::{AT_ONCE, Error, FromRow, Read, Row, Tx, row, sql};
use i18n::Locale;

use super::model::{Draft, Identifier, Kind, Organisation, Size, State};
use super::name::Names;
use crate::Result;
use crate::id::{OrganisationId, Reference};
use crate::words::{self, Words};

impl FromRow for Organisation {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let code = |column: &str| row.get::<String>(column);
        let unknown =
            |column: &str, code: &str| Error::Refused(format!("an organisation with the {column} “{code}”"));
        let (kind, state, language) = (code("kind")?, code("state")?, code("language")?);
        let size: Option<String> = row.get("size")?;
        let draft = Draft {
            size: size.map(|size| Size::parse(&size).ok_or_else(|| unknown("size", &size))).transpose()?,
            region: row.get("region")?,
            parent: row.get("parent")?,
            established: row.get("established")?,
            website: row.get("website")?,
            logo: row.get("logo")?,
            language: Locale::parse(&language).ok_or_else(|| unknown("language", &language))?,
            listed: row.get("listed")?,
            ..Draft::named(
                Names::default(),
                Kind::parse(&kind).ok_or_else(|| unknown("kind", &kind))?,
                row.get("country")?,
            )
        };
        Ok(Self {
            id: row.get("id")?,
            reference: row.get("reference")?,
            state: State::parse(&state).ok_or_else(|| unknown("state", &state))?,
            merged_into: row.get("merged_into")?,
            made_at: row.get("made_at")?,
            revised_at: row.get("revised_at")?,
            revision: row.get("revision")?,
            version: row.get("version")?,
            said: draft,
        })
    }
}

/// Inserts it with all its parts, and tells whether its reference was still free.
pub(super) async fn insert(tx: &Tx, organisation: &Organisation) -> Result<bool> {
    let said = &organisation.said;
    let inserted = tx
        .run(sql!(
            "insert into organisation (id, reference, kind, size, country, region, parent, established, website, logo,
                language, listed, state, sort_key, made_at, revised_at, revision, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $15, 1, 1)
            on conflict (reference) do nothing",
            organisation.id,
            &organisation.reference,
            said.kind.code(),
            said.size.map(Size::code),
            said.country,
            &said.region,
            said.parent.map(|parent| parent.0),
            said.established,
            &said.website,
            said.logo.map(|logo| logo.0),
            said.language.tag(),
            said.listed,
            organisation.state.code(),
            said.names.sort_key(),
            organisation.made_at
        ))
        .await?;
    if inserted == 1 {
        write_parts(tx, organisation.id, said).await?;
    }
    Ok(inserted == 1)
}

/// Writes what is said of it now over what was said before, if it is still at `version`.
pub(super) async fn revise(tx: &Tx, id: OrganisationId, version: i64, said: &Draft) -> Result<bool> {
    let changed = tx
        .run(sql!(
            "update organisation set kind = $3, size = $4, country = $5, region = $6, parent = $7, established = $8,
                website = $9, logo = $10, language = $11, listed = $12, sort_key = $13, revised_at = $14,
                revision = revision + 1, version = version + 1
            where id = $1 and version = $2 and state = 'active'",
            id,
            version,
            said.kind.code(),
            said.size.map(Size::code),
            said.country,
            &said.region,
            said.parent.map(|parent| parent.0),
            said.established,
            &said.website,
            said.logo.map(|logo| logo.0),
            said.language.tag(),
            said.listed,
            said.names.sort_key(),
            tx.now()
        ))
        .await?;
    if changed == 1 {
        part::clear(tx, id).await?;
        write_parts(tx, id, said).await?;
    }
    Ok(changed == 1)
}

async fn write_parts(tx: &Tx, id: OrganisationId, said: &Draft) -> Result<()> {
    part::write(tx, id, said).await?;
    words::write(tx, id.0, "description", &said.description).await?;
    Ok(())
}

/// Sets its state, and what it was merged into.
pub(super) async fn set_state(
    tx: &Tx,
    id: OrganisationId,
    state: State,
    merged_into: Option<OrganisationId>,
) -> Result<()> {
    tx.run(sql!(
        "update organisation set state = $2, merged_into = $3, revised_at = $4, version = version + 1 where id = $1",
        id,
        state.code(),
        merged_into.map(|kept| kept.0),
        tx.now()
    ))
    .await?;
    Ok(())
}

/// Lets the directory show it.
pub(super) async fn set_listed(tx: &Tx, id: OrganisationId) -> Result<()> {
    tx.run(sql!(
        "update organisation set listed = true, revised_at = $2, version = version + 1 where id = $1",
        id,
        tx.now()
    ))
    .await?;
    Ok(())
}

/// The body of that reference, whatever its state, without its parts.
pub(super) async fn find(read: &Read, reference: &Reference) -> Result<Option<Organisation>> {
    let found = read
        .optional(sql!(
            "select id, reference, kind, size, country, region, parent, established, website, logo, language, listed,
                state, merged_into, made_at, revised_at, revision, version
            from organisation where reference = $1",
            reference
        ))
        .await?;
    Ok(found)
}

/// The bodies with these ids, whole, in the order of the ids.
pub(super) async fn load(read: &Read, ids: &[OrganisationId]) -> Result<Vec<Organisation>> {
    let mut found = BTreeMap::new();
    for ids in ids.chunks(AT_ONCE) {
        let rows: Vec<Organisation> = read
            .all(sql!(
                "select id, reference, kind, size, country, region, parent, established, website, logo, language, listed,
                    state, merged_into, made_at, revised_at, revision, version
                from organisation where id in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                ..ids
            ))
            .await?;
        found.extend(rows.into_iter().map(|organisation| (organisation.id, organisation)));
        part::read(read, ids, &mut found).await?;
    }
    let mut texts = words::read(read, ids.iter().map(|id| id.0)).await?;
    for organisation in found.values_mut() {
        let mut fields = texts.remove(&organisation.id.0).unwrap_or_default();
        organisation.said.description = fields.remove("description").unwrap_or_else(Words::default);
    }
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The body that has a number.
pub(super) async fn find_by_identifier(
    read: &Read,
    scheme: &str,
    value: &str,
) -> Result<Option<OrganisationId>> {
    let found: Option<(OrganisationId,)> = read
        .optional(sql!(
            "select organisation as value from organisation_identifier where scheme = $1 and value = $2",
            scheme,
            value
        ))
        .await?;
    Ok(found.map(|(id,)| id))
}

row! {
    struct Holder {
        scheme: String,
        value: String,
        organisation: OrganisationId,
    }
}

/// Which bodies have these numbers.
pub(super) async fn holders(
    read: &Read,
    numbers: &[&Identifier],
) -> Result<BTreeMap<Identifier, OrganisationId>> {
    let mut by_scheme: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for number in numbers {
        by_scheme.entry(&number.scheme).or_default().push(&number.value);
    }
    let mut found = BTreeMap::new();
    for (scheme, values) in by_scheme {
        for values in values.chunks(AT_ONCE) {
            let value = |place: usize| values[place.min(values.len() - 1)];
            let holders: Vec<Holder> = read
                .all(sql!(
                    "select scheme, value, organisation from organisation_identifier
                    where scheme = $1 and value in ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                    scheme,
                    value(0),
                    value(1),
                    value(2),
                    value(3),
                    value(4),
                    value(5),
                    value(6),
                    value(7),
                    value(8),
                    value(9)
                ))
                .await?;
            let held = holders.into_iter().map(|holder| {
                (Identifier { scheme: holder.scheme, value: holder.value }, holder.organisation)
            });
            found.extend(held);
        }
    }
    Ok(found)
}

row! {
    struct Named {
        folded: String,
        organisation: OrganisationId,
    }
}

/// Which bodies have these names, folded, in full.
pub(super) async fn named(read: &Read, folded: &[String]) -> Result<BTreeMap<String, Vec<OrganisationId>>> {
    let mut found: BTreeMap<String, Vec<OrganisationId>> = BTreeMap::new();
    for folded in folded.chunks(AT_ONCE) {
        let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
        let named: Vec<Named> = read
            .all(sql!(
                "select folded, organisation from organisation_name
                where folded in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) and kind <> 'acronym'",
                ..&folded
            ))
            .await?;
        for name in named {
            found.entry(name.folded).or_default().push(name.organisation);
        }
    }
    Ok(found)
}

/// The body that one belongs to.
pub(super) async fn parent_of(read: &Read, id: OrganisationId) -> Result<Option<OrganisationId>> {
    let found: Option<(Option<OrganisationId>,)> =
        read.optional(sql!("select parent as value from organisation where id = $1", id)).await?;
    Ok(found.and_then(|(parent,)| parent))
}

/// Active bodies with the mail domain `domain`, those with the fewest mail domains first.
pub(super) async fn list_by_mail_domain(
    read: &Read,
    domain: &str,
    limit: u32,
) -> Result<Vec<OrganisationId>> {
    let found: Vec<(OrganisationId,)> = read
        .all(sql!(
            "select d.organisation as value from organisation_domain d join organisation o on o.id = d.organisation
            where d.domain = $1 and d.domain_use = 'mail' and o.state = 'active' order by o.sort_key, o.id limit $2",
            domain,
            limit
        ))
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Active bodies that belong to `parent`, in the order of their names.
pub(super) async fn list_children(
    read: &Read,
    parent: OrganisationId,
    limit: u32,
) -> Result<Vec<OrganisationId>> {
    let found: Vec<(OrganisationId,)> = read
        .all(sql!(
            "select id as value from organisation where parent = $1 and state = 'active' order by sort_key, id limit $2",
            parent,
            limit
        ))
        .await?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}
