//! Every statement of accounts and their tokens.

use db::{Error, FromRow, Read, Row, Timestamp, Tx, sql};

use super::{Account, TokenView};
use crate::actor::Role;
use crate::id::{AccountId, TokenId};

impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let role: String = row.get("role")?;
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            role: Role::parse(&role)
                .ok_or_else(|| Error::Refused(format!("an account with the role “{role}”")))?,
        })
    }
}

pub(super) async fn insert(tx: &Tx, account: &Account) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account (id, name, role, made_at, version) values ($1, $2, $3, $4, 1)",
        account.id,
        &account.name,
        account.role.code(),
        tx.now()
    ))
    .await?;
    Ok(())
}

pub(super) async fn find(read: &Read, id: AccountId) -> Result<Option<Account>, Error> {
    read.optional(sql!("select id, name, role from account where id = $1 and closed_at is null", id)).await
}

pub(super) async fn list_by_name(read: &Read, name: &str) -> Result<Vec<Account>, Error> {
    read.all(sql!(
        "select id, name, role from account where name = $1 and closed_at is null order by id",
        name
    ))
    .await
}

pub(super) async fn insert_token(
    tx: &Tx,
    id: TokenId,
    account: AccountId,
    label: &str,
    digest: &str,
    expires_at: Option<Timestamp>,
) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account_token (id, account, label, digest, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
        id,
        account,
        label,
        digest,
        tx.now(),
        expires_at
    ))
    .await?;
    Ok(())
}

pub(super) async fn find_token(read: &Read, id: TokenId) -> Result<Option<TokenView>, Error> {
    read.optional(sql!(
        "select t.id, t.account, a.name as account_name, t.label, t.made_at, t.expires_at, t.revoked_at
        from account_token t join account a on a.id = t.account where t.id = $1",
        id
    ))
    .await
}

pub(super) async fn list_tokens(read: &Read) -> Result<Vec<TokenView>, Error> {
    read.all(sql!(
        "select t.id, t.account, a.name as account_name, t.label, t.made_at, t.expires_at, t.revoked_at
        from account_token t join account a on a.id = t.account order by t.made_at desc, t.id desc"
    ))
    .await
}

pub(super) async fn revoke_token(tx: &Tx, id: TokenId) -> Result<(), Error> {
    tx.run(sql!("update account_token set revoked_at = $1 where id = $2", tx.now(), id)).await?;
    Ok(())
}

/// The account of a token that works now.
pub(super) async fn find_by_digest(read: &Read, digest: &str) -> Result<Option<Account>, Error> {
    read.optional(sql!(
        "select a.id, a.name, a.role from account_token t join account a on a.id = t.account
        where t.digest = $1 and t.revoked_at is null and a.closed_at is null
            and (t.expires_at is null or t.expires_at > $2)",
        digest,
        read.now()
    ))
    .await
}
