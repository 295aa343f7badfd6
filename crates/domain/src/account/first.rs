//! The first administrator. There is no default password: an empty installation prints a link that works once, for an hour,
//! and the command line makes an administrator who chooses the password by a link.

use db::Db;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::password::Password;
use super::register::{Registration, open_for};
use super::session::{Device, SessionSecret};
use super::voucher::{self, Purpose, VoucherSecret};
use super::{Account, Gate, grant, policy, record, session, store};
use crate::actor::{Actor, Grant, Role, Who};
use crate::id::AccountId;
use crate::notice::Link;
use crate::{Error, Result};

/// To which installation a link belongs.
#[derive(Serialize, Deserialize)]
struct Place {
    installation: String,
}

/// A link by which the first administrator is made, where there is no account yet; else `None`. Those printed before work no
/// more. It belongs to this installation: another that has a copy of the database does not take it.
///
/// # Errors
/// What the database says.
pub async fn first_link(db: &Db, gate: &Gate) -> Result<Option<Link>> {
    let secret = VoucherSecret::random()?;
    let made = db
        .write(async |tx| {
            if !store::is_empty(&tx).await? {
                return Ok::<_, Error>(false);
            }
            store::voucher::spend_purpose(&tx, Purpose::First).await?;
            let place = Place { installation: gate.installation.clone() };
            voucher::issue(&tx, &secret, Purpose::First, None, &place).await?;
            Ok(true)
        })
        .await?;
    if made { voucher::link(Locale::En, Purpose::First, &secret).map(Some) } else { Ok(None) }
}

/// Whether the link works.
///
/// # Errors
/// [`Error::Conflict`] for one that is over, or not of this installation.
pub async fn first_works(db: &Db, gate: &Gate, secret: &VoucherSecret) -> Result<()> {
    db.read(async |read| {
        let place: Place = voucher::find(&read, secret, Purpose::First).await?.facts()?;
        let here = place.installation == gate.installation && store::is_empty(&read).await?;
        if here { Ok(()) } else { Err(Error::Conflict("account-link-over")) }
    })
    .await
}

/// Makes the first administrator, and signs in.
///
/// # Errors
/// [`Error::Conflict`] for a link that is over; [`Error::Invalid`] naming what is wrong.
pub async fn make_first(
    db: &Db,
    gate: &Gate,
    secret: &VoucherSecret,
    registration: Registration,
    password: &Password,
    device: &Device,
) -> Result<SessionSecret> {
    first_works(db, gate, secret).await?;
    let (_, registration) = registration.checked()?;
    password.checked("password", &[&registration.email, &registration.name])?;
    let hash = gate.hashing.hash(password).await?;
    db.write(async |tx| {
        voucher::take(&tx, secret, Purpose::First).await?;
        if !store::is_empty(&tx).await? {
            return Err(Error::Conflict("account-link-over"));
        }
        let id = open_for(&tx, &registration, &hash).await?;
        record(&tx, &Actor::new(Who::account(id, [])), "account.make-first", id).await?;
        let administrator = Grant::platform(Role::Administrator).into();
        grant::grant_in(&tx, &Actor::system(), id, administrator).await?;
        session::open_in(&tx, id, device, gate.bounds, false).await
    })
    .await
}

/// Opens an account for a person, without a password, and gives the link by which they choose one. For the command line and
/// whoever administers accounts, who hand it over.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not; [`Error::Invalid`]; [`Error::Conflict`] where the address has an account.
pub async fn open_person(
    db: &Db,
    actor: &Actor,
    registration: Registration,
    roles: &[Grant],
) -> Result<(Account, Link)> {
    policy::may_administer(actor)?;
    let (to, registration) = registration.checked()?;
    let secret = VoucherSecret::random()?;
    db.write(async |tx| {
        if store::find_by_email(&tx, &to.key()).await?.is_some() {
            return Err(Error::Conflict("account-exists"));
        }
        let account = Account {
            latin_name: registration.latin_name.clone(),
            email: Some(registration.email.clone()),
            locale: Some(registration.locale),
            country: registration.country,
            time_zone: registration.time_zone.clone(),
            ..Account::new(AccountId(tx.new_id()), registration.name.clone(), tx.now())
        };
        store::insert(&tx, &account).await?;
        record(&tx, actor, "account.open", account.id).await?;
        for role in roles {
            grant::grant_in(&tx, actor, account.id, (*role).into()).await?;
        }
        voucher::issue(&tx, &secret, Purpose::Reset, Some(account.id), &serde_json::json!({})).await?;
        let link = voucher::link(registration.locale, Purpose::Reset, &secret)?;
        Ok((account, link))
    })
    .await
}
