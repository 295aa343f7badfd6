//! Letters of every kind, and a post office.

use db::Timestamp;
use domain::id::LetterId;
use domain::notice::{AccountChange, Address, Kind, Link, Outgoing};
use i18n::{Catalogue, Locale};
use mail::Imprint;
use mail_parser::{Message, MessageParser};

pub(crate) fn at() -> Timestamp {
    "2026-11-28T10:00:00Z".parse().unwrap()
}

pub(crate) fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

pub(crate) fn imprint() -> Imprint {
    Imprint {
        programme: "Mekong Transfer".to_owned(),
        centre: "CATTC".to_owned(),
        base_url: "https://transfer.example.org".to_owned(),
        from: address("post@transfer.example.org"),
        reply_to: None,
        messages: Catalogue::strict(),
    }
}

pub(crate) fn letter(locale: Locale, kind: Kind) -> Outgoing {
    let id = LetterId(db::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
    Outgoing { id, to: address("ana@example.org"), locale, kind, made_at: at() }
}

/// One letter of each kind, with `text` wherever a kind takes somebody's words.
pub(crate) fn kinds(text: &str) -> Vec<Kind> {
    let link = Link::parse("/en/account/verify?token=abc&next=%2Fen").unwrap();
    let until = at();
    let mut all = vec![
        Kind::AccountVerify { link: link.clone(), until },
        Kind::AccountExists { sign_in: link.clone(), reset: link.clone() },
        Kind::AccountReset { link: link.clone(), until },
        Kind::AccountInvite { inviter: text.to_owned(), organisation: None, link: link.clone(), until },
        Kind::AccountInvite {
            inviter: text.to_owned(),
            organisation: Some(text.to_owned()),
            link: link.clone(),
            until,
        },
        Kind::AccountEmailChange { link: link.clone(), until },
        Kind::Contact {
            name: text.to_owned(),
            reply_to: address("visitor@example.com"),
            subject: text.to_owned(),
            message: text.to_owned(),
        },
        Kind::Test {},
        Kind::MembershipQuestion {
            organisation: text.to_owned(),
            question: text.to_owned(),
            link: link.clone(),
        },
        Kind::MembershipDecided {
            organisation: text.to_owned(),
            accepted: true,
            reason: Some(text.to_owned()),
            link: link.clone(),
        },
        Kind::MembershipDecided {
            organisation: text.to_owned(),
            accepted: false,
            reason: None,
            link: link.clone(),
        },
        Kind::MembershipRenewal { organisation: text.to_owned(), until, link: link.clone() },
        Kind::AffiliationRequested {
            person: text.to_owned(),
            organisation: text.to_owned(),
            link: link.clone(),
        },
        Kind::AffiliationDecided { organisation: text.to_owned(), belongs: true, link: link.clone() },
        Kind::AffiliationDecided { organisation: text.to_owned(), belongs: false, link: link.clone() },
    ];
    all.extend(["ordinary", "core", "suspended", "left"].map(|class| Kind::MembershipStanding {
        organisation: text.to_owned(),
        class: class.to_owned(),
        reason: Some(text.to_owned()),
        link: link.clone(),
    }));
    all.extend(AccountChange::ALL.map(|change| Kind::AccountChanged {
        change,
        at: until,
        link: link.clone(),
    }));
    all
}

/// A message as a mail program reads it.
pub(crate) struct Read(pub(crate) Vec<u8>);

impl Read {
    pub(crate) fn of(letter: &Outgoing, imprint: &Imprint) -> Self {
        Self(mail::write(letter, imprint).unwrap().formatted())
    }

    pub(crate) fn message(&self) -> Message<'_> {
        MessageParser::default().parse(&self.0).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        self.message().body_text(0).unwrap().replace("\r\n", "\n")
    }

    pub(crate) fn html(&self) -> String {
        self.message().body_html(0).unwrap().into_owned()
    }

    /// The headers as they travel, folded lines joined.
    pub(crate) fn headers(&self) -> Vec<String> {
        let raw = String::from_utf8_lossy(&self.0).replace("\r\n ", " ").replace("\r\n\t", " ");
        raw.split("\r\n\r\n").next().unwrap().lines().map(str::to_owned).collect()
    }
}
