//! What an account is, the states it goes through, and what its parts must be like.

use db::Timestamp;
use i18n::Locale;
use serde::Serialize;

use crate::error::Problem;
use crate::id::AccountId;
use crate::programme::CountryCode;
use crate::{Error, Result};

/// The most characters that a name may have.
pub const NAME_MAX: usize = 120;

/// Where an account stands. A person who has registered and not yet shown that the address is theirs has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// May sign in.
    Open,
    /// Shut out until it is reopened.
    Suspended,
    /// Gone for good.
    Closed,
}

impl State {
    pub(super) fn of(suspended_at: Option<Timestamp>, closed_at: Option<Timestamp>) -> Self {
        match (suspended_at, closed_at) {
            (_, Some(_)) => Self::Closed,
            (Some(_), None) => Self::Suspended,
            (None, None) => Self::Open,
        }
    }

    /// What an open account is once it is suspended.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one that is not open.
    pub fn suspended(self) -> Result<Self> {
        match self {
            Self::Open => Ok(Self::Suspended),
            Self::Suspended => Err(Error::Conflict("account-suspended")),
            Self::Closed => Err(Error::Conflict("account-closed")),
        }
    }

    /// What a suspended account is once it is reopened.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one that is not suspended.
    pub fn reopened(self) -> Result<Self> {
        match self {
            Self::Suspended => Ok(Self::Open),
            Self::Open => Err(Error::Conflict("account-open")),
            Self::Closed => Err(Error::Conflict("account-closed")),
        }
    }

    /// What it is once it is closed. A suspended one may be closed as well.
    ///
    /// # Errors
    /// [`Error::Conflict`] for one that is closed already.
    pub fn closed(self) -> Result<Self> {
        match self {
            Self::Open | Self::Suspended => Ok(Self::Closed),
            Self::Closed => Err(Error::Conflict("account-closed")),
        }
    }
}

/// An account as it is shown to itself and to whoever administers accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What it is called: a person's name, whole, in their own order and script, or a program's.
    pub name: String,
    /// A person's name in Latin letters, where they gave one.
    pub latin_name: Option<String>,
    /// The address that is shown to be theirs; none for a program.
    pub email: Option<String>,
    /// The language in which they are written to.
    pub locale: Option<Locale>,
    /// Where they live.
    pub country: Option<CountryCode>,
    /// Their time zone, as the IANA names it.
    pub time_zone: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub made_at: Timestamp,
    /// Counts its changes.
    pub version: i64,
}

impl Account {
    /// A new one, of which no more is known.
    pub(super) fn new(id: AccountId, name: String, made_at: Timestamp) -> Self {
        Self {
            id,
            name,
            latin_name: None,
            email: None,
            locale: None,
            country: None,
            time_zone: None,
            state: State::Open,
            made_at,
            version: 1,
        }
    }
}

/// `text` without space around it, as one line that somebody can be called by.
pub(super) fn checked_name(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field(field, Problem::Required));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::field(field, Problem::BadValue));
    }
    if text.chars().count() > NAME_MAX {
        return Err(Error::field(field, Problem::TooLong { max: NAME_MAX }));
    }
    Ok(text.to_owned())
}

/// A name in Latin letters, where one was given.
pub(super) fn checked_latin(text: Option<String>) -> Result<Option<String>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let name = checked_name("latin_name", &text)?;
    let is_latin = |c: char| {
        c.is_ascii()
            || matches!(c, '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' | '’')
    };
    if name.chars().all(is_latin) {
        Ok(Some(name))
    } else {
        Err(Error::field("latin_name", Problem::BadValue))
    }
}

/// A time zone that is known, where one was given.
pub(super) fn checked_zone(name: Option<String>) -> Result<Option<String>> {
    let Some(name) = name.filter(|name| !name.trim().is_empty()) else { return Ok(None) };
    let zone =
        jiff::tz::TimeZone::get(name.trim()).map_err(|_| Error::field("time_zone", Problem::BadValue))?;
    Ok(Some(zone.iana_name().unwrap_or(name.trim()).to_owned()))
}

/// One refusal of all that is wrong.
pub(super) fn all_wrong(errors: impl IntoIterator<Item = Option<Error>>) -> Error {
    let mut fields = Vec::new();
    for error in errors.into_iter().flatten() {
        match error {
            Error::Invalid(wrong) => fields.extend(wrong),
            other => return other,
        }
    }
    Error::Invalid(fields)
}
