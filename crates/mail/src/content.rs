//! What each kind of letter says, in words. How that is laid out is the templates'.

use db::Timestamp;
use domain::notice::{AccountChange, Kind, Link};
use i18n::Translator;
use jiff::tz::TimeZone;

use crate::clean;
use crate::message::Imprint;

/// A letter in words.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    /// What somebody else wrote, in whatever language.
    pub(crate) quoted: Vec<String>,
    pub(crate) actions: Vec<Action>,
    pub(crate) until: Option<String>,
    /// What to do if it was not you, and the like.
    pub(crate) notes: Vec<String>,
    /// Why one gets this.
    pub(crate) why: String,
}

/// A link to be followed.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) label: String,
    pub(crate) address: String,
}

/// The words of one letter.
struct Writer<'a> {
    t: Translator,
    imprint: &'a Imprint,
    programme: String,
}

impl Writer<'_> {
    fn text(&self, key: &str) -> String {
        self.t.text(key).into_owned()
    }

    fn of_programme(&self, key: &str) -> String {
        self.t.with(key, &[("programme", self.programme.as_str().into())])
    }

    fn action(&self, key: &str, link: &Link) -> Action {
        Action { label: self.text(key), address: format!("{}{}", self.imprint.base_url, link.reveal()) }
    }

    fn moment(&self, at: Timestamp) -> String {
        self.t.formats().date_time(&at.to_zoned_datetime(TimeZone::UTC))
    }

    fn until(&self, until: Timestamp) -> Option<String> {
        Some(self.t.with("letter-until", &[("until", self.moment(until).into())]))
    }

    /// A letter about an organisation, to somebody who acts for it.
    fn about(&self, organisation: &str, link: &Link, texts: [&str; 3]) -> Content {
        let [subject, text, action] = texts;
        let organisation = [("organisation", clean::line(organisation).into())];
        Content {
            subject: self.t.with(subject, &organisation),
            paragraphs: vec![self.t.with(text, &organisation)],
            actions: vec![self.action(action, link)],
            why: self.of_programme("letter-why-organisation"),
            ..Content::default()
        }
    }

    /// A letter about an address that somebody entered.
    fn about_address(&self, link: &Link, until: Timestamp, texts: [&str; 3]) -> Content {
        let [subject, text, action] = texts;
        Content {
            subject: self.text(subject),
            paragraphs: vec![self.of_programme(text)],
            actions: vec![self.action(action, link)],
            until: self.until(until),
            notes: vec![self.text("letter-ignore")],
            why: self.of_programme("letter-why-address"),
            ..Content::default()
        }
    }
}

/// What `kind` says, in the language of `t`.
pub(crate) fn of(kind: &Kind, t: Translator, imprint: &Imprint) -> Content {
    let w = Writer { t, imprint, programme: clean::line(&imprint.programme) };
    match kind {
        Kind::AccountVerify { link, until } => w.about_address(
            link,
            *until,
            ["letter-verify-subject", "letter-verify-text", "letter-verify-action"],
        ),
        Kind::AccountExists { sign_in, reset } => Content {
            subject: w.text("letter-exists-subject"),
            paragraphs: vec![w.of_programme("letter-exists-text")],
            actions: vec![
                w.action("letter-sign-in-action", sign_in),
                w.action("letter-reset-subject", reset),
            ],
            notes: vec![w.text("letter-ignore")],
            why: w.of_programme("letter-why-address"),
            ..Content::default()
        },
        Kind::AccountReset { link, until } => w.about_address(
            link,
            *until,
            ["letter-reset-subject", "letter-reset-text", "letter-reset-subject"],
        ),
        Kind::AccountEmailChange { link, until } => w.about_address(
            link,
            *until,
            ["letter-email-change-subject", "letter-email-change-text", "letter-verify-action"],
        ),
        Kind::AccountChanged { change, at, link } => Content {
            subject: w.text("letter-changed-subject"),
            paragraphs: vec![
                w.text(change_key(*change)),
                w.t.with("letter-changed-at", &[("at", w.moment(*at).into())]),
                w.text("letter-changed-warning"),
            ],
            actions: vec![w.action("letter-changed-action", link)],
            why: w.of_programme("letter-why-account"),
            ..Content::default()
        },
        Kind::AccountInvite { inviter, organisation, link, until } => Content {
            subject: w.of_programme("letter-invite-subject"),
            paragraphs: vec![invitation(&w, inviter, organisation.as_deref())],
            actions: vec![w.action("letter-invite-action", link)],
            until: w.until(*until),
            notes: vec![w.text("letter-invite-ignore")],
            why: w.of_programme("letter-why-address"),
            ..Content::default()
        },
        Kind::MembershipQuestion { organisation, question, link } => Content {
            quoted: clean::paragraphs(question),
            ..w.about(
                organisation,
                link,
                ["letter-question-subject", "letter-question-text", "letter-question-action"],
            )
        },
        Kind::MembershipDecided { organisation, accepted, reason, link } => {
            let text = if *accepted { "letter-accepted-text" } else { "letter-declined-text" };
            Content {
                quoted: reason.as_deref().map(clean::paragraphs).unwrap_or_default(),
                ..w.about(organisation, link, ["letter-decided-subject", text, "letter-look-action"])
            }
        }
        Kind::MembershipStanding { organisation, class, reason, link } => Content {
            quoted: reason.as_deref().map(clean::paragraphs).unwrap_or_default(),
            ..w.about(
                organisation,
                link,
                ["letter-standing-subject", standing_key(class), "letter-look-action"],
            )
        },
        Kind::MembershipRenewal { organisation, until, link } => {
            let mut content = w.about(
                organisation,
                link,
                ["letter-renewal-subject", "letter-renewal-text", "letter-renewal-action"],
            );
            content.paragraphs.push(w.t.with("letter-renewal-until", &[("until", w.moment(*until).into())]));
            content
        }
        Kind::AffiliationRequested { person, organisation, link } => Content {
            paragraphs: vec![w.t.with(
                "letter-asks-text",
                &[("person", clean::line(person).into()), ("organisation", clean::line(organisation).into())],
            )],
            ..w.about(
                organisation,
                link,
                ["letter-asks-subject", "letter-belongs-text", "letter-asks-action"],
            )
        },
        Kind::AffiliationDecided { organisation, belongs, link } => {
            let text = if *belongs { "letter-belongs-text" } else { "letter-belongs-not-text" };
            w.about(organisation, link, ["letter-belongs-subject", text, "letter-look-action"])
        }
        Kind::Contact { name, reply_to, subject, message } => Content {
            subject: w.t.with("letter-contact-subject", &[("subject", clean::line(subject).into())]),
            paragraphs: vec![w.t.with(
                "letter-contact-text",
                &[
                    ("name", clean::line(name).into()),
                    ("address", reply_to.as_str().into()),
                    ("programme", w.programme.as_str().into()),
                ],
            )],
            quoted: clean::paragraphs(message),
            notes: vec![w.text("letter-contact-answer")],
            why: w.of_programme("letter-why-contact"),
            ..Content::default()
        },
        Kind::Test {} => Content {
            subject: w.of_programme("letter-test-subject"),
            paragraphs: vec![w.of_programme("letter-test-text")],
            why: w.of_programme("letter-why-address"),
            ..Content::default()
        },
    }
}

/// What a standing means, by the code of its class.
fn standing_key(class: &str) -> &'static str {
    match class {
        "ordinary" => "letter-standing-ordinary",
        "core" => "letter-standing-core",
        "suspended" => "letter-standing-suspended",
        _ => "letter-standing-left",
    }
}

fn invitation(w: &Writer<'_>, inviter: &str, organisation: Option<&str>) -> String {
    let inviter = clean::line(inviter);
    let programme = w.programme.as_str();
    match organisation.map(clean::line) {
        None => {
            w.t.with("letter-invite-text", &[("inviter", inviter.into()), ("programme", programme.into())])
        }
        Some(organisation) => w.t.with(
            "letter-invite-text-organisation",
            &[
                ("inviter", inviter.into()),
                ("organisation", organisation.into()),
                ("programme", programme.into()),
            ],
        ),
    }
}

fn change_key(change: AccountChange) -> &'static str {
    match change {
        AccountChange::Password => "letter-changed-password",
        AccountChange::Email => "letter-changed-email",
        AccountChange::SecondFactorAdded => "letter-changed-second-factor-added",
        AccountChange::SecondFactorRemoved => "letter-changed-second-factor-removed",
        AccountChange::RecoveryCodes => "letter-changed-recovery-codes",
        AccountChange::RecoveryCodeUsed => "letter-changed-recovery-code-used",
        AccountChange::PasskeyAdded => "letter-changed-passkey-added",
        AccountChange::PasskeyRemoved => "letter-changed-passkey-removed",
        AccountChange::TokenIssued => "letter-changed-token-issued",
        AccountChange::Closed => "letter-changed-closed",
    }
}
