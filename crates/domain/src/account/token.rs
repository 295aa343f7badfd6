//! Tokens: what a program shows to act for an account. A token is shown once, when it is issued; the database keeps its
//! digest. It says itself what it is (`cway_...`), so that a leaked one can be found by scanners.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use db::{Db, Timestamp, row};
use jiff::SignedDuration;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Serialize;
use serde_json::json;

use super::{may_administer, store};
use crate::actor::{Actor, Who};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::{AccountId, TokenId};
use crate::{Error, Result};

const PREFIX: &str = "cway_";
const SECRET_BYTES: usize = 32;

/// The most characters that a label may have.
const LABEL_MAX: usize = 80;

/// A token's secret part: 256 random bits. Never logged, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenSecret(String);

impl std::fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenSecret(...)")
    }
}

impl TokenSecret {
    fn random() -> Result<Self> {
        let mut bytes = [0; SECRET_BYTES];
        SystemRandom::new()
            .fill(&mut bytes)
            .map_err(|_| Error::internal("the machine gives no randomness"))?;
        Ok(Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// Reads what a program has shown; `None` for what cannot be a token.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == SECRET_BYTES).then(|| Self(text.to_owned()))
    }

    /// The token, to be shown to whoever asked for it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database keeps. A plain hash is enough, since 256 random bits cannot be guessed.
    fn digest(&self) -> String {
        blake3::derive_key("causeway account token 1", self.0.as_bytes())
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect()
    }
}

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
        store::find(&tx, account).await?.ok_or(Error::NotFound)?;
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
    let account = db.read(async |read| store::find_by_digest(&read, &digest).await).await?;
    Ok(account.map(|account| Actor::new(Who::Account(account.id, account.role))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_token_is_looked_up() {
        let secret = TokenSecret::random().unwrap();
        assert_eq!(TokenSecret::parse(secret.reveal()), Some(secret.clone()));
        for wrong in [
            "",
            "cway_",
            "cway_abc",
            "ghp_0123456789",
            &secret.reveal()[1..],
            &format!("{}A", secret.reveal()),
        ] {
            assert_eq!(TokenSecret::parse(wrong), None, "{wrong}");
        }
        assert!(!format!("{secret:?}").contains(&secret.reveal()[5..]), "it cannot end up in a log");
    }
}
