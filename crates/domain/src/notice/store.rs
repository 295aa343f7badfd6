//! Every statement of letters.

use db::{Error, FromRow, Read, Row, Timestamp, Tx, sql};
use i18n::Locale;
use serde_json::Value as Json;

use super::{Address, Letter, LetterView, Overview, Reason, State, Suppression};
use crate::id::{LetterId, SuppressionId};

pub(super) async fn insert(tx: &Tx, id: LetterId, letter: &Letter, facts: &Json) -> Result<(), Error> {
    tx.run(sql!(
        "insert into letter (id, kind, recipient, account, locale, facts, state, attempts, due_at, tried_since, made_at)
        values ($1, $2, $3, $4, $5, $6, 'queued', 0, $7, $7, $7)",
        id,
        letter.kind.code(),
        &letter.to,
        letter.account.map(|account| account.0),
        letter.locale.tag(),
        facts.clone(),
        tx.now()
    ))
    .await?;
    Ok(())
}

/// A letter that is to be sent.
#[derive(Debug)]
pub(super) struct Claimed {
    pub(super) recipient: Address,
    pub(super) locale: Locale,
    pub(super) facts: Json,
    pub(super) attempts: i64,
    pub(super) tried_since: Timestamp,
    pub(super) made_at: Timestamp,
}

fn locale(row: &Row) -> Result<Locale, Error> {
    let tag: String = row.get("locale")?;
    Locale::parse(&tag).ok_or_else(|| Error::Refused(format!("a letter in the language “{tag}”")))
}

impl FromRow for Claimed {
    fn from_row(row: &Row) -> Result<Self, Error> {
        Ok(Self {
            recipient: row.get("recipient")?,
            locale: locale(row)?,
            facts: row.get("facts")?,
            attempts: row.get("attempts")?,
            tried_since: row.get("tried_since")?,
            made_at: row.get("made_at")?,
        })
    }
}

impl FromRow for LetterView {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let code: String = row.get("state")?;
        Ok(Self {
            id: row.get("id")?,
            kind: row.get("kind")?,
            to: row.get("recipient")?,
            account: row.get("account")?,
            locale: locale(row)?,
            state: State::parse(&code)
                .ok_or_else(|| Error::Refused(format!("a letter in the state “{code}”")))?,
            attempts: row.get("attempts")?,
            due_at: row.get("due_at")?,
            error: row.get("error")?,
            reply: row.get("reply")?,
            made_at: row.get("made_at")?,
            ended_at: row.get("ended_at")?,
        })
    }
}

/// The letter, where it is still to be sent.
pub(super) async fn claim(read: &Read, id: LetterId) -> Result<Option<Claimed>, Error> {
    read.optional(sql!(
        "select recipient, locale, facts, attempts, tried_since, made_at from letter
        where id = $1 and state in ('queued', 'failed') and facts is not null",
        id
    ))
    .await
}

/// Ends it. One that was sent says no more what it said: a link in it is a key.
pub(super) async fn end(
    tx: &Tx,
    id: LetterId,
    state: State,
    error: Option<&str>,
    reply: Option<&str>,
) -> Result<(), Error> {
    tx.run(sql!(
        "update letter set state = $1, error = $2, reply = $3, ended_at = $4, due_at = null,
            facts = case when $1 in ('dead', 'suppressed') then facts else null end,
            attempts = attempts + 1
        where id = $5 and state in ('queued', 'failed')",
        state.code(),
        error,
        reply,
        tx.now(),
        id
    ))
    .await?;
    Ok(())
}

pub(super) async fn put_off(
    tx: &Tx,
    id: LetterId,
    due_at: Timestamp,
    attempts: i64,
    error: &str,
) -> Result<(), Error> {
    tx.run(sql!(
        "update letter set state = 'failed', due_at = $1, attempts = $2, error = $3
        where id = $4 and state in ('queued', 'failed')",
        due_at,
        attempts,
        error,
        id
    ))
    .await?;
    Ok(())
}

pub(super) async fn list(read: &Read, state: Option<State>, limit: u32) -> Result<Vec<LetterView>, Error> {
    read.all(sql!(
        "select id, kind, recipient, account, locale, state, attempts, due_at, error, reply, made_at, ended_at
        from letter where $1 is null or state = $1 order by made_at desc, id desc limit $2",
        state.map(State::code),
        limit
    ))
    .await
}

pub(super) async fn find(read: &Read, id: LetterId) -> Result<Option<LetterView>, Error> {
    read.optional(sql!(
        "select id, kind, recipient, account, locale, state, attempts, due_at, error, reply, made_at, ended_at
        from letter where id = $1",
        id
    ))
    .await
}

/// Makes a letter that was not sent due at once. Tells whether there was one that still says something.
pub(super) async fn requeue(tx: &Tx, id: LetterId) -> Result<bool, Error> {
    let changed = tx
        .run(sql!(
            "update letter set state = 'queued', attempts = 0, due_at = $1, tried_since = $1, error = null, ended_at = null
            where id = $2 and state <> 'sent' and facts is not null",
            tx.now(),
            id
        ))
        .await?;
    Ok(changed == 1)
}

pub(super) async fn overview(read: &Read) -> Result<Overview, Error> {
    read.one(sql!(
        "select coalesce(sum(case when state = 'queued' then 1 else 0 end), 0) as queued_count,
            coalesce(sum(case when state = 'failed' then 1 else 0 end), 0) as failed_count,
            coalesce(sum(case when state = 'dead' then 1 else 0 end), 0) as dead_count,
            min(case when state in ('queued', 'failed') then made_at end) as waiting_since
        from letter where state in ('queued', 'failed', 'dead')"
    ))
    .await
}

/// Takes from letters that ended before `before` what they said.
pub(super) async fn empty(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    tx.run(sql!("update letter set facts = null where facts is not null and ended_at < $1", before)).await
}

/// Removes letters that ended before `before`.
pub(super) async fn forget(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    tx.run(sql!("delete from letter where ended_at < $1", before)).await
}

/// Notes that a letter came back which a server had taken.
pub(super) async fn came_back(tx: &Tx, id: LetterId, words: &str) -> Result<(), Error> {
    tx.run(sql!("update letter set error = $1 where id = $2 and state = 'sent'", words, id)).await?;
    Ok(())
}

/// Leaves an address alone. Tells whether it was not yet.
pub(super) async fn suppress(
    tx: &Tx,
    id: SuppressionId,
    address: &str,
    reason: Reason,
    words: &str,
) -> Result<bool, Error> {
    let added = tx
        .run(sql!(
            "insert into suppression (id, address, reason, words, made_at) values ($1, $2, $3, $4, $5)
            on conflict (address) do nothing",
            id,
            address,
            reason.code(),
            words,
            tx.now()
        ))
        .await?;
    Ok(added == 1)
}

pub(super) async fn suppression(read: &Read, address: &str) -> Result<Option<Suppression>, Error> {
    read.optional(sql!(
        "select id, address, reason, words, made_at from suppression where address = $1",
        address
    ))
    .await
}

pub(super) async fn list_suppressed(read: &Read, limit: u32) -> Result<Vec<Suppression>, Error> {
    read.all(sql!(
        "select id, address, reason, words, made_at from suppression order by made_at desc, id desc limit $1",
        limit
    ))
    .await
}

pub(super) async fn lift(tx: &Tx, id: SuppressionId) -> Result<(), Error> {
    tx.run(sql!("delete from suppression where id = $1", id)).await?;
    Ok(())
}
