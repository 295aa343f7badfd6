//! What somebody does with their own account as a whole: keeps it up to date, and closes it.

use db::Db;
use serde_json::json;

use super::grant::demand_administrator;
use super::{Account, grant, model, policy, record, register, session, store, tell};
use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::notice::AccountChange;
use crate::{Error, Result};

pub use register::Registration as Profile;

/// The account that acts.
///
/// # Errors
/// [`Error::NotFound`] for whoever is none.
pub async fn own(db: &Db, actor: &Actor) -> Result<Account> {
    super::load(db, actor, actor.account().ok_or(Error::NotFound)?).await
}

/// Changes what somebody says of themselves; the address has a way of its own and is left as it is.
///
/// # Errors
/// [`Error::Invalid`] naming every field that is wrong; [`Error::Stale`] where it is no longer at `version`.
pub async fn revise(db: &Db, actor: &Actor, profile: Profile, version: i64) -> Result<Account> {
    let id = actor.account().ok_or(Error::NotFound)?;
    let name = model::checked_name("name", &profile.name);
    let latin_name = model::checked_latin(profile.latin_name);
    let time_zone = model::checked_zone(profile.time_zone);
    let (Ok(name), Ok(latin_name), Ok(time_zone)) = (&name, &latin_name, &time_zone) else {
        return Err(model::all_wrong([name.err(), latin_name.err(), time_zone.err()]));
    };
    db.write(async |tx| {
        let mut account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        account.name.clone_from(name);
        account.latin_name.clone_from(latin_name);
        account.time_zone.clone_from(time_zone);
        account.locale = Some(profile.locale);
        account.country = profile.country;
        account.version = version;
        if !store::revise(&tx, &account).await? {
            return Err(Error::Stale);
        }
        account.version += 1;
        // Whose name or home it is, is not kept for ever; that it changed is.
        let after = Some(json!({ "version": account.version }));
        let entry = Entry { verb: "account.revise", kind: "account", subject: id.0, before: None, after };
        change::record(&tx, actor, entry).await?;
        Ok(account)
    })
    .await
}

/// Closes the account that acts, for good. Its sessions and tokens end, its roles with them, and its address is free.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are; [`Error::Conflict`] where nobody would be left to run
/// the programme.
pub async fn close(db: &Db, actor: &Actor) -> Result<()> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    db.write(async |tx| {
        let account = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        account.state.closed()?;
        let held = grant::in_force(&tx, id).await?;
        tell(&tx, &account, AccountChange::Closed).await?;
        store::close(&tx, id).await?;
        store::voucher::spend_all(&tx, id).await?;
        store::totp::remove(&tx, id).await?;
        session::end_all(&tx, id, None).await?;
        for held in held {
            demand_administrator(&tx, held).await?;
        }
        record(&tx, actor, "account.close", id).await
    })
    .await
}
