//! What an organisation has several of: names, domains, identifiers, predecessors, fields, contacts.

use std::collections::BTreeMap;

use db::{Error, FromRow, Read, Row, Tx, sql};

use super::super::model::{Contact, Domain, DomainUse, Draft, Identifier, Organisation};
use super::super::name::{Name, NameKind};
use crate::Result;
use crate::id::OrganisationId;

/// Writes every part.
pub(in super::super) async fn write(tx: &Tx, id: OrganisationId, said: &Draft) -> Result<()> {
    for (place, name) in (0_i64..).zip(&said.names.0) {
        tx.run(sql!(
            "insert into organisation_name (organisation, place, value, folded, language, kind) values ($1, $2, $3, $4, $5, $6)",
            id,
            place,
            &name.value,
            i18n::fold(&name.value),
            name.language.clone(),
            name.kind.code()
        ))
        .await?;
    }
    for domain in &said.domains {
        tx.run(sql!(
            "insert into organisation_domain (organisation, domain_use, domain) values ($1, $2, $3)",
            id,
            domain.r#use.code(),
            &domain.domain
        ))
        .await?;
    }
    for identifier in &said.identifiers {
        tx.run(sql!(
            "insert into organisation_identifier (organisation, scheme, value) values ($1, $2, $3)",
            id,
            &identifier.scheme,
            &identifier.value
        ))
        .await?;
    }
    for predecessor in &said.predecessors {
        tx.run(sql!(
            "insert into organisation_predecessor (organisation, predecessor) values ($1, $2)",
            id,
            *predecessor
        ))
        .await?;
    }
    for field in &said.fields {
        tx.run(sql!("insert into organisation_field (organisation, field) values ($1, $2)", id, field))
            .await?;
    }
    for (place, contact) in (0_i64..).zip(&said.contacts) {
        tx.run(sql!(
            "insert into organisation_contact (organisation, place, name, role, email, phone, public) values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            place,
            &contact.name,
            &contact.role,
            &contact.email,
            &contact.phone,
            contact.public
        ))
        .await?;
    }
    Ok(())
}

/// Takes every part away.
pub(in super::super) async fn clear(tx: &Tx, id: OrganisationId) -> Result<()> {
    tx.run(sql!("delete from organisation_name where organisation = $1", id)).await?;
    tx.run(sql!("delete from organisation_domain where organisation = $1", id)).await?;
    tx.run(sql!("delete from organisation_identifier where organisation = $1", id)).await?;
    tx.run(sql!("delete from organisation_predecessor where organisation = $1", id)).await?;
    tx.run(sql!("delete from organisation_field where organisation = $1", id)).await?;
    tx.run(sql!("delete from organisation_contact where organisation = $1", id)).await?;
    Ok(())
}

struct Of<T> {
    organisation: OrganisationId,
    part: T,
}

impl FromRow for Of<Name> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let kind: String = row.get("kind")?;
        let kind =
            NameKind::parse(&kind).ok_or_else(|| Error::Refused(format!("a name of the kind “{kind}”")))?;
        let part = Name { value: row.get("value")?, language: row.get("language")?, kind };
        Ok(Self { organisation: row.get("organisation")?, part })
    }
}

impl FromRow for Of<Domain> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let code: String = row.get("domain_use")?;
        let r#use =
            DomainUse::parse(&code).ok_or_else(|| Error::Refused(format!("a domain used for “{code}”")))?;
        Ok(Self {
            organisation: row.get("organisation")?,
            part: Domain { r#use, domain: row.get("domain")? },
        })
    }
}

impl FromRow for Of<Identifier> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let part = Identifier { scheme: row.get("scheme")?, value: row.get("value")? };
        Ok(Self { organisation: row.get("organisation")?, part })
    }
}

impl FromRow for Of<OrganisationId> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self { organisation: row.get("organisation")?, part: row.get("predecessor")? })
    }
}

impl FromRow for Of<String> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self { organisation: row.get("organisation")?, part: row.get("field")? })
    }
}

impl FromRow for Of<Contact> {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let part = Contact {
            name: row.get("name")?,
            role: row.get("role")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
            public: row.get("public")?,
        };
        Ok(Self { organisation: row.get("organisation")?, part })
    }
}

/// Reads every part of the bodies with these ids, ten at most, into `found`.
pub(super) async fn read(
    read: &Read,
    ids: &[OrganisationId],
    found: &mut BTreeMap<OrganisationId, Organisation>,
) -> Result<()> {
    let names: Vec<Of<Name>> = read
        .all(sql!(
            "select organisation, value, language, kind from organisation_name
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, place",
            ..ids
        ))
        .await?;
    put(found, names, |organisation, name| organisation.said.names.0.push(name));
    let domains: Vec<Of<Domain>> = read
        .all(sql!(
            "select organisation, domain_use, domain from organisation_domain
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, domain_use desc, domain",
            ..ids
        ))
        .await?;
    put(found, domains, |organisation, domain| organisation.said.domains.push(domain));
    let identifiers: Vec<Of<Identifier>> = read
        .all(sql!(
            "select organisation, scheme, value from organisation_identifier
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, scheme, value",
            ..ids
        ))
        .await?;
    put(found, identifiers, |organisation, identifier| organisation.said.identifiers.push(identifier));
    let predecessors: Vec<Of<OrganisationId>> = read
        .all(sql!(
            "select organisation, predecessor from organisation_predecessor
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, predecessor",
            ..ids
        ))
        .await?;
    put(found, predecessors, |organisation, predecessor| organisation.said.predecessors.push(predecessor));
    let fields: Vec<Of<String>> = read
        .all(sql!(
            "select organisation, field from organisation_field
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, field",
            ..ids
        ))
        .await?;
    put(found, fields, |organisation, field| organisation.said.fields.push(field));
    let contacts: Vec<Of<Contact>> = read
        .all(sql!(
            "select organisation, name, role, email, phone, public from organisation_contact
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, place",
            ..ids
        ))
        .await?;
    put(found, contacts, |organisation, contact| organisation.said.contacts.push(contact));
    Ok(())
}

/// The names of the bodies with these ids, ten at most, with the body that each is of.
pub(in super::super) async fn names(
    read: &Read,
    ids: &[OrganisationId],
) -> Result<Vec<(OrganisationId, Name)>> {
    let found: Vec<Of<Name>> = read
        .all(sql!(
            "select organisation, value, language, kind from organisation_name
            where organisation in ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) order by organisation, place",
            ..ids
        ))
        .await?;
    Ok(found.into_iter().map(|name| (name.organisation, name.part)).collect())
}

fn put<T>(
    found: &mut BTreeMap<OrganisationId, Organisation>,
    parts: Vec<Of<T>>,
    mut add: impl FnMut(&mut Organisation, T),
) {
    for Of { organisation, part } in parts {
        if let Some(organisation) = found.get_mut(&organisation) {
            add(organisation, part);
        }
    }
}
