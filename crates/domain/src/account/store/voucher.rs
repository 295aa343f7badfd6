//! Statements of vouchers.

use db::{Error, FromRow, Read, Row, Timestamp, Tx, Uuid, sql};
use serde_json::Value as Json;

use crate::account::voucher::Purpose;
use crate::id::AccountId;

struct VoucherRow(Uuid, Option<AccountId>, Json);

impl FromRow for VoucherRow {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self(row.get("id")?, row.get("account")?, row.get("facts")?))
    }
}

pub(in crate::account) async fn insert(
    tx: &Tx,
    digest: &str,
    purpose: Purpose,
    account: Option<AccountId>,
    facts: &Json,
    until: Timestamp,
) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account_voucher (id, digest, purpose, account, facts, made_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)",
        tx.new_id(),
        digest,
        purpose.code(),
        account.map(|id| id.0),
        facts.clone(),
        tx.now(),
        until
    ))
    .await?;
    Ok(())
}

/// One that works now.
pub(in crate::account) async fn find(
    read: &Read,
    digest: &str,
    purpose: Purpose,
) -> Result<Option<(Uuid, Option<AccountId>, Json)>, Error> {
    let found: Option<VoucherRow> = read
        .optional(sql!(
            "select id, account, facts from account_voucher
            where digest = $1 and purpose = $2 and used_at is null and expires_at > $3",
            digest,
            purpose.code(),
            read.now()
        ))
        .await?;
    Ok(found.map(|VoucherRow(id, account, facts)| (id, account, facts)))
}

/// Marks one as used; what it remembered is forgotten.
pub(in crate::account) async fn spend(tx: &Tx, id: Uuid) -> Result<(), Error> {
    tx.run(sql!("update account_voucher set used_at = $1, facts = '{}' where id = $2", tx.now(), id)).await?;
    Ok(())
}

/// Has no voucher of `account` work any more.
pub(in crate::account) async fn spend_all(tx: &Tx, account: AccountId) -> Result<(), Error> {
    tx.run(sql!(
        "update account_voucher set used_at = $1, facts = '{}' where account = $2 and used_at is null",
        tx.now(),
        account
    ))
    .await?;
    Ok(())
}

/// Removes those that ended before `before`.
pub(in crate::account) async fn forget(tx: &Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("delete from account_voucher where expires_at < $1", before)).await?;
    Ok(())
}

/// Whether `account` has one for `purpose` that works.
pub(in crate::account) async fn is_open(
    read: &Read,
    account: AccountId,
    purpose: Purpose,
) -> Result<bool, Error> {
    let found: Option<(Uuid,)> = read
        .optional(sql!(
            "select id as value from account_voucher
            where account = $1 and purpose = $2 and used_at is null and expires_at > $3 limit 1",
            account,
            purpose.code(),
            read.now()
        ))
        .await?;
    Ok(found.is_some())
}

/// Has no voucher for `purpose` work any more.
pub(in crate::account) async fn spend_purpose(tx: &Tx, purpose: Purpose) -> Result<(), Error> {
    tx.run(sql!(
        "update account_voucher set used_at = $1, facts = '{}' where purpose = $2 and used_at is null",
        tx.now(),
        purpose.code()
    ))
    .await?;
    Ok(())
}
