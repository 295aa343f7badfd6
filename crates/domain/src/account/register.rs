//! Registering. Nothing is opened until a link in a letter has shown that the address belongs to whoever registered, and it is
//! they who then choose the password: nobody can prepare an account for another. Whether an address has an account already,
//! the letter tells, and nothing else.

use db::{Db, Tx};
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::password::Password;
use super::session::{Device, SessionSecret};
use super::voucher::{self, Purpose, VoucherSecret};
use super::{Account, Gate, limit, model, record, session, store};
use crate::actor::{Actor, Who};
use crate::error::Problem;
use crate::id::AccountId;
use crate::notice::{self, Address, Kind, Letter};
use crate::programme::CountryCode;
use crate::{Error, Result};

/// What somebody says of themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Their address.
    pub email: String,
    /// Their name, whole, in their own order and script.
    pub name: String,
    /// The same in Latin letters, if they like.
    pub latin_name: Option<String>,
    /// The language in which they want to be written to.
    pub locale: Locale,
    /// Where they live.
    pub country: Option<CountryCode>,
    /// Their time zone, as the IANA names it.
    pub time_zone: Option<String>,
}

impl Registration {
    /// Trims it, and refuses what cannot be taken.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming every field that is wrong.
    pub fn checked(self) -> Result<(Address, Self)> {
        let email = Address::field("email", &self.email);
        let name = model::checked_name("name", &self.name);
        let latin_name = model::checked_latin(self.latin_name);
        let time_zone = model::checked_zone(self.time_zone);
        match (email, name, latin_name, time_zone) {
            (Ok(email), Ok(name), Ok(latin_name), Ok(time_zone)) => {
                let email_text = email.as_str().to_owned();
                Ok((email, Self { email: email_text, name, latin_name, time_zone, ..self }))
            }
            (email, name, latin_name, time_zone) => {
                Err(model::all_wrong([email.err(), name.err(), latin_name.err(), time_zone.err()]))
            }
        }
    }
}

/// Registers: a letter says what comes next.
///
/// # Errors
/// [`Error::Invalid`] naming what is wrong; [`Error::Limited`].
pub async fn register(db: &Db, registration: Registration, device: &Device) -> Result<()> {
    let (to, registration) = registration.checked()?;
    let (key, locale) = (to.key(), registration.locale);
    let secret = VoucherSecret::random()?;
    db.write(async |tx| {
        let is_sent = limit::letter(&tx, device.address, &key).await?;
        let there = store::find_by_email(&tx, &key).await?;
        // Written in either case, so that either takes as long.
        let until = voucher::issue(&tx, &secret, Purpose::Register, None, &registration).await?;
        if !is_sent {
            return Ok(());
        }
        let letter = match there {
            None => {
                let link = voucher::link(locale, Purpose::Register, &secret)?;
                Letter { to: to.clone(), account: None, locale, kind: Kind::AccountVerify { link, until } }
            }
            Some(account) => {
                let locale = account.locale.unwrap_or(locale);
                let sign_in = voucher::place(locale, "account/sign-in")?;
                let reset = voucher::place(locale, "account/reset")?;
                let kind = Kind::AccountExists { sign_in, reset };
                Letter { to: to.clone(), account: Some(account.id), locale, kind }
            }
        };
        notice::post(&tx, letter).await?;
        Ok(())
    })
    .await
}

/// What somebody who followed the link registered with, to be shown beside the field for the password.
///
/// # Errors
/// [`Error::Conflict`] for a link that is over.
pub async fn registered(db: &Db, secret: &VoucherSecret) -> Result<Registration> {
    db.read(async |read| voucher::find(&read, secret, Purpose::Register).await?.facts()).await
}

/// Opens the account that was registered, with its password, and signs in.
///
/// # Errors
/// [`Error::Conflict`] for a link that is over; [`Error::Invalid`] naming `password`.
pub async fn confirm(
    db: &Db,
    gate: &Gate,
    secret: &VoucherSecret,
    password: &Password,
    device: &Device,
) -> Result<SessionSecret> {
    let registration = registered(db, secret).await?;
    password.checked("password", &[&registration.email, &registration.name])?;
    let hash = gate.hashing.hash(password).await?;
    db.write(async |tx| {
        let voucher = voucher::take(&tx, secret, Purpose::Register).await?;
        let id = open_for(&tx, &voucher.facts()?, &hash).await?;
        let actor = Actor::new(Who::account(id, []));
        record(&tx, &actor, "account.register", id).await?;
        session::open_in(&tx, id, device, gate.bounds, false).await
    })
    .await
}

/// Opens an account for whoever has shown that the address is theirs.
pub(super) async fn open_for(tx: &Tx, registration: &Registration, hash: &str) -> Result<AccountId> {
    let to = Address::field("email", &registration.email)?;
    // Somebody else was quicker, or they registered twice: that link is over then.
    if store::find_by_email(tx, &to.key()).await?.is_some() {
        return Err(Error::Conflict("account-link-over"));
    }
    let account = Account {
        latin_name: registration.latin_name.clone(),
        email: Some(to.as_str().to_owned()),
        locale: Some(registration.locale),
        country: registration.country,
        time_zone: registration.time_zone.clone(),
        ..Account::new(AccountId(tx.new_id()), registration.name.clone(), tx.now())
    };
    store::insert(tx, &account).await?;
    store::set_password(tx, account.id, hash).await?;
    Ok(account.id)
}

/// The address of a form as a type, refused in the words of the form.
pub(super) fn address(field: &'static str, text: &str) -> Result<Address> {
    Address::parse(text).ok_or_else(|| {
        let problem = if text.trim().is_empty() { Problem::Required } else { Problem::BadAddress };
        Error::field(field, problem)
    })
}
