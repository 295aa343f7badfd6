//! A new password for whoever has forgotten theirs: a letter with a link, if there is an account with that address. Whether
//! there is one, only the letter tells.

use db::Db;
use i18n::Locale;
use serde_json::json;

use super::password::Password;
use super::session::Device;
use super::sign_in::set_password;
use super::voucher::{self, Purpose, VoucherSecret};
use super::{Account, Gate, State, limit, register, session, store};
use crate::actor::{Actor, Who};
use crate::notice::{self, Address, Kind, Letter};
use crate::{Error, Result};

/// Asks for a new password.
///
/// # Errors
/// [`Error::Invalid`] naming `email`; [`Error::Limited`].
pub async fn ask_reset(db: &Db, email: &str, device: &Device) -> Result<()> {
    let key = register::address("email", email)?.key();
    let secret = VoucherSecret::random()?;
    db.write(async |tx| {
        let is_sent = limit::letter(&tx, device.address, &key).await?;
        let account = store::find_by_email(&tx, &key).await?.filter(|found| found.state == State::Open);
        let id = account.as_ref().map(|account| account.id);
        // Written in either case, so that either takes as long; without an account it opens nothing.
        let until = voucher::issue(&tx, &secret, Purpose::Reset, id, &json!({})).await?;
        if let (true, Some(account)) = (is_sent, account) {
            let locale = account.locale.unwrap_or(Locale::En);
            let kind = Kind::AccountReset { link: voucher::link(locale, Purpose::Reset, &secret)?, until };
            let to = account.email.as_deref().and_then(Address::parse).ok_or(Error::NotFound)?;
            notice::post(&tx, Letter { to, account: Some(account.id), locale, kind }).await?;
        }
        Ok(())
    })
    .await
}

/// Whether a link works, before somebody thinks of a password.
///
/// # Errors
/// [`Error::Conflict`] for one that is over.
pub async fn reset_works(db: &Db, secret: &VoucherSecret) -> Result<()> {
    db.read(async |read| account_of(&read, secret).await.map(|_| ())).await
}

async fn account_of(read: &db::Read, secret: &VoucherSecret) -> Result<Account> {
    let voucher = voucher::find(read, secret, Purpose::Reset).await?;
    let over = Error::Conflict("account-link-over");
    let Some(id) = voucher.account else { return Err(over) };
    store::find_open(read, id).await?.ok_or(over)
}

/// Sets the new password. Every session ends: whoever knows the password, and the code where one is needed, signs in afresh.
///
/// # Errors
/// [`Error::Conflict`] for a link that is over; [`Error::Invalid`] naming `password`.
pub async fn reset(db: &Db, gate: &Gate, secret: &VoucherSecret, password: &Password) -> Result<()> {
    let account = db.read(async |read| account_of(&read, secret).await).await?;
    password.checked("password", &[account.email.as_deref().unwrap_or_default(), &account.name])?;
    let hash = gate.hashing.hash(password).await?;
    db.write(async |tx| {
        let account = account_of(&tx, secret).await?;
        let actor = Actor::new(Who::account(account.id, []));
        voucher::take(&tx, secret, Purpose::Reset).await?;
        set_password(&tx, &actor, &account, &hash).await?;
        session::end_all(&tx, account.id, None).await?;
        Ok(())
    })
    .await
}
