//! Accounts and the tokens that programs sign in with. Owns who may sign in, and as what; what a role may do is each
//! slice's own policy. Passwords, sessions and second factors will join it here.

mod store;
mod token;

use db::Db;
use serde::Serialize;
use serde_json::json;

pub use token::{IssuedToken, TokenSecret, TokenView, authenticate, issue_token, list_tokens, revoke_token};

use crate::actor::{Actor, Role};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::AccountId;
use crate::{Error, Result};

/// The most characters that a name may have.
pub const NAME_MAX: usize = 120;

/// An account as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it is called: a person's name in their own order and script, or a program's.
    pub name: String,
    /// What it may do.
    pub role: Role,
}

fn may_administer(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator]) { Ok(()) } else { Err(Error::NotFound) }
}

/// Opens an account.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not; [`Error::Invalid`] naming `name`.
pub async fn open(db: &Db, actor: &Actor, name: &str, role: Role) -> Result<Account> {
    may_administer(actor)?;
    let name = name.trim();
    if name.is_empty() {
        return Err(Error::field("name", Problem::Required));
    }
    if name.chars().count() > NAME_MAX {
        return Err(Error::field("name", Problem::TooLong { max: NAME_MAX }));
    }
    db.write(async |tx| {
        let account = Account { id: AccountId(tx.new_id()), name: name.to_owned(), role };
        store::insert(&tx, &account).await?;
        let after = Some(json!({ "role": role.code() }));
        let entry =
            Entry { verb: "account.open", kind: "account", subject: account.id.0, before: None, after };
        change::record(&tx, actor, entry).await?;
        Ok(account)
    })
    .await
}

/// The open accounts called `name`, oldest first, for the command line. Names are not unique: two people may share one.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them.
pub async fn list_by_name(db: &Db, actor: &Actor, name: &str) -> Result<Vec<Account>> {
    may_administer(actor)?;
    db.read(async |read| Ok(store::list_by_name(&read, name.trim()).await?)).await
}

/// An open account.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn load(db: &Db, actor: &Actor, id: AccountId) -> Result<Account> {
    may_administer(actor)?;
    db.read(async |read| store::find(&read, id).await?.ok_or(Error::NotFound)).await
}
