//! Sessions: browsers that are signed in. The browser holds a secret, the database its digest. A session ends when it was
//! idle for too long, when its time is up, when it is ended, and with every other one of its account when that is suspended
//! or closed or its password is changed.

use std::net::IpAddr;

use db::{Db, Timestamp, Tx, row};
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::secret::secret;
use super::{grant, policy, store};
use crate::actor::{Actor, Means, Session, Who};
use crate::change::{self, Entry};
use crate::id::{AccountId, SessionId};
use crate::{Error, Result};

secret!(
    /// What a browser shows to be known again.
    SessionSecret,
    "cwses_",
    "causeway account session 1"
);

/// The most characters kept of what a browser calls itself.
const AGENT_MAX: usize = 200;

/// The last sign of life is written no more often than this.
const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Where somebody signs in from: for the list of their sessions, and for counting guesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The client's address.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub agent: String,
}

impl Device {
    /// A browser at `address` that calls itself `agent`.
    pub fn new(address: IpAddr, agent: &str) -> Self {
        let agent = agent.chars().filter(|c| !c.is_control()).take(AGENT_MAX).collect();
        Self { address: address.to_canonical(), agent }
    }
}

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Without a sign of life.
    pub idle: SignedDuration,
    /// At the most.
    pub absolute: SignedDuration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { idle: SignedDuration::from_hours(12), absolute: SignedDuration::from_hours(14 * 24) }
    }
}

row!(
    /// A session as its owner sees it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct SessionView {
        /// Its id.
        pub id: SessionId,
        /// Since when.
        pub made_at: Timestamp,
        /// The last sign of life, some minutes old at most.
        pub seen_at: Timestamp,
        /// When it ends at the latest.
        pub expires_at: Timestamp,
        /// Whether a second factor was given.
        pub second_factor: bool,
        /// What the browser calls itself.
        pub agent: String,
        /// From which address.
        pub address: String,
    }
);

/// Opens a session for somebody who has proved who they are: to that, the caller has seen.
///
/// # Errors
/// [`Error::NotFound`] where there is no such account, or it is suspended or closed.
pub async fn open(
    db: &Db,
    account: AccountId,
    device: &Device,
    bounds: Bounds,
    second_factor: bool,
) -> Result<SessionSecret> {
    db.write(async |tx| open_in(&tx, account, device, bounds, second_factor).await).await
}

pub(super) async fn open_in(
    tx: &Tx,
    account: AccountId,
    device: &Device,
    bounds: Bounds,
    second_factor: bool,
) -> Result<SessionSecret> {
    store::find_open(tx, account).await?.ok_or(Error::NotFound)?;
    let secret = SessionSecret::random()?;
    let id = SessionId(tx.new_id());
    let session = store::session::New { id, account, digest: secret.digest(), second_factor };
    store::session::insert(tx, &session, device, bounds).await?;
    let actor = Actor::new(Who::account(account, []));
    let after = json!({ "session": id, "second_factor": second_factor });
    record(tx, &actor, "account.sign-in", account, Some(after)).await?;
    Ok(secret)
}

/// Who acts by a session, with what they are now. `None` for one that is unknown, over or suspended: which of them, nobody
/// is told.
///
/// # Errors
/// What the database says.
pub async fn authenticate_session(db: &Db, secret: &SessionSecret) -> Result<Option<Actor>> {
    let digest = secret.digest();
    let found = db
        .read(async |read| {
            let Some(row) = store::session::find_live(&read, &digest).await? else {
                return Ok::<_, db::Error>(None);
            };
            let grants = grant::in_force(&read, row.account).await?;
            Ok(Some((row, grants, read.now())))
        })
        .await?;
    let Some((row, grants, now)) = found else { return Ok(None) };
    let seldom = SEEN_EVERY.min(SignedDuration::from_secs(row.idle_seconds / 4));
    if now.duration_since(row.seen_at) >= seldom {
        db.write(async |tx| store::session::see(&tx, row.id, row.idle_seconds).await).await?;
    }
    let session = Session {
        id: row.id,
        proved_at: row.proved_at,
        second_factor: row.second_factor,
        rotate: row.rotate,
    };
    Ok(Some(Actor::new(Who::account(row.account, grants)).by(Means::Session(session))))
}

/// Gives the session of `actor` another secret; the old one is worthless from then on. `None` where somebody else has done
/// so in the meantime, or the session is over.
///
/// # Errors
/// [`Error::NotFound`] for whoever has no session.
pub async fn rotate(db: &Db, old: &SessionSecret) -> Result<Option<SessionSecret>> {
    let new = SessionSecret::random()?;
    let rotated =
        db.write(async |tx| store::session::rotate(&tx, &old.digest(), &new.digest()).await).await?;
    Ok(rotated.then_some(new))
}

/// Ends the session by which `actor` acts: signs out.
///
/// # Errors
/// [`Error::NotFound`] for whoever has none.
pub async fn end(db: &Db, actor: &Actor) -> Result<()> {
    let session = actor.session().ok_or(Error::NotFound)?;
    revoke(db, actor, session.id).await
}

/// The sessions of the account that acts, the newest sign of life first.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no account.
pub async fn list(db: &Db, actor: &Actor) -> Result<Vec<SessionView>> {
    list_of(db, actor, actor.account().ok_or(Error::NotFound)?).await
}

/// The sessions of `account`, for itself and for whoever administers accounts.
///
/// # Errors
/// [`Error::NotFound`] for anybody else.
pub async fn list_of(db: &Db, actor: &Actor, account: AccountId) -> Result<Vec<SessionView>> {
    policy::may_see(actor, account)?;
    db.read(async |read| Ok(store::session::list(&read, account).await?)).await
}

/// Ends one session of the account that acts.
///
/// # Errors
/// [`Error::NotFound`] where it has no such session.
pub async fn revoke(db: &Db, actor: &Actor, id: SessionId) -> Result<()> {
    let account = actor.account().ok_or(Error::NotFound)?;
    db.write(async |tx| {
        if !store::session::end(&tx, account, id).await? {
            return Err(Error::NotFound);
        }
        record(&tx, actor, "account.end-session", account, Some(json!({ "session": id }))).await
    })
    .await
}

/// Ends every session of the account that acts but the one by which it does, and tells how many.
///
/// # Errors
/// [`Error::NotFound`] for whoever is no account.
pub async fn revoke_others(db: &Db, actor: &Actor) -> Result<u64> {
    let account = actor.account().ok_or(Error::NotFound)?;
    db.write(async |tx| {
        let ended = end_all(&tx, account, actor.session().map(|session| session.id)).await?;
        if ended > 0 {
            record(&tx, actor, "account.end-sessions", account, Some(json!({ "count": ended }))).await?;
        }
        Ok(ended)
    })
    .await
}

/// Ends every session of `account` but `kept`.
pub(super) async fn end_all(tx: &Tx, account: AccountId, kept: Option<SessionId>) -> Result<u64> {
    Ok(store::session::end_all(tx, account, kept).await?)
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    account: AccountId,
    after: Option<serde_json::Value>,
) -> Result<()> {
    let entry = Entry { verb, kind: "account", subject: account.0, before: None, after };
    change::record(tx, actor, entry).await?;
    Ok(())
}
