//! Statements of bounds.

use db::{Error, Read, Timestamp, Tx, Uuid, sql};

pub(in crate::account) async fn count(read: &Read, counted: &str, since: Timestamp) -> Result<i64, Error> {
    let (n,): (i64,) = read
        .one(sql!(
            "select cast(count(*) as bigint) as value from account_guess where counted = $1 and at > $2",
            counted,
            since
        ))
        .await?;
    Ok(n)
}

/// The oldest of the newest `most`: once it is too old to count, there is room for one more.
pub(in crate::account) async fn oldest(
    read: &Read,
    counted: &str,
    since: Timestamp,
    most: i64,
) -> Result<Option<Timestamp>, Error> {
    let found: Option<(Timestamp,)> = read
        .optional(sql!(
            "select at as value from account_guess where counted = $1 and at > $2
            order by at desc limit 1 offset $3",
            counted,
            since,
            most - 1
        ))
        .await?;
    Ok(found.map(|(at,)| at))
}

/// Whether the account with that address was signed in to from `address` before.
pub(in crate::account) async fn is_known(read: &Read, key: &str, address: &str) -> Result<bool, Error> {
    let found: Option<(Uuid,)> = read
        .optional(sql!(
            "select s.id as value from account_session s join account a on a.id = s.account
            where a.email_key = $1 and s.address = $2 limit 1",
            key,
            address
        ))
        .await?;
    Ok(found.is_some())
}

pub(in crate::account) async fn insert(tx: &Tx, id: Uuid, counted: &str) -> Result<(), Error> {
    tx.run(sql!("insert into account_guess (id, counted, at) values ($1, $2, $3)", id, counted, tx.now()))
        .await?;
    Ok(())
}

pub(in crate::account) async fn remove(tx: &Tx, id: Uuid) -> Result<(), Error> {
    tx.run(sql!("delete from account_guess where id = $1", id)).await?;
    Ok(())
}

pub(in crate::account) async fn forget(tx: &Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("delete from account_guess where at < $1", before)).await?;
    Ok(())
}
