//! People of organisations.

use db::{Error as DbError, FromRow, Read, Row, Tx, sql};

use super::super::model::{Affiliation, AffiliationState};
use crate::id::{AccountId, AffiliationId, OrganisationId};
use crate::{Error, Result};

impl FromRow for Affiliation {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let state: String = row.get("state")?;
        Ok(Self {
            id: row.get("id")?,
            organisation: row.get("organisation")?,
            account: row.get("account")?,
            state: AffiliationState::parse(&state)
                .ok_or_else(|| DbError::Refused(format!("an affiliation in the state “{state}”")))?,
            position: row.get("position")?,
            administrator: row.get("administrator")?,
            since: row.get("since")?,
            until: row.get("until_at")?,
            version: row.get("version")?,
        })
    }
}

/// Inserts it; an invitation with the digest of its token, and who invited.
pub(in super::super) async fn insert(
    tx: &Tx,
    affiliation: &Affiliation,
    token: Option<&str>,
    invited_by: Option<AccountId>,
) -> Result<()> {
    tx.run(sql!(
        "insert into affiliation (id, organisation, account, state, position, administrator, token, until_at, invited_by,
            since, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)",
        affiliation.id,
        affiliation.organisation,
        affiliation.account.map(|account| account.0),
        affiliation.state.code(),
        &affiliation.position,
        affiliation.administrator,
        token,
        affiliation.until,
        invited_by.map(|account| account.0),
        affiliation.since
    ))
    .await?;
    Ok(())
}

/// One.
pub(in super::super) async fn find(read: &Read, id: AffiliationId) -> Result<Option<Affiliation>> {
    let found = read
        .optional(sql!(
            "select id, organisation, account, state, position, administrator, since, until_at, version
            from affiliation where id = $1",
            id
        ))
        .await?;
    Ok(found)
}

/// One that is there.
pub(in super::super) async fn load(read: &Read, id: AffiliationId) -> Result<Affiliation> {
    find(read, id).await?.ok_or(Error::NotFound)
}

/// That of a person who belongs or asks to.
pub(in super::super) async fn find_of(
    read: &Read,
    organisation: OrganisationId,
    person: AccountId,
) -> Result<Option<Affiliation>> {
    let found = read
        .optional(sql!(
            "select id, organisation, account, state, position, administrator, since, until_at, version from affiliation
            where organisation = $1 and account = $2 and state in ('requested', 'active')",
            organisation,
            person
        ))
        .await?;
    Ok(found)
}

/// The invitation with that token, while it can be taken up.
pub(in super::super) async fn find_invited(read: &Read, token: &str) -> Result<Option<Affiliation>> {
    let found = read
        .optional(sql!(
            "select id, organisation, account, state, position, administrator, since, until_at, version from affiliation
            where token = $1 and state = 'invited' and until_at > $2",
            token,
            read.now()
        ))
        .await?;
    Ok(found)
}

/// Says who took an invitation up.
pub(in super::super) async fn assign(tx: &Tx, id: AffiliationId, person: AccountId) -> Result<()> {
    tx.run(sql!(
        "update affiliation set account = $2, token = null, until_at = null where id = $1",
        id,
        person
    ))
    .await?;
    Ok(())
}

/// Sets where it stands.
pub(in super::super) async fn set_state(
    tx: &Tx,
    id: AffiliationId,
    state: AffiliationState,
    administrator: bool,
) -> Result<()> {
    tx.run(sql!(
        "update affiliation set state = $2, administrator = $3, since = $4, version = version + 1 where id = $1",
        id,
        state.code(),
        administrator,
        tx.now()
    ))
    .await?;
    Ok(())
}

/// The people of an organisation, those who ask first.
pub(in super::super) async fn list_of_organisation(
    read: &Read,
    organisation: OrganisationId,
) -> Result<Vec<Affiliation>> {
    let found = read
        .all(sql!(
            "select id, organisation, account, state, position, administrator, since, until_at, version from affiliation
            where organisation = $1 and state in ('requested', 'invited', 'active') order by state desc, since, id",
            organisation
        ))
        .await?;
    Ok(found)
}

/// To what a person belongs or asks to, newest first.
pub(in super::super) async fn list_of_account(read: &Read, person: AccountId) -> Result<Vec<Affiliation>> {
    let found = read
        .all(sql!(
            "select id, organisation, account, state, position, administrator, since, until_at, version from affiliation
            where account = $1 and state in ('requested', 'active') order by since desc, id",
            person
        ))
        .await?;
    Ok(found)
}
