//! What is told, and to whom: one kind of letter each, with the facts that it says.

use std::fmt;

use db::Timestamp;
use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::Address;
use crate::id::AccountId;

/// A letter to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Whom to.
    pub to: Address,
    /// The account it is about, where there is one.
    pub account: Option<AccountId>,
    /// The language it is written in.
    pub locale: Locale,
    /// What it says.
    pub kind: Kind,
}

/// What a letter says. The facts are content, not ids: a letter says what was true when it was caused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Kind {
    /// Asks whoever registered whether the address is theirs.
    AccountVerify {
        /// Where they say so.
        link: Link,
        /// How long the link works.
        until: Timestamp,
    },
    /// Tells whoever registered an address that has an account already. (The page says the same to both.)
    AccountExists {
        /// Where they sign in.
        sign_in: Link,
        /// Where they ask for a new password.
        reset: Link,
    },
    /// Lets whoever forgot it choose a new password.
    AccountReset {
        /// Where.
        link: Link,
        /// How long the link works.
        until: Timestamp,
    },
    /// Says that something about the safety of an account has changed.
    AccountChanged {
        /// What.
        change: AccountChange,
        /// When.
        at: Timestamp,
        /// Where to look at the account, or to get it back.
        link: Link,
    },
    /// Invites somebody.
    AccountInvite {
        /// Who invites, by name.
        inviter: String,
        /// For which organisation, by its name in the letter's language; for none.
        organisation: Option<String>,
        /// Where to accept.
        link: Link,
        /// How long the link works.
        until: Timestamp,
    },
    /// Asks the new address whether an account may move to it.
    AccountEmailChange {
        /// Where they say so.
        link: Link,
        /// How long the link works.
        until: Timestamp,
    },
    /// The centre asks something about an application to become a member.
    MembershipQuestion {
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// What the centre wants to know.
        question: String,
        /// Where to answer.
        link: Link,
    },
    /// The centre has decided on an application.
    MembershipDecided {
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// Whether it is a member now.
        accepted: bool,
        /// What the centre says to it.
        reason: Option<String>,
        /// Where it stands.
        link: Link,
    },
    /// The standing of an organisation has changed.
    MembershipStanding {
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// The class that it has now, by its code.
        class: String,
        /// Why.
        reason: Option<String>,
        /// Where it stands.
        link: Link,
    },
    /// A membership ends soon unless it is renewed.
    MembershipRenewal {
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// When it ends.
        until: Timestamp,
        /// Where to renew it.
        link: Link,
    },
    /// Somebody asks to belong to an organisation.
    AffiliationRequested {
        /// Who, by name.
        person: String,
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// Where to say yes or no.
        link: Link,
    },
    /// Somebody belongs to an organisation now, or no longer.
    AffiliationDecided {
        /// The organisation, by its name in the letter's language.
        organisation: String,
        /// Whether they belong.
        belongs: bool,
        /// Where it stands.
        link: Link,
    },
    /// A visitor writes to the centre.
    Contact {
        /// Their name.
        name: String,
        /// Where to answer.
        reply_to: Address,
        /// What it is about.
        subject: String,
        /// Their words: paragraphs, separated by empty lines.
        message: String,
    },
    /// Shows that letters arrive.
    Test {},
}

/// What has changed about the safety of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// It has a new password.
    Password,
    /// It has a new e-mail address.
    Email,
    /// Signing in now needs a code as well.
    SecondFactorAdded,
    /// Signing in needs no code any more.
    SecondFactorRemoved,
    /// It has new recovery codes.
    RecoveryCodes,
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// An access token was issued.
    TokenIssued,
    /// It was closed.
    Closed,
}

impl AccountChange {
    /// Every change.
    pub const ALL: [Self; 10] = [
        Self::Password,
        Self::Email,
        Self::SecondFactorAdded,
        Self::SecondFactorRemoved,
        Self::RecoveryCodes,
        Self::RecoveryCodeUsed,
        Self::PasskeyAdded,
        Self::PasskeyRemoved,
        Self::TokenIssued,
        Self::Closed,
    ];
}

impl Kind {
    /// Its code, as in the database and in figures.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AccountVerify { .. } => "account-verify",
            Self::AccountExists { .. } => "account-exists",
            Self::AccountReset { .. } => "account-reset",
            Self::AccountChanged { .. } => "account-changed",
            Self::AccountInvite { .. } => "account-invite",
            Self::AccountEmailChange { .. } => "account-email-change",
            Self::MembershipQuestion { .. } => "membership-question",
            Self::MembershipDecided { .. } => "membership-decided",
            Self::MembershipStanding { .. } => "membership-standing",
            Self::MembershipRenewal { .. } => "membership-renewal",
            Self::AffiliationRequested { .. } => "affiliation-requested",
            Self::AffiliationDecided { .. } => "affiliation-decided",
            Self::Contact { .. } => "contact",
            Self::Test {} => "test",
        }
    }

    /// Whether it goes out even to an address that is left alone: people ask for it themselves, or must know for the safety of
    /// their account.
    pub fn is_owed(&self) -> bool {
        match self {
            Self::AccountVerify { .. }
            | Self::AccountExists { .. }
            | Self::AccountReset { .. }
            | Self::AccountChanged { .. }
            | Self::AccountEmailChange { .. }
            | Self::Contact { .. }
            | Self::Test {} => true,
            Self::AccountInvite { .. }
            | Self::MembershipQuestion { .. }
            | Self::MembershipDecided { .. }
            | Self::MembershipStanding { .. }
            | Self::MembershipRenewal { .. }
            | Self::AffiliationRequested { .. }
            | Self::AffiliationDecided { .. } => false,
        }
    }

    /// When it is of no use any more: the end of its link.
    pub fn until(&self) -> Option<Timestamp> {
        match self {
            Self::AccountVerify { until, .. }
            | Self::AccountReset { until, .. }
            | Self::AccountInvite { until, .. }
            | Self::AccountEmailChange { until, .. }
            | Self::MembershipRenewal { until, .. } => Some(*until),
            Self::AccountExists { .. }
            | Self::AccountChanged { .. }
            | Self::MembershipQuestion { .. }
            | Self::MembershipDecided { .. }
            | Self::MembershipStanding { .. }
            | Self::AffiliationRequested { .. }
            | Self::AffiliationDecided { .. }
            | Self::Contact { .. }
            | Self::Test {} => None,
        }
    }
}

/// A place on the site, `/en/...?...`. The site's own address is put in front of it when the letter is written, so that no
/// letter leads anywhere else. Often it holds a secret: `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

/// The most bytes of a link.
const LINK_MOST: usize = 1000;

impl Link {
    /// The place `path`, with its query. `None` where it is not a path on the site.
    pub fn parse(path: &str) -> Option<Self> {
        let rooted = path.starts_with('/') && !path.starts_with("//");
        let plain = path.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\`{|}^".contains(&b));
        (rooted && plain && path.len() <= LINK_MOST).then(|| Self(path.to_owned()))
    }

    /// The path with its query, for the letter itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(..)")
    }
}

impl TryFrom<String> for Link {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not a path of the site")
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_nowhere_but_to_the_site_and_is_not_printed() {
        let link = Link::parse("/en/account/verify?token=s3cret").unwrap();
        assert_eq!(link.reveal(), "/en/account/verify?token=s3cret");
        assert_eq!(format!("{link:?}"), "Link(..)");
        for wrong in [
            "",
            "x",
            "//evil.example",
            "https://evil.example",
            "/a b",
            "/a\r\nb",
            "/a\"onclick=",
            "/\\evil",
            "/ก",
        ] {
            assert_eq!(Link::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_code_of_a_kind_is_the_one_it_is_kept_under() {
        let link = Link::parse("/en").unwrap();
        let until = Timestamp::UNIX_EPOCH;
        let to = Address::parse("ana@example.org").unwrap();
        for kind in [
            Kind::AccountVerify { link: link.clone(), until },
            Kind::AccountExists { sign_in: link.clone(), reset: link.clone() },
            Kind::AccountReset { link: link.clone(), until },
            Kind::AccountChanged { change: AccountChange::Password, at: until, link: link.clone() },
            Kind::AccountInvite { inviter: "Ana".into(), organisation: None, link: link.clone(), until },
            Kind::AccountEmailChange { link, until },
            Kind::Contact { name: "A".into(), reply_to: to, subject: "B".into(), message: "C".into() },
            Kind::Test {},
        ] {
            let kept = serde_json::to_value(&kind).unwrap();
            assert_eq!(kept["kind"], kind.code());
            assert_eq!(serde_json::from_value::<Kind>(kept).unwrap(), kind);
        }
    }
}
