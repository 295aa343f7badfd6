//! Tokens: what a program shows to act for an account. A token is shown once, when it is issued; the database keeps its
//! digest. It says itself what it is (`cway_...`), so that a leaked one can be found by scanners.

use db::{Db, Timestamp, row};
use jiff::SignedDuration;
use serde::Serialize;
use serde_json::json;

use super::policy::may_administer;
use super::secret::secret;
use super::{grant, store};
use crate::actor::{Actor, Means, Who};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::{AccountId, TokenId};
use crate::{Error, Result};

/// The most characters that a label may have.
const LABEL_MAX: usize = 80;

secret!(
    /// A token's secret part. Never logged, never stored.
    TokenSecret,
    "cway_",
    "causeway account token 1"
);

/// A token that was just issued.
#[derive(Clone, Debug)]
pub struct IssuedToken {
    /// Its id.
    pub id: TokenId,
    /// The secret: shown now and never again.
    pub secret: TokenSecret,
    /// Until when it works.
    pub expires_at: Option<Timestamp>,
}

row!(
    /// A token as it is listed.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct TokenView {
        /// Its id.
        pub id: TokenId,
        /// The account it acts for.
        pub account: AccountId,
        /// The account's name.
        pub account_name: String,
        /// What it is for.
        pub label: String,
        /// When it was issued.
        pub made_at: Timestamp,
        /// Until when it works.
        pub expires_at: Option<Timestamp>,
        /// When it was revoked.
        pub revoked_at: Option<Timestamp>,
    }
);

/// Issues a token for `account`, to work for `days`, or until it is revoked.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or where there is no such account; [`Error::Invalid`] naming `label`, or `days`
/// beyond the end of the calendar.
pub async fn issue_token(
    db: &Db,
    actor: &Actor,
    account: AccountId,
    label: &str,
    days: Option<u32>,
) -> Result<IssuedToken> {
    may_administer(actor)?;
    let label = label.trim();
    if label.is_empty() {
        return Err(Error::field("label", Problem::Required));
    }
    if label.chars().count() > LABEL_MAX {
        return Err(Error::field("label", Problem::TooLong { max: LABEL_MAX }));
    }
    let secret = TokenSecret::random()?;
    db.write(async |tx| {
        store::find_open(&tx, account).await?.ok_or(Error::NotFound)?;
        let id = TokenId(tx.new_id());
        let end = |days| tx.now().checked_add(SignedDuration::from_hours(24 * i64::from(days)));
        let expires_at = days.map(end).transpose().map_err(|_| Error::field("days", Problem::BadValue))?;
        store::insert_token(&tx, id, account, label, &secret.digest(), expires_at).await?;
        let after = Some(json!({ "account": account, "expires_at": expires_at }));
        let entry =
            Entry { verb: "account.issue-token", kind: "account_token", subject: id.0, before: None, after };
        change::record(&tx, actor, entry).await?;
        Ok(IssuedToken { id, secret: secret.clone(), expires_at })
    })
    .await
}

/// Ends a token at once.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or where there is none; [`Error::Conflict`] where it was revoked before.
pub async fn revoke_token(db: &Db, actor: &Actor, id: TokenId) -> Result<()> {
    may_administer(actor)?;
    db.write(async |tx| {
        let token = store::find_token(&tx, id).await?.ok_or(Error::NotFound)?;
        if token.revoked_at.is_some() {
            return Err(Error::Conflict("token-revoked"));
        }
        store::revoke_token(&tx, id).await?;
        let entry = Entry {
            verb: "account.revoke-token",
            kind: "account_token",
            subject: id.0,
            before: None,
            after: None,
        };
        change::record(&tx, actor, entry).await?;
        Ok(())
    })
    .await
}

/// Every token, newest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them.
pub async fn list_tokens(db: &Db, actor: &Actor) -> Result<Vec<TokenView>> {
    may_administer(actor)?;
    db.read(async |read| Ok(store::list_tokens(&read).await?)).await
}

/// Whom a token stands for. `None` for one that is unknown, revoked or expired: which of them, nobody is told.
///
/// # Errors
/// What the database says.
pub async fn authenticate(db: &Db, secret: &TokenSecret) -> Result<Option<Actor>> {
    let digest = secret.digest();
    db.read(async |read| {
        let Some((id, account)) = store::find_by_digest(&read, &digest).await? else { return Ok(None) };
        let grants = grant::in_force(&read, account).await?;
        let means = Means::Token { id, writes: true };
        Ok(Some(Actor::new(Who::account(account, grants)).by(means)))
    })
    .await
}
