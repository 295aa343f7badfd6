//! Vouchers: secrets that work once and for a while. A link in a letter holds one; so does the second step of a sign-in.

use db::{Read, Timestamp, Tx, Uuid};
use i18n::Locale;
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::secret::secret;
use super::store;
use crate::id::AccountId;
use crate::notice::Link;
use crate::{Error, Result};

secret!(
    /// What a link shows, or the second step of a sign-in.
    VoucherSecret,
    "cwvch_",
    "causeway account voucher 1"
);

/// What a voucher is for. One for a purpose does nothing for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Shows that an address belongs to whoever registered.
    Register,
    /// Chooses a new password.
    Reset,
    /// Shows that a new address belongs to whoever asked.
    EmailNew,
    /// Shows that whoever asked for a new address reads the old one.
    EmailOld,
    /// The second step of a sign-in.
    SecondFactor,
    /// Makes the first administrator.
    First,
}

impl Purpose {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Reset => "reset",
            Self::EmailNew => "email-new",
            Self::EmailOld => "email-old",
            Self::SecondFactor => "second-factor",
            Self::First => "first",
        }
    }

    pub(super) fn lasts(self) -> SignedDuration {
        match self {
            Self::Register | Self::EmailNew | Self::EmailOld => SignedDuration::from_hours(24),
            Self::Reset | Self::First => SignedDuration::from_hours(1),
            Self::SecondFactor => SignedDuration::from_mins(10),
        }
    }

    /// The page that a link with such a voucher leads to.
    fn page(self) -> &'static str {
        match self {
            Self::Register => "account/verify",
            Self::Reset => "account/password",
            Self::EmailNew | Self::EmailOld => "account/email",
            Self::SecondFactor => "account/code",
            Self::First => "account/first",
        }
    }
}

/// A voucher that works now.
pub(super) struct Voucher {
    pub(super) id: Uuid,
    pub(super) account: Option<AccountId>,
    facts: Json,
}

impl Voucher {
    /// What was to be remembered until it is used.
    pub(super) fn facts<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_value(self.facts.clone()).map_err(Error::internal)
    }
}

/// Writes a voucher, and tells until when it works.
pub(super) async fn issue(
    tx: &Tx,
    secret: &VoucherSecret,
    purpose: Purpose,
    account: Option<AccountId>,
    facts: &impl Serialize,
) -> Result<Timestamp> {
    let facts = serde_json::to_value(facts).map_err(Error::internal)?;
    let until = tx.now() + purpose.lasts();
    store::voucher::insert(tx, &secret.digest(), purpose, account, &facts, until).await?;
    Ok(until)
}

/// The voucher that works now.
///
/// # Errors
/// [`Error::Conflict`] for one that is unknown, used or too old: which, nobody is told.
pub(super) async fn find(read: &Read, secret: &VoucherSecret, purpose: Purpose) -> Result<Voucher> {
    let found = store::voucher::find(read, &secret.digest(), purpose).await?;
    let (id, account, facts) = found.ok_or(Error::Conflict("account-link-over"))?;
    Ok(Voucher { id, account, facts })
}

/// The same, and it works no more.
pub(super) async fn take(tx: &Tx, secret: &VoucherSecret, purpose: Purpose) -> Result<Voucher> {
    let voucher = find(tx, secret, purpose).await?;
    store::voucher::spend(tx, voucher.id).await?;
    Ok(voucher)
}

/// The link to the page where a voucher is used.
pub(super) fn link(locale: Locale, purpose: Purpose, secret: &VoucherSecret) -> Result<Link> {
    place(locale, &format!("{}?voucher={}", purpose.page(), secret.reveal()))
}

/// A page of the site.
pub(super) fn place(locale: Locale, page: &str) -> Result<Link> {
    Link::parse(&format!("/{}/{page}", locale.tag())).ok_or_else(|| Error::internal("a page has no address"))
}
