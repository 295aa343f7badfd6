//! Accounts: who may sign in, and as what. Owns people's sign-ins, the roles they hold, their sessions and the tokens of
//! their programs. What a role may do is each slice's own policy.

pub mod duties;
mod email;
mod enrol;
mod first;
mod gate;
pub mod grant;
mod limit;
mod model;
mod own;
mod password;
mod policy;
mod register;
mod reset;
pub(crate) mod secret;
pub mod session;
mod sign_in;
mod store;
mod token;
pub mod totp;
mod voucher;

use db::{Db, Read};
use i18n::Locale;
use serde_json::json;

pub use email::{Moved, ask_email_change, confirm_email};
pub use enrol::{Person, enrol};
pub use first::{first_link, first_works, make_first, open_person};
pub use gate::Gate;
pub use grant::{GrantView, NewGrant};
pub use limit::Sweep;
pub use model::{Account, NAME_MAX, State};
pub use own::{Profile, close, own, revise};
pub use policy::demand_proof;
pub use password::{Cost, Hashing, PASSWORD_MAX, PASSWORD_MIN, Password};
pub use register::{Registration, confirm, register, registered};
pub use reset::{ask_reset, reset, reset_works};
pub use session::{Bounds, Device, SessionSecret, SessionView, authenticate_session};
pub use sign_in::{Proof, SignedIn, change_password, prove, sign_in, sign_in_with_code};
pub use token::{IssuedToken, TokenSecret, TokenView, authenticate, issue_token, list_tokens, revoke_token};
pub use voucher::VoucherSecret;

use crate::actor::{Actor, Grant, Role};
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::AccountId;
use crate::notice::{self, AccountChange, Address, Kind, Letter};
use crate::page::{Ask, Page};
use crate::{Error, Result};

/// Whom to write to about something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recipient {
    /// Their name.
    pub(crate) name: String,
    /// Their address.
    pub(crate) email: String,
    /// Their language.
    pub(crate) locale: Locale,
}

/// Whom to write to about a matter of an account. `None` for one that is closed or has no address. Asks nobody who they
/// are: for verbs of other slices.
pub(crate) async fn recipient(read: &Read, id: AccountId) -> Result<Option<Recipient>> {
    let Some(account) = store::find_open(read, id).await? else { return Ok(None) };
    let Some(email) = account.email else { return Ok(None) };
    Ok(Some(Recipient { name: account.name, email, locale: account.locale.unwrap_or(Locale::FALLBACK) }))
}

/// Opens an account that holds `role` for the whole programme, for a person without a sign-in or for a program.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not; [`Error::Invalid`] naming `name`, or `scope` for a role that is not held so.
pub async fn open(db: &Db, actor: &Actor, name: &str, role: Role) -> Result<Account> {
    policy::may_administer(actor)?;
    let name = model::checked_name("name", name)?;
    db.write(async |tx| {
        let account = Account::new(AccountId(tx.new_id()), name.clone(), tx.now());
        store::insert(&tx, &account).await?;
        record(&tx, actor, "account.open", account.id).await?;
        grant::grant_in(&tx, actor, account.id, Grant::platform(role).into()).await?;
        Ok(account)
    })
    .await
}

/// The open accounts called `name`, oldest first, for the command line. Names are not unique: two people may share one.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them.
pub async fn list_by_name(db: &Db, actor: &Actor, name: &str) -> Result<Vec<Account>> {
    policy::may_administer(actor)?;
    db.read(async |read| Ok(store::list_by_name(&read, name.trim()).await?)).await
}

/// An account, whatever its state, for itself and for whoever administers accounts.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn load(db: &Db, actor: &Actor, id: AccountId) -> Result<Account> {
    policy::may_see(actor, id)?;
    db.read(async |read| store::find(&read, id).await?.ok_or(Error::NotFound)).await
}

/// Shuts an account out until it is reopened: its sessions end, its tokens stop working, its roles rest.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not, or where there is none; [`Error::Denied`] for one's own; [`Error::Conflict`]
/// where it is not open, or nobody would be left to run the programme.
pub async fn suspend(db: &Db, actor: &Actor, id: AccountId) -> Result<Account> {
    policy::may_administer(actor)?;
    if actor.account() == Some(id) {
        return Err(Error::Denied("account-suspend-own"));
    }
    db.write(async |tx| {
        let mut account = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        account.state = account.state.suspended()?;
        store::set_suspended(&tx, id, Some(tx.now())).await?;
        session::end_all(&tx, id, None).await?;
        for held in grant::in_force(&tx, id).await? {
            grant::demand_administrator(&tx, held).await?;
        }
        record(&tx, actor, "account.suspend", id).await?;
        Ok(account)
    })
    .await
}

/// Lets a suspended account in again.
///
/// # Errors
/// As [`suspend`].
pub async fn reopen(db: &Db, actor: &Actor, id: AccountId) -> Result<Account> {
    policy::may_administer(actor)?;
    db.write(async |tx| {
        let mut account = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        account.state = account.state.reopened()?;
        store::set_suspended(&tx, id, None).await?;
        record(&tx, actor, "account.reopen", id).await?;
        Ok(account)
    })
    .await
}

/// Accounts, the newest first.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them; [`Error::Invalid`] naming `limit` or `after`.
pub async fn list(db: &Db, actor: &Actor, ask: Ask) -> Result<Page<Account>> {
    policy::may_administer(actor)?;
    let ask = ask.checked()?;
    let after = ask.after.as_deref().map(str::parse).transpose();
    let after = after.map_err(|_| Error::field("after", Problem::BadValue))?;
    db.read(async |read| {
        let found = store::list(&read, after, ask.limit + 1).await?;
        Ok(Page::of(found, ask.limit, |last| last.id.to_string()))
    })
    .await
}

/// The account that an argument of the command line names: by its id or its address.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn find(db: &Db, actor: &Actor, named: &str) -> Result<Account> {
    policy::may_administer(actor)?;
    if let Ok(id) = named.trim().parse() {
        return load(db, actor, id).await;
    }
    let key = i18n::fold(named.trim());
    db.read(async |read| store::find_by_email(&read, &key).await?.ok_or(Error::NotFound)).await
}

/// Tells the owner of an account that something about its safety has changed.
async fn tell(tx: &db::Tx, account: &Account, change: AccountChange) -> Result<()> {
    let Some(to) = account.email.as_deref().and_then(Address::parse) else { return Ok(()) };
    let locale = account.locale.unwrap_or(Locale::En);
    let kind = Kind::AccountChanged { change, at: tx.now(), link: voucher::place(locale, "account")? };
    notice::post(tx, Letter { to, account: Some(account.id), locale, kind }).await?;
    Ok(())
}

async fn record(tx: &db::Tx, actor: &Actor, verb: &'static str, id: AccountId) -> Result<()> {
    let after = Some(json!({}));
    let entry = Entry { verb, kind: "account", subject: id.0, before: None, after };
    change::record(tx, actor, entry).await?;
    Ok(())
}
