//! Who belongs to an organisation: asking to, inviting, saying yes or no, leaving. The role that comes with it is a grant
//! of the account.

use db::{Db, Tx};
use jiff::SignedDuration;
use serde_json::json;

use super::apply::administration;
use super::model::{Affiliation, AffiliationState};
use super::{letter, policy, store};
use crate::account::secret::secret;
use crate::account::{self, NewGrant};
use crate::actor::{Actor, Grant, Role, Scope};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::{AccountId, AffiliationId, OrganisationId, Reference};
use crate::notice::Address;
use crate::organisation;
use crate::{Error, Result};

secret!(
    /// What an invitation is taken up with.
    Invitation,
    "cwin_",
    "causeway invitation to an organisation"
);

/// The most characters of a position.
pub const POSITION_MAX: usize = 120;

/// How long an invitation can be taken up.
const INVITED_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Asks to belong to an organisation. Its administrators are told; where it has none, the centre of its country decides.
///
/// # Errors
/// [`Error::Denied`] for whoever is not signed in; [`Error::NotFound`]; [`Error::Invalid`] naming `position`;
/// [`Error::Conflict`] where the person belongs already or has asked.
pub async fn request(db: &Db, actor: &Actor, reference: &Reference, position: &str) -> Result<Affiliation> {
    let person = policy::account(actor)?;
    db.write(async |tx| {
        let organisation = organisation::load_whole(&tx, actor, reference).await?;
        let affiliation = request_in(&tx, organisation.id, person, position).await?;
        letter::requested(&tx, &organisation, person).await?;
        record(&tx, actor, "membership.request-affiliation", &affiliation).await?;
        Ok(affiliation)
    })
    .await
}

/// The same in the transaction of another verb, and without a letter.
pub(super) async fn request_in(
    tx: &Tx,
    organisation: OrganisationId,
    person: AccountId,
    position: &str,
) -> Result<Affiliation> {
    let position = checked(position)?;
    if store::affiliation::find_of(tx, organisation, person).await?.is_some() {
        return Err(Error::Conflict("membership-affiliated"));
    }
    let affiliation = Affiliation {
        id: AffiliationId(tx.new_id()),
        organisation,
        account: Some(person),
        state: AffiliationState::Requested,
        position,
        administrator: false,
        since: tx.now(),
        until: None,
        version: 1,
    };
    store::affiliation::insert(tx, &affiliation, None, None).await?;
    Ok(affiliation)
}

/// Invites somebody by their address, who need not have an account yet.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] for whoever neither administers the organisation nor runs the centre of its
/// country; [`Error::Invalid`] naming `email` or `position`.
pub async fn invite(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    email: &str,
    position: &str,
    administrator: bool,
) -> Result<Affiliation> {
    let inviter = policy::account(actor)?;
    let to = Address::field("email", email)?;
    let position = checked(position)?;
    db.write(async |tx| {
        let organisation = organisation::load_whole(&tx, actor, reference).await?;
        policy::may_act_for(actor, organisation.said.country, organisation.id)?;
        let token = Invitation::random()?;
        let until = tx.now().checked_add(INVITED_FOR).map_err(Error::internal)?;
        let affiliation = Affiliation {
            id: AffiliationId(tx.new_id()),
            organisation: organisation.id,
            account: None,
            state: AffiliationState::Invited,
            position: position.clone(),
            administrator,
            since: tx.now(),
            until: Some(until),
            version: 1,
        };
        store::affiliation::insert(&tx, &affiliation, Some(&token.digest()), Some(inviter)).await?;
        letter::invitation(&tx, &organisation, inviter, &to, &token, until).await?;
        record(&tx, actor, "membership.invite", &affiliation).await?;
        Ok(affiliation)
    })
    .await
}

/// Takes an invitation up, as whoever is signed in.
///
/// # Errors
/// [`Error::Denied`] for whoever is not signed in; [`Error::NotFound`] where the invitation is unknown, used or too old;
/// [`Error::Conflict`] where the person belongs already.
pub async fn accept_invitation(db: &Db, actor: &Actor, token: &Invitation) -> Result<Affiliation> {
    let person = policy::account(actor)?;
    let digest = token.digest();
    db.write(async |tx| {
        let invited = store::affiliation::find_invited(&tx, &digest).await?.ok_or(Error::NotFound)?;
        if store::affiliation::find_of(&tx, invited.organisation, person).await?.is_some() {
            return Err(Error::Conflict("membership-affiliated"));
        }
        store::affiliation::assign(&tx, invited.id, person).await?;
        activate(&tx, &Actor::system(), &Affiliation { account: Some(person), ..invited.clone() }).await?;
        let now = store::affiliation::load(&tx, invited.id).await?;
        record(&tx, actor, "membership.accept-invitation", &now).await?;
        Ok(now)
    })
    .await
}

/// Says that a person belongs to the organisation.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] for whoever neither administers the organisation nor runs its centre, and for the
/// person themselves; [`Error::Conflict`] where nothing was asked; [`Error::Stale`].
pub async fn approve(
    db: &Db,
    actor: &Actor,
    id: AffiliationId,
    version: i64,
    administrator: bool,
) -> Result<Affiliation> {
    settle(db, actor, id, version, "membership.approve-affiliation", async |tx, affiliation| {
        if affiliation.state != AffiliationState::Requested {
            return Err(Error::Conflict("membership-not-requested"));
        }
        activate(tx, actor, &Affiliation { administrator, ..affiliation.clone() }).await?;
        letter::affiliated(tx, affiliation, true).await
    })
    .await
}

/// Says that they do not, or no longer.
///
/// # Errors
/// As [`approve`]. A person may leave by themselves.
pub async fn end(db: &Db, actor: &Actor, id: AffiliationId, version: i64) -> Result<Affiliation> {
    settle(db, actor, id, version, "membership.end-affiliation", async |tx, affiliation| {
        let next = match affiliation.state {
            AffiliationState::Requested | AffiliationState::Invited => AffiliationState::Declined,
            AffiliationState::Active => AffiliationState::Ended,
            AffiliationState::Declined | AffiliationState::Ended => {
                return Err(Error::Conflict("membership-not-requested"));
            }
        };
        store::affiliation::set_state(tx, affiliation.id, next, false).await?;
        if let Some(person) = affiliation.account {
            for grant in administration(affiliation.organisation) {
                account::grant::revoke_in(tx, actor, person, grant).await?;
            }
            if actor.account() != Some(person) {
                letter::affiliated(tx, affiliation, false).await?;
            }
        }
        Ok(())
    })
    .await
}

async fn settle(
    db: &Db,
    actor: &Actor,
    id: AffiliationId,
    version: i64,
    verb: &'static str,
    change: impl AsyncFn(&Tx, &Affiliation) -> Result<()>,
) -> Result<Affiliation> {
    db.write(async |tx| {
        let before = store::affiliation::find(&tx, id).await?.ok_or(Error::NotFound)?;
        let organisation = organisation::load_by_id(&tx, before.organisation).await?;
        let leaves = verb == "membership.end-affiliation"
            && before.account.is_some()
            && before.account == actor.account()
            && actor.may_write();
        if !leaves {
            let is_near = policy::may_act_for(actor, organisation.said.country, organisation.id).is_ok()
                || (before.account.is_some() && before.account == actor.account());
            if !is_near {
                return Err(Error::NotFound);
            }
            policy::may_affiliate(actor, organisation.said.country, &before)?;
        }
        if before.version != version {
            return Err(Error::Stale);
        }
        change(&tx, &before).await?;
        let after = store::affiliation::load(&tx, id).await?;
        record(&tx, actor, verb, &after).await?;
        Ok(after)
    })
    .await
}

/// Makes a person belong, as the decision on an application brings it about.
pub(super) async fn activate_in(
    tx: &Tx,
    actor: &Actor,
    organisation: OrganisationId,
    person: AccountId,
    administrator: bool,
) -> Result<()> {
    let found = store::affiliation::find_of(tx, organisation, person).await?;
    let affiliation = match found {
        Some(affiliation) => affiliation,
        None => request_in(tx, organisation, person, "").await?,
    };
    activate(tx, actor, &Affiliation { administrator, ..affiliation }).await
}

/// Ends what an application asked for beside.
pub(super) async fn decline_in(tx: &Tx, organisation: OrganisationId, person: AccountId) -> Result<()> {
    match store::affiliation::find_of(tx, organisation, person).await? {
        Some(affiliation) if affiliation.state == AffiliationState::Requested => {
            store::affiliation::set_state(tx, affiliation.id, AffiliationState::Declined, false).await
        }
        _ => Ok(()),
    }
}

async fn activate(tx: &Tx, actor: &Actor, affiliation: &Affiliation) -> Result<()> {
    let Some(person) = affiliation.account else { return Err(Error::Conflict("membership-not-requested")) };
    store::affiliation::set_state(tx, affiliation.id, AffiliationState::Active, affiliation.administrator)
        .await?;
    let scope = Scope::Organisation(affiliation.organisation);
    let mut grants = vec![Grant { role: Role::Member, scope }];
    if affiliation.administrator {
        grants.push(Grant { role: Role::OrganisationAdministrator, scope });
    }
    for grant in grants {
        account::grant::grant_in(tx, actor, person, NewGrant::from(grant)).await?;
    }
    Ok(())
}

/// The people of an organisation and those who ask to be, for its administrators and its centre.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] for whoever else.
pub async fn list_people(db: &Db, actor: &Actor, reference: &Reference) -> Result<Vec<Affiliation>> {
    db.read(async |read| {
        let organisation = organisation::load_whole(&read, actor, reference).await?;
        policy::may_act_for(actor, organisation.said.country, organisation.id)?;
        store::affiliation::list_of_organisation(&read, organisation.id).await
    })
    .await
}

/// To what the actor belongs, and what they asked for.
///
/// # Errors
/// [`Error::Denied`] for whoever is not signed in.
pub async fn list_own(db: &Db, actor: &Actor) -> Result<Vec<Affiliation>> {
    let person = actor.account().ok_or(Error::Denied("membership-sign-in"))?;
    db.read(async |read| store::affiliation::list_of_account(&read, person).await).await
}

fn checked(position: &str) -> Result<String> {
    let position = position.trim();
    if position.chars().count() > POSITION_MAX {
        return Err(Error::field("position", Problem::TooLong { max: POSITION_MAX }));
    }
    Ok(position.to_owned())
}

async fn record(tx: &Tx, actor: &Actor, verb: &'static str, affiliation: &Affiliation) -> Result<()> {
    let after = json!({
        "organisation": affiliation.organisation,
        "account": affiliation.account,
        "state": affiliation.state.code(),
        "administrator": affiliation.administrator,
    });
    let entry =
        Entry { verb, kind: "affiliation", subject: affiliation.id.0, before: None, after: Some(after) };
    change::record(tx, actor, entry).await?;
    Ok(())
}
