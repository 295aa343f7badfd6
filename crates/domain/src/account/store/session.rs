//! Statements of sessions.

use db::{Error, Read, Timestamp, Tx, row, sql};

use crate::account::session::{Bounds, Device, SessionView};
use crate::id::{AccountId, SessionId};

/// A session to be opened.
pub(in crate::account) struct New {
    pub(in crate::account) id: SessionId,
    pub(in crate::account) account: AccountId,
    pub(in crate::account) digest: String,
    pub(in crate::account) second_factor: bool,
}

row!(
    /// A session that works now.
    pub(in crate::account) struct Live {
        pub(in crate::account) id: SessionId,
        pub(in crate::account) account: AccountId,
        pub(in crate::account) proved_at: Timestamp,
        pub(in crate::account) second_factor: bool,
        pub(in crate::account) rotate: bool,
        pub(in crate::account) seen_at: Timestamp,
        pub(in crate::account) idle_seconds: i64,
    }
);

pub(in crate::account) async fn insert(
    tx: &Tx,
    new: &New,
    device: &Device,
    bounds: Bounds,
) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account_session (id, account, digest, made_at, proved_at, second_factor, rotate, seen_at,
            idle_seconds, idle_until, expires_at, agent, address)
        values ($1, $2, $3, $4, $4, $5, $6, $4, $7, $8, $9, $10, $11)",
        new.id,
        new.account,
        &new.digest,
        tx.now(),
        new.second_factor,
        false,
        bounds.idle.as_secs(),
        tx.now() + bounds.idle,
        tx.now() + bounds.absolute,
        &device.agent,
        device.address.to_string()
    ))
    .await?;
    Ok(())
}

pub(in crate::account) async fn find_live(read: &Read, digest: &str) -> Result<Option<Live>, Error> {
    read.optional(sql!(
        "select s.id, s.account, s.proved_at, s.second_factor, s.rotate, s.seen_at, s.idle_seconds
        from account_session s join account a on a.id = s.account
        where s.digest = $1 and s.ended_at is null and s.idle_until > $2 and s.expires_at > $2
            and a.closed_at is null and a.suspended_at is null",
        digest,
        read.now()
    ))
    .await
}

pub(in crate::account) async fn see(tx: &Tx, id: SessionId, idle_seconds: i64) -> Result<(), Error> {
    let idle_until = tx.now() + jiff::SignedDuration::from_secs(idle_seconds);
    tx.run(sql!(
        "update account_session set seen_at = $1, idle_until = $2 where id = $3 and ended_at is null",
        tx.now(),
        idle_until,
        id
    ))
    .await?;
    Ok(())
}

/// Replaces the digest of a session that works now, and tells whether there was one.
pub(in crate::account) async fn rotate(tx: &Tx, old: &str, new: &str) -> Result<bool, Error> {
    let done = tx
        .run(sql!(
            "update account_session set digest = $1, rotate = $2 where digest = $3 and ended_at is null",
            new,
            false,
            old
        ))
        .await?;
    Ok(done == 1)
}

/// Has every session of `account` replace its secret before it goes on.
pub(in crate::account) async fn demand_rotation(tx: &Tx, account: AccountId) -> Result<(), Error> {
    tx.run(sql!(
        "update account_session set rotate = $1 where account = $2 and ended_at is null",
        true,
        account
    ))
    .await?;
    Ok(())
}

pub(in crate::account) async fn list(read: &Read, account: AccountId) -> Result<Vec<SessionView>, Error> {
    read.all(sql!(
        "select id, made_at, seen_at, expires_at, second_factor, agent, address from account_session
        where account = $1 and ended_at is null and idle_until > $2 and expires_at > $2
        order by seen_at desc, id desc",
        account,
        read.now()
    ))
    .await
}

pub(in crate::account) async fn end(tx: &Tx, account: AccountId, id: SessionId) -> Result<bool, Error> {
    let done = tx
        .run(sql!(
            "update account_session set ended_at = $1 where account = $2 and id = $3 and ended_at is null",
            tx.now(),
            account,
            id
        ))
        .await?;
    Ok(done == 1)
}

pub(in crate::account) async fn end_all(
    tx: &Tx,
    account: AccountId,
    kept: Option<SessionId>,
) -> Result<u64, Error> {
    // No session has the account's own id: it stands for none to be kept.
    tx.run(sql!(
        "update account_session set ended_at = $1 where account = $2 and ended_at is null and id <> $3",
        tx.now(),
        account,
        kept.map_or(account.0, |id| id.0)
    ))
    .await
}

/// Notes that the person has proved again who they are, and replaces the digest.
pub(in crate::account) async fn prove(
    tx: &Tx,
    id: SessionId,
    digest: &str,
    second_factor: bool,
) -> Result<bool, Error> {
    let done = tx
        .run(sql!(
            "update account_session set proved_at = $1, digest = $2, rotate = $3, second_factor = (second_factor or $4)
            where id = $5 and ended_at is null",
            tx.now(),
            digest,
            false,
            second_factor,
            id
        ))
        .await?;
    Ok(done == 1)
}

/// Removes those that ended before `before`.
pub(in crate::account) async fn forget(tx: &Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("delete from account_session where ended_at < $1 or expires_at < $1", before)).await?;
    Ok(())
}
