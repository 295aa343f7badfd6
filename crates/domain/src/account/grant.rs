//! Grants: which account holds which role, for what, and from when until when. One that has not begun or is over never
//! counts. None is ever removed: who could do what at any moment can be told later.

use db::{Db, Read, Timestamp, Tx};
use serde::Serialize;
use serde_json::json;

use super::{duties, policy, store};
use crate::actor::{Actor, Grant, Role};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::{AccountId, GrantId};
use crate::{Error, Result};

/// A role to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewGrant {
    /// As what, for what.
    pub grant: Grant,
    /// From when; none is now.
    pub from: Option<Timestamp>,
    /// Until when; none is until it is revoked.
    pub until: Option<Timestamp>,
}

impl From<Grant> for NewGrant {
    fn from(grant: Grant) -> Self {
        Self { grant, from: None, until: None }
    }
}

/// A grant as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GrantView {
    /// Its id.
    pub id: GrantId,
    /// To whom.
    pub account: AccountId,
    /// As what, for what.
    #[serde(flatten)]
    pub grant: Grant,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// By which account; none is the operator or the program.
    pub granted_by: Option<AccountId>,
    /// When it was taken away.
    pub revoked_at: Option<Timestamp>,
}

impl GrantView {
    /// Whether it counts at `at`. The statement that reads an actor's grants says the same in SQL.
    pub fn in_force(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until) && self.revoked_at.is_none()
    }
}

/// Gives `account` a role. Every browser in which it is signed in gets another secret before it goes on.
///
/// # Errors
/// [`Error::NotFound`] for whoever gives no roles, or where there is no such account; [`Error::Denied`] for one that is not
/// theirs to give; [`Error::Invalid`] naming `scope` or `until`; [`Error::Conflict`] where it is held already, or duties
/// are to be separate.
pub async fn grant(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    new: impl Into<NewGrant>,
) -> Result<GrantView> {
    let new = new.into();
    policy::may_grant(actor, account, new.grant)?;
    db.write(async |tx| grant_in(&tx, actor, account, new).await).await
}

/// Gives a role in the transaction of another verb, whose own policy has said that it may be given.
///
/// # Errors
/// As [`grant`].
pub async fn grant_in(tx: &Tx, actor: &Actor, account: AccountId, new: NewGrant) -> Result<GrantView> {
    if !new.grant.makes_sense() {
        return Err(Error::field("scope", Problem::BadValue));
    }
    store::find_open(tx, account).await?.ok_or(Error::NotFound)?;
    let from = new.from.unwrap_or(tx.now());
    if new.until.is_some_and(|until| until <= from || until <= tx.now()) {
        return Err(Error::field("until", Problem::BadValue));
    }
    // Whoever assesses does so until a date.
    if new.grant.role == Role::Evaluator && new.until.is_none() {
        return Err(Error::field("until", Problem::Required));
    }
    // What begins later counts as well: duties must be separate then too.
    let held: Vec<Grant> = store::grant::list(tx, account)
        .await?
        .into_iter()
        .filter(|held| held.revoked_at.is_none() && held.until.is_none_or(|until| until > tx.now()))
        .map(|held| held.grant)
        .collect();
    if held.contains(&new.grant) {
        return Err(Error::Conflict("account-grant-held"));
    }
    if !duties::may_join(&held, new.grant) {
        return Err(Error::Conflict("account-duties-apart"));
    }
    let view = GrantView {
        id: GrantId(tx.new_id()),
        account,
        grant: new.grant,
        from,
        until: new.until,
        granted_by: actor.account(),
        revoked_at: None,
    };
    store::grant::insert(tx, &view).await?;
    store::session::demand_rotation(tx, account).await?;
    let after = json!({ "role": new.grant.role, "scope": new.grant.scope, "from": from, "until": new.until });
    record(tx, actor, "account.grant", account, None, Some(after)).await?;
    Ok(view)
}

/// Takes a role away, at once. Anybody may lay down their own.
///
/// # Errors
/// [`Error::NotFound`] where there is no such grant that counts, or for whoever gives no roles; [`Error::Denied`] for one
/// that is not theirs to take; [`Error::Conflict`] where nobody would be left to run the programme.
pub async fn revoke(db: &Db, actor: &Actor, id: GrantId) -> Result<()> {
    db.write(async |tx| {
        let found = store::grant::find(&tx, id).await?.ok_or(Error::NotFound)?;
        if actor.account() != Some(found.account) {
            policy::may_grant(actor, found.account, found.grant)?;
        }
        if found.revoked_at.is_some() || found.until.is_some_and(|until| until <= tx.now()) {
            return Err(Error::NotFound);
        }
        end(&tx, actor, &found).await
    })
    .await
}

/// Takes `grant` away from `account`, where it holds it, in the transaction of another verb, whose own policy has said
/// that it may be taken.
///
/// # Errors
/// [`Error::Conflict`] where nobody would be left to run the programme.
pub async fn revoke_in(tx: &Tx, actor: &Actor, account: AccountId, grant: Grant) -> Result<()> {
    for held in store::grant::list(tx, account).await? {
        if held.grant == grant && held.revoked_at.is_none() && held.until.is_none_or(|until| until > tx.now())
        {
            end(tx, actor, &held).await?;
        }
    }
    Ok(())
}

async fn end(tx: &Tx, actor: &Actor, held: &GrantView) -> Result<()> {
    store::grant::revoke(tx, held.id, actor.account()).await?;
    demand_administrator(tx, held.grant).await?;
    store::session::demand_rotation(tx, held.account).await?;
    let before = json!({ "role": held.grant.role, "scope": held.grant.scope });
    record(tx, actor, "account.revoke", held.account, Some(before), None).await
}

/// Refuses where nobody runs the programme any more, now that one who held `gone` does not.
pub(super) async fn demand_administrator(tx: &Tx, gone: Grant) -> Result<()> {
    let administrator = Grant::platform(Role::Administrator);
    if gone == administrator && store::grant::holders(tx, administrator).await?.is_empty() {
        return Err(Error::Conflict("account-last-administrator"));
    }
    Ok(())
}

/// Every grant of `account` there ever was, the newest first, for itself and for whoever administers accounts.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn list(db: &Db, actor: &Actor, account: AccountId) -> Result<Vec<GrantView>> {
    policy::may_see(actor, account)?;
    db.read(async |read| Ok(store::grant::list(&read, account).await?)).await
}

/// What `account` holds at this moment.
pub(super) async fn in_force(read: &Read, account: AccountId) -> Result<Vec<Grant>, db::Error> {
    let mut grants: Vec<Grant> = store::grant::in_force(read, account).await?;
    grants.sort_unstable();
    Ok(grants)
}

/// The open accounts that hold exactly `grant` at this moment: whom to tell of something. Asks nobody who they are.
///
/// # Errors
/// What the database says.
pub async fn holders(read: &Read, grant: Grant) -> Result<Vec<AccountId>> {
    Ok(store::grant::holders(read, grant).await?)
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    account: AccountId,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
) -> Result<()> {
    let entry = Entry { verb, kind: "account", subject: account.0, before, after };
    change::record(tx, actor, entry).await?;
    Ok(())
}
