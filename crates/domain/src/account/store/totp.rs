//! Statements of second factors.

use db::{Error, Read, Timestamp, Tx, row, sql};

use crate::id::AccountId;

row!(
    /// What is kept of a second factor.
    pub(in crate::account) struct Kept {
        pub(in crate::account) secret: String,
        pub(in crate::account) confirmed_at: Option<Timestamp>,
    }
);

pub(in crate::account) async fn find(read: &Read, id: AccountId) -> Result<Option<Kept>, Error> {
    read.optional(sql!("select secret, confirmed_at from account_totp where account = $1", id)).await
}

pub(in crate::account) async fn replace(tx: &Tx, id: AccountId, secret: &str) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account_totp (account, secret, made_at, last_step) values ($1, $2, $3, 0)
        on conflict (account) do update set secret = excluded.secret, made_at = excluded.made_at,
            confirmed_at = null, last_step = 0",
        id,
        secret,
        tx.now()
    ))
    .await?;
    Ok(())
}

pub(in crate::account) async fn confirm(tx: &Tx, id: AccountId) -> Result<(), Error> {
    tx.run(sql!("update account_totp set confirmed_at = $1 where account = $2", tx.now(), id)).await?;
    Ok(())
}

/// Notes that the code of `step` was used, and tells whether it and every later one was not.
pub(in crate::account) async fn take_step(tx: &Tx, id: AccountId, step: i64) -> Result<bool, Error> {
    let done = tx
        .run(sql!("update account_totp set last_step = $1 where account = $2 and last_step < $1", step, id))
        .await?;
    Ok(done == 1)
}

pub(in crate::account) async fn remove(tx: &Tx, id: AccountId) -> Result<(), Error> {
    remove_codes(tx, id).await?;
    tx.run(sql!("delete from account_totp where account = $1", id)).await?;
    Ok(())
}

pub(in crate::account) async fn remove_codes(tx: &Tx, id: AccountId) -> Result<(), Error> {
    tx.run(sql!("delete from account_recovery where account = $1", id)).await?;
    Ok(())
}

pub(in crate::account) async fn insert_code(tx: &Tx, id: AccountId, digest: &str) -> Result<(), Error> {
    tx.run(sql!("insert into account_recovery (account, digest) values ($1, $2)", id, digest)).await?;
    Ok(())
}

/// Uses a recovery code, and tells whether there was one that was not used.
pub(in crate::account) async fn spend_code(tx: &Tx, id: AccountId, digest: &str) -> Result<bool, Error> {
    let done = tx
        .run(sql!(
            "update account_recovery set used_at = $1 where account = $2 and digest = $3 and used_at is null",
            tx.now(),
            id,
            digest
        ))
        .await?;
    Ok(done == 1)
}

pub(in crate::account) async fn codes_left(read: &Read, id: AccountId) -> Result<i64, Error> {
    let (n,): (i64,) = read
        .one(sql!(
            "select cast(count(*) as bigint) as value from account_recovery where account = $1 and used_at is null",
            id
        ))
        .await?;
    Ok(n)
}
