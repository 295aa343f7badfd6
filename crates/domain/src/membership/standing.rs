//! An organisation's standing: from class to class, renewed year by year, and the sweep that reminds and suspends.

use db::{Db, Timestamp, Tx};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::{Class, Membership, Period, RENEWAL_DAYS, VALID_DAYS, needed};
use super::{letter, policy, store};
use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::id::{OrganisationId, Reference};
use crate::job::{Failure, Job, Registry};
use crate::organisation::{self, Organisation};
use crate::{Error, Result};

/// Why a membership that nobody renewed rests.
const LAPSED: &str = "lapsed";

/// Until when a membership is valid that begins or is renewed at `from`.
pub(super) fn valid_until(from: Timestamp) -> Result<Timestamp> {
    from.checked_add(SignedDuration::from_hours(24 * VALID_DAYS)).map_err(Error::internal)
}

/// Gives an organisation a standing, and closes the period of the one before.
pub(super) async fn enter(
    tx: &Tx,
    organisation: OrganisationId,
    class: Class,
    valid_until: Option<Timestamp>,
    reason: Option<&str>,
) -> Result<()> {
    store::write(tx, organisation, class, valid_until, reason).await?;
    store::begin_period(tx, organisation, class).await
}

/// An organisation's standing and what it was before, for whoever may see the organisation. The reason is told to its own
/// people and to staff alone.
///
/// # Errors
/// [`Error::NotFound`] where the organisation is not there for the actor.
pub async fn load(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
) -> Result<(Option<Membership>, Vec<Period>)> {
    db.read(async |read| {
        let organisation = organisation::load_whole(&read, actor, reference).await?;
        let mut standing = store::find(&read, organisation.id).await?;
        let periods = store::list_periods(&read, organisation.id).await?;
        if let Some(standing) = &mut standing
            && !organisation::sees_everything(actor, &organisation)
        {
            standing.reason = None;
        }
        Ok((standing, periods))
    })
    .await
}

/// Leads a membership from its class to `next`: into the core programme and out of it, to rest and back.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] for whoever does not run the centre of its country, or belongs to it;
/// [`Error::Invalid`] naming `reason` where it is needed and missing; [`Error::Conflict`] where this step is not possible;
/// [`Error::Stale`].
pub async fn lead(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    next: Class,
    reason: &str,
) -> Result<Membership> {
    let reason = match next {
        Class::Suspended | Class::Left => Some(needed("reason", reason)?),
        Class::Applicant | Class::Ordinary | Class::Core => {
            Some(reason.trim().to_owned()).filter(|text| !text.is_empty())
        }
    };
    change_class(db, reference, version, actor, next, reason, policy::may_lead).await
}

/// Leaves the network.
///
/// # Errors
/// As [`lead`]; the organisation's own administrators may, too.
pub async fn leave(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    reason: &str,
) -> Result<Membership> {
    let reason = Some(needed("reason", reason)?);
    change_class(db, reference, version, actor, Class::Left, reason, policy::may_act_for).await
}

type Policy = fn(&Actor, crate::programme::CountryCode, OrganisationId) -> Result<()>;

async fn change_class(
    db: &Db,
    reference: &Reference,
    version: i64,
    actor: &Actor,
    next: Class,
    reason: Option<String>,
    may: Policy,
) -> Result<Membership> {
    db.write(async |tx| {
        let (organisation, before) = found(&tx, actor, reference).await?;
        may(actor, organisation.said.country, organisation.id)?;
        if before.version != version {
            return Err(Error::Stale);
        }
        // Who applies, and is accepted, goes another way.
        if !before.class.may_become(next) || before.class == Class::Applicant || next == Class::Applicant {
            return Err(Error::Conflict("membership-step"));
        }
        let until = match next {
            Class::Ordinary | Class::Core => {
                Some(before.valid_until.map_or_else(|| valid_until(tx.now()), Ok)?)
            }
            Class::Applicant | Class::Suspended | Class::Left => before.valid_until,
        };
        enter(&tx, organisation.id, next, until, reason.as_deref()).await?;
        letter::standing(&tx, &organisation, next, reason.as_deref()).await?;
        record(&tx, actor, "membership.lead", &organisation, before.class, next).await?;
        store::find(&tx, organisation.id).await?.ok_or(Error::NotFound)
    })
    .await
}

/// Renews a membership for another year, counted from the end of the one before: at most so many days before that.
///
/// # Errors
/// As [`leave`]; [`Error::Conflict`] where it is too early, or no member.
pub async fn renew(db: &Db, actor: &Actor, reference: &Reference, version: i64) -> Result<Membership> {
    db.write(async |tx| {
        let (organisation, before) = found(&tx, actor, reference).await?;
        policy::may_act_for(actor, organisation.said.country, organisation.id)?;
        if before.version != version {
            return Err(Error::Stale);
        }
        let lapsed = before.class == Class::Suspended && before.reason.as_deref() == Some(LAPSED);
        if !before.class.is_member() && !lapsed {
            return Err(Error::Conflict("membership-step"));
        }
        let end = before.valid_until.unwrap_or(tx.now());
        if end.duration_since(tx.now()) > SignedDuration::from_hours(24 * RENEWAL_DAYS) {
            return Err(Error::Conflict("membership-early"));
        }
        let until = valid_until(end.max(tx.now()))?;
        if lapsed {
            enter(&tx, organisation.id, Class::Ordinary, Some(until), None).await?;
        } else {
            store::write(&tx, organisation.id, before.class, Some(until), None).await?;
        }
        let now = if lapsed { Class::Ordinary } else { before.class };
        record(&tx, actor, "membership.renew", &organisation, before.class, now).await?;
        store::find(&tx, organisation.id).await?.ok_or(Error::NotFound)
    })
    .await
}

async fn found(tx: &Tx, actor: &Actor, reference: &Reference) -> Result<(Organisation, Membership)> {
    let organisation = organisation::load_whole(tx, actor, reference).await?;
    let standing = store::find(tx, organisation.id).await?.ok_or(Error::NotFound)?;
    Ok((organisation, standing))
}

/// Reminds members whose membership ends soon, and lets those rest that nobody renewed. Comes round once a day.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "membership.sweep";
}

/// Memberships in one transaction of a sweep.
const BATCH: u32 = 100;

impl Sweep {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db) -> Registry {
        registry.on(move |_: Self, _| {
            let db = db.clone();
            async move {
                while sweep(&db).await.map_err(Failure::from)? > 0 {}
                Ok(())
            }
        })
    }
}

/// Reminds and suspends a batch, and tells how many it dealt with.
///
/// # Errors
/// What the database says.
pub async fn sweep(db: &Db) -> Result<usize> {
    db.write(async |tx| {
        let actor = Actor::system();
        let soon =
            tx.now().checked_add(SignedDuration::from_hours(24 * RENEWAL_DAYS)).map_err(Error::internal)?;
        let lapsed = store::list_lapsed(&tx, BATCH).await?;
        for standing in &lapsed {
            let organisation = organisation::load_by_id(&tx, standing.organisation).await?;
            enter(&tx, organisation.id, Class::Suspended, standing.valid_until, Some(LAPSED)).await?;
            letter::standing(&tx, &organisation, Class::Suspended, None).await?;
            record(&tx, &actor, "membership.lapse", &organisation, standing.class, Class::Suspended).await?;
        }
        let ending = store::list_ending(&tx, soon, BATCH).await?;
        for standing in &ending {
            let organisation = organisation::load_by_id(&tx, standing.organisation).await?;
            store::mark_reminded(&tx, organisation.id).await?;
            letter::renewal(&tx, &organisation, standing.valid_until.unwrap_or(soon)).await?;
        }
        Ok(lapsed.len() + ending.len())
    })
    .await
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    organisation: &Organisation,
    before: Class,
    after: Class,
) -> Result<()> {
    let entry = Entry {
        verb,
        kind: "membership",
        subject: organisation.id.0,
        before: Some(json!({ "class": before.code() })),
        after: Some(json!({ "class": after.code(), "organisation": &organisation.reference })),
    };
    change::record(tx, actor, entry).await?;
    Ok(())
}
