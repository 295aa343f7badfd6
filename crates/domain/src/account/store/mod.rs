//! Every statement of accounts and their tokens; of what belongs to one part of the slice, in that part's file.

pub(super) mod grant;
pub(super) mod limit;
pub(super) mod session;
pub(super) mod totp;
pub(super) mod voucher;

use db::{Error, FromRow, Read, Row, Timestamp, Tx, sql};
use i18n::Locale;

use super::{Account, State, TokenView};
use crate::id::{AccountId, TokenId};

impl FromRow for Account {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let locale: Option<String> = row.get("locale")?;
        let locale = locale.map(|tag| {
            Locale::parse(&tag).ok_or_else(|| Error::Refused(format!("an account in the language “{tag}”")))
        });
        Ok(Self {
            id: row.get("id")?,
            name: row.get("name")?,
            latin_name: row.get("latin_name")?,
            email: row.get("email")?,
            locale: locale.transpose()?,
            country: row.get("country")?,
            time_zone: row.get("time_zone")?,
            state: State::of(row.get("suspended_at")?, row.get("closed_at")?),
            made_at: row.get("made_at")?,
            version: row.get("version")?,
        })
    }
}

pub(super) async fn insert(tx: &Tx, account: &Account) -> Result<(), Error> {
    tx.run(sql!(
        "insert into account (id, name, latin_name, email, email_key, locale, country, time_zone, made_at, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        account.id,
        &account.name,
        account.latin_name.clone(),
        account.email.clone(),
        account.email.as_deref().map(i18n::fold),
        account.locale.map(Locale::tag),
        account.country.map(String::from),
        account.time_zone.clone(),
        account.made_at,
        account.version
    ))
    .await?;
    Ok(())
}

pub(super) async fn find(read: &Read, id: AccountId) -> Result<Option<Account>, Error> {
    read.optional(sql!(
        "select id, name, latin_name, email, locale, country, time_zone, suspended_at, closed_at, made_at, version
        from account where id = $1",
        id
    ))
    .await
}

/// One that may sign in.
pub(super) async fn find_open(read: &Read, id: AccountId) -> Result<Option<Account>, Error> {
    Ok(find(read, id).await?.filter(|account| account.state == State::Open))
}

/// One that is not closed, by the key of its address.
pub(super) async fn find_by_email(read: &Read, key: &str) -> Result<Option<Account>, Error> {
    read.optional(sql!(
        "select id, name, latin_name, email, locale, country, time_zone, suspended_at, closed_at, made_at, version
        from account where email_key = $1 and closed_at is null",
        key
    ))
    .await
}

/// What is kept of its password.
pub(super) async fn password(read: &Read, id: AccountId) -> Result<Option<String>, Error> {
    let (kept,): (Option<String>,) =
        read.one(sql!("select password as value from account where id = $1", id)).await?;
    Ok(kept)
}

pub(super) async fn set_password(tx: &Tx, id: AccountId, kept: &str) -> Result<(), Error> {
    tx.run(sql!("update account set password = $1, version = version + 1 where id = $2", kept, id)).await?;
    Ok(())
}

pub(super) async fn set_email(tx: &Tx, id: AccountId, email: &str, key: &str) -> Result<(), Error> {
    tx.run(sql!(
        "update account set email = $1, email_key = $2, version = version + 1 where id = $3",
        email,
        key,
        id
    ))
    .await?;
    Ok(())
}

/// Closes it for good: its address is free for another, and nothing signs in to it any more.
pub(super) async fn close(tx: &Tx, id: AccountId) -> Result<(), Error> {
    tx.run(sql!(
        "update account set closed_at = $1, email_key = null, password = null, version = version + 1 where id = $2",
        tx.now(),
        id
    ))
    .await?;
    tx.run(sql!(
        "update account_token set revoked_at = $1 where account = $2 and revoked_at is null",
        tx.now(),
        id
    ))
    .await?;
    Ok(())
}

pub(super) async fn revise(tx: &Tx, account: &Account) -> Result<bool, Error> {
    let done = tx
        .run(sql!(
            "update account set name = $1, latin_name = $2, locale = $3, country = $4, time_zone = $5,
                version = version + 1
            where id = $6 and version = $7",
            &account.name,
            account.latin_name.clone(),
            account.locale.map(Locale::tag),
            account.country.map(String::from),
            account.time_zone.clone(),
            account.id,
            account.version
        ))
        .await?;
    Ok(done == 1)
}

/// Accounts in the order in which they were opened, the newest first; before `before` where it is given.
pub(super) async fn list(read: &Read, before: Option<AccountId>, limit: u32) -> Result<Vec<Account>, Error> {
    // Ids sort by time; the highest there can be stands for no bound.
    let before = before.map_or(db::Uuid::max(), |id| id.0);
    read.all(sql!(
        "select id, name, latin_name, email, locale, country, time_zone, suspended_at, closed_at, made_at, version
        from account where id < $1 order by id desc limit $2",
        before,
        limit
    ))
    .await
}

/// Whether there is any account at all.
pub(super) async fn is_empty(read: &Read) -> Result<bool, Error> {
    let found: Option<(AccountId,)> = read.optional(sql!("select id as value from account limit 1")).await?;
    Ok(found.is_none())
}

pub(super) async fn list_by_name(read: &Read, name: &str) -> Result<Vec<Account>, Error> {
    read.all(sql!(
        "select id, name, latin_name, email, locale, country, time_zone, suspended_at, closed_at, made_at, version
        from account where name = $1 and closed_at is null order by id",
        name
    ))
    .await
}

/// Whether an account, of whatever state, has that address.
pub(super) async fn has_email(read: &Read, key: &str) -> Result<bool, Error> {
    let found: Option<(AccountId,)> =
        read.optional(sql!("select id as value from account where email_key = $1", key)).await?;
    Ok(found.is_some())
}

pub(super) async fn set_suspended(tx: &Tx, id: AccountId, at: Option<Timestamp>) -> Result<(), Error> {
    tx.run(sql!(
        "update account set suspended_at = $1, version = version + 1 where id = $2 and closed_at is null",
        at,
        id
    ))
    .await?;
    Ok(())
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

/// The token with that digest and its account, where both work now.
pub(super) async fn find_by_digest(read: &Read, digest: &str) -> Result<Option<(TokenId, AccountId)>, Error> {
    let found: Option<TokenView> = read
        .optional(sql!(
            "select t.id, t.account, a.name as account_name, t.label, t.made_at, t.expires_at, t.revoked_at
            from account_token t join account a on a.id = t.account
            where t.digest = $1 and t.revoked_at is null and a.closed_at is null and a.suspended_at is null
                and (t.expires_at is null or t.expires_at > $2)",
            digest,
            read.now()
        ))
        .await?;
    Ok(found.map(|token| (token.id, token.account)))
}
