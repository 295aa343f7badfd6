//! Requests that a program may send again under the same key, since it cannot know whether the first one arrived. Each is
//! carried out once for each account; what came of it is kept for a day. Owns the keys; what a request is, and how it is
//! answered, is `web`'s.

use db::{Db, row, sql};
use jiff::SignedDuration;

use crate::id::AccountId;
use crate::{Error, Result};

/// How long a key is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request that has not been answered for so long will not be: whoever worked on it is gone.
const GONE: SignedDuration = SignedDuration::from_mins(5);

row!(
    /// What came of a request.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Outcome {
        /// The digest of the request; none where nobody read it to its end.
        pub digest: Option<String>,
        /// The status of the answer; none while there is no answer.
        pub status: Option<i64>,
        /// Its headers, in a form that is `web`'s.
        pub headers: Option<String>,
        /// Its body; none where it is not kept.
        pub body: Option<String>,
    }
);

/// What [`begin`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: it is to be carried out, and then settled.
    First,
    /// It was carried out before.
    Before(Outcome),
}

/// Begins a request of `account` under `key`.
///
/// # Errors
/// [`Error::Conflict`] while the first one is being carried out, and where nobody knows what came of it.
pub async fn begin(db: &Db, account: AccountId, key: &str) -> Result<Begun> {
    db.write(async |tx| {
        tx.run(sql!("delete from once_answer where begun_at < $1", tx.now() - KEPT)).await?;
        let begun = tx
            .run(sql!(
                "insert into once_answer (account, request_key, begun_at) values ($1, $2, $3)
                on conflict (account, request_key) do nothing",
                account,
                key,
                tx.now()
            ))
            .await?;
        if begun == 1 {
            return Ok(Begun::First);
        }
        let gone = tx.now() - GONE;
        let waiting = tx
            .optional(sql!(
                "select digest, status, headers, body from once_answer
                where account = $1 and request_key = $2 and status is null and begun_at >= $3",
                account,
                key,
                gone
            ))
            .await?;
        if waiting.is_some_and(|_: Outcome| true) {
            return Err(Error::Conflict("once-running"));
        }
        let before: Option<Outcome> = tx
            .optional(sql!(
                "select digest, status, headers, body from once_answer where account = $1 and request_key = $2",
                account,
                key
            ))
            .await?;
        match before {
            Some(outcome) if outcome.body.is_some() => Ok(Begun::Before(outcome)),
            _ => Err(Error::Conflict("once-unknown")),
        }
    })
    .await
}

/// Keeps what came of a request.
///
/// # Errors
/// What the database says.
pub async fn settle(db: &Db, account: AccountId, key: &str, outcome: &Outcome) -> Result<()> {
    db.write(async |tx| {
        tx.run(sql!(
            "update once_answer set digest = $1, status = $2, headers = $3, body = $4
            where account = $5 and request_key = $6",
            outcome.digest.as_deref(),
            outcome.status,
            outcome.headers.as_deref(),
            outcome.body.as_deref(),
            account,
            key
        ))
        .await?;
        Ok(())
    })
    .await
}

/// Forgets a request that was refused and changed nothing: the next one under its key is the first.
///
/// # Errors
/// What the database says.
pub async fn forget(db: &Db, account: AccountId, key: &str) -> Result<()> {
    db.write(async |tx| {
        tx.run(sql!("delete from once_answer where account = $1 and request_key = $2", account, key)).await?;
        Ok(())
    })
    .await
}
