//! Every statement of memberships: the standing and its periods here, applications in [`application`], people in
//! [`affiliation`], the core programme in [`core`].

pub(super) mod affiliation;
pub(super) mod application;
pub(super) mod core;

use db::{Error, FromRow, Read, Row, Timestamp, Tx, sql};

use super::model::{Class, Membership, Period};
use crate::Result;
use crate::id::OrganisationId;

fn class(row: &Row) -> Result<Class, Error> {
    let code: String = row.get("class")?;
    Class::parse(&code).ok_or_else(|| Error::Refused(format!("a membership of the class “{code}”")))
}

impl FromRow for Membership {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            organisation: row.get("organisation")?,
            class: class(row)?,
            since: row.get("since")?,
            valid_until: row.get("valid_until")?,
            reason: row.get("reason")?,
            version: row.get("version")?,
        })
    }
}

impl FromRow for Period {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self { class: class(row)?, from: row.get("from_at")?, until: row.get("until_at")? })
    }
}

/// Writes a standing over what was there. It has stood so since now, unless only its end moved.
pub(super) async fn write(
    tx: &Tx,
    organisation: OrganisationId,
    class: Class,
    valid_until: Option<Timestamp>,
    reason: Option<&str>,
) -> Result<()> {
    tx.run(sql!(
        "insert into membership (organisation, class, since, valid_until, reason, version) values ($1, $2, $3, $4, $5, 1)
        on conflict (organisation) do update set
            since = case when membership.class = excluded.class then membership.since else excluded.since end,
            class = excluded.class, valid_until = excluded.valid_until, reminded_at = null, reason = excluded.reason,
            version = membership.version + 1",
        organisation,
        class.code(),
        tx.now(),
        valid_until,
        reason
    ))
    .await?;
    Ok(())
}

/// Ends the period that is open and begins another.
pub(super) async fn begin_period(tx: &Tx, organisation: OrganisationId, class: Class) -> Result<()> {
    tx.run(sql!(
        "update membership_period set until_at = $2 where organisation = $1 and until_at is null",
        organisation,
        tx.now()
    ))
    .await?;
    tx.run(sql!(
        "insert into membership_period (organisation, place, class, from_at)
        values ($1, (select coalesce(max(place), 0) + 1 from membership_period where organisation = $1), $2, $3)",
        organisation,
        class.code(),
        tx.now()
    ))
    .await?;
    Ok(())
}

/// An organisation's standing.
pub(super) async fn find(read: &Read, organisation: OrganisationId) -> Result<Option<Membership>> {
    let found = read
        .optional(sql!(
            "select organisation, class, since, valid_until, reason, version from membership where organisation = $1",
            organisation
        ))
        .await?;
    Ok(found)
}

/// What an organisation was, oldest first.
pub(super) async fn list_periods(read: &Read, organisation: OrganisationId) -> Result<Vec<Period>> {
    let found = read
        .all(sql!(
            "select class, from_at, until_at from membership_period where organisation = $1 order by place",
            organisation
        ))
        .await?;
    Ok(found)
}

/// Members whose membership is over, at most `limit`.
pub(super) async fn list_lapsed(read: &Read, limit: u32) -> Result<Vec<Membership>> {
    let found = read
        .all(sql!(
            "select organisation, class, since, valid_until, reason, version from membership
            where class in ('ordinary', 'core') and valid_until <= $1 order by valid_until, organisation limit $2",
            read.now(),
            limit
        ))
        .await?;
    Ok(found)
}

/// Members whose membership ends before `soon` and who were not reminded, at most `limit`.
pub(super) async fn list_ending(read: &Read, soon: Timestamp, limit: u32) -> Result<Vec<Membership>> {
    let found = read
        .all(sql!(
            "select organisation, class, since, valid_until, reason, version from membership
            where class in ('ordinary', 'core') and valid_until > $1 and valid_until <= $2 and reminded_at is null
            order by valid_until, organisation limit $3",
            read.now(),
            soon,
            limit
        ))
        .await?;
    Ok(found)
}

/// Notes that the organisation was reminded.
pub(super) async fn mark_reminded(tx: &Tx, organisation: OrganisationId) -> Result<()> {
    tx.run(sql!("update membership set reminded_at = $2 where organisation = $1", organisation, tx.now()))
        .await?;
    Ok(())
}
