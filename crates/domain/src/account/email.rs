//! Another address for an account. It moves once links in letters to both addresses were followed: whoever has the session
//! shows that they read the old one, and that the new one is theirs. Whether the new one has an account already, only the
//! letter to it tells.

use db::Db;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::session::Device;
use super::voucher::{self, Purpose, VoucherSecret};
use super::{limit, policy, record, register, session, store, tell};
use crate::actor::{Actor, Who};
use crate::id::AccountId;
use crate::notice::{self, AccountChange, Address, Kind, Letter};
use crate::{Error, Result};

/// What both vouchers remember. The first of the two to be used leaves word for the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Move {
    to: Address,
}

/// Where a change of address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moved {
    /// The other link is still to be followed.
    OneOfTwo,
    /// The account has the new address.
    Done,
}

/// Asks for the address of the account that acts to be changed.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are; [`Error::Invalid`] naming `email`; [`Error::Limited`].
pub async fn ask_email_change(db: &Db, actor: &Actor, email: &str, device: &Device) -> Result<()> {
    let id = actor.account().ok_or(Error::NotFound)?;
    policy::demand_proof(actor, db.clock().now())?;
    let to = register::address("email", email)?;
    let [of_new, of_old] = [VoucherSecret::random()?, VoucherSecret::random()?];
    db.write(async |tx| {
        let account = store::find_open(&tx, id).await?.ok_or(Error::NotFound)?;
        let old = account.email.as_deref().and_then(Address::parse).ok_or(Error::NotFound)?;
        let locale = account.locale.unwrap_or(Locale::En);
        let is_sent = limit::letter(&tx, device.address, &to.key()).await?;
        // One change at a time: the links of an earlier one work no more.
        store::voucher::spend_all(&tx, id).await?;
        let facts = Move { to: to.clone() };
        let until = voucher::issue(&tx, &of_new, Purpose::EmailNew, Some(id), &facts).await?;
        voucher::issue(&tx, &of_old, Purpose::EmailOld, Some(id), &facts).await?;
        record(&tx, actor, "account.ask-email-change", id).await?;
        if !is_sent {
            return Ok(());
        }
        let there = store::find_by_email(&tx, &to.key()).await?;
        let kind = match &there {
            None => {
                Kind::AccountEmailChange { link: voucher::link(locale, Purpose::EmailNew, &of_new)?, until }
            }
            Some(_) => Kind::AccountExists {
                sign_in: voucher::place(locale, "account/sign-in")?,
                reset: voucher::place(locale, "account/reset")?,
            },
        };
        notice::post(&tx, Letter { to: to.clone(), account: Some(id), locale, kind }).await?;
        let kind =
            Kind::AccountEmailChange { link: voucher::link(locale, Purpose::EmailOld, &of_old)?, until };
        notice::post(&tx, Letter { to: old, account: Some(id), locale, kind }).await?;
        Ok(())
    })
    .await
}

/// Follows the link of one of the two letters.
///
/// # Errors
/// [`Error::Conflict`] for a link that is over, or where the address was taken by another account in the meantime.
pub async fn confirm_email(db: &Db, secret: &VoucherSecret) -> Result<Moved> {
    db.write(async |tx| {
        let (voucher, other) = match voucher::take(&tx, secret, Purpose::EmailNew).await {
            Ok(voucher) => (voucher, Purpose::EmailOld),
            Err(Error::Conflict(_)) => {
                (voucher::take(&tx, secret, Purpose::EmailOld).await?, Purpose::EmailNew)
            }
            Err(other) => return Err(other),
        };
        let Move { to } = voucher.facts()?;
        let id: AccountId = voucher.account.ok_or(Error::NotFound)?;
        if store::voucher::is_open(&tx, id, other).await? {
            return Ok(Moved::OneOfTwo);
        }
        let account = store::find_open(&tx, id).await?.ok_or(Error::Conflict("account-link-over"))?;
        if store::find_by_email(&tx, &to.key()).await?.is_some() {
            return Err(Error::Conflict("account-link-over"));
        }
        // To the old address, which is the one that wants to know.
        tell(&tx, &account, AccountChange::Email).await?;
        store::set_email(&tx, id, to.as_str(), &to.key()).await?;
        session::end_all(&tx, id, None).await?;
        record(&tx, &Actor::new(Who::account(id, [])), "account.change-email", id).await?;
        Ok(Moved::Done)
    })
    .await
}
