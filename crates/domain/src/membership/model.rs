//! What a membership, an application and an affiliation are, and which steps lead from one state to the next.

use db::Timestamp;
use serde::Serialize;

use crate::code::codes;
use crate::error::Problem;
use crate::id::{AccountId, AffiliationId, ApplicationId, FileId, OrganisationId, Reference};
use crate::programme::CountryCode;
use crate::{Error, Result};

/// The most characters of a statement, a question, an answer or a reason.
pub const TEXT_MAX: usize = 2_000;

/// The most documents of an application.
pub const DOCUMENTS_MAX: usize = 10;

/// The most characters of a document's title.
pub const TITLE_MAX: usize = 200;

/// How long a membership is valid before it has to be renewed.
pub const VALID_DAYS: i64 = 365;

/// How long before its end a renewal may be given, and a reminder is sent.
pub const RENEWAL_DAYS: i64 = 60;

codes!(
    /// An organisation's standing in the network. Labels stand in the programme's list `membership-classes`.
    Class {
        /// Has applied, and is being looked at.
        Applicant = "applicant",
        /// A member.
        Ordinary = "ordinary",
        /// A member of the core programme.
        Core = "core",
        /// A member whose rights rest.
        Suspended = "suspended",
        /// No longer a member.
        Left = "left",
    }
);

impl Class {
    /// Whether it counts as a member of the network on a day on which it holds.
    pub fn is_member(self) -> bool {
        matches!(self, Self::Ordinary | Self::Core)
    }

    /// Whether the centre or the organisation may lead it from here to `next`.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Applicant => matches!(next, Self::Ordinary | Self::Left),
            Self::Ordinary => matches!(next, Self::Core | Self::Suspended | Self::Left),
            Self::Core => matches!(next, Self::Ordinary | Self::Suspended | Self::Left),
            Self::Suspended => matches!(next, Self::Ordinary | Self::Left),
            Self::Left => matches!(next, Self::Applicant),
        }
    }
}

codes!(
    /// Where an application stands.
    ApplicationState {
        /// The centre has to look at it.
        Submitted = "submitted",
        /// The applicant has to answer a question.
        Questioned = "questioned",
        /// It was accepted.
        Accepted = "accepted",
        /// It was declined.
        Declined = "declined",
        /// The applicant took it back.
        Withdrawn = "withdrawn",
    }
);

impl ApplicationState {
    /// Whether anybody still has to do something about it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Submitted | Self::Questioned)
    }
}

codes!(
    /// What the centre makes sure of before it accepts.
    Check {
        /// The body exists: it stands in a register, or an authority says so.
        Exists = "exists",
        /// Whoever applies may speak for it.
        Authority = "authority",
        /// It can be reached under what it gave.
        Reachable = "reachable",
        /// What it does has to do with technology that others offer or need.
        Purpose = "purpose",
        /// It was told the rules of the network and has agreed to them.
        Rules = "rules",
    }
);

codes!(
    /// Where a person's belonging to an organisation stands.
    AffiliationState {
        /// The person asks to belong.
        Requested = "requested",
        /// The organisation asks the person.
        Invited = "invited",
        /// They belong.
        Active = "active",
        /// One of the two said no.
        Declined = "declined",
        /// They no longer belong.
        Ended = "ended",
    }
);

/// An organisation's standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Membership {
    /// Whose.
    pub organisation: OrganisationId,
    /// What it is.
    pub class: Class,
    /// Since when.
    pub since: Timestamp,
    /// Until when it is valid, for members.
    pub valid_until: Option<Timestamp>,
    /// Why, where it rests or ended.
    pub reason: Option<String>,
    /// Counts its changes.
    pub version: i64,
}

/// A time in which an organisation had one standing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// What it was.
    pub class: Class,
    /// From when.
    pub from: Timestamp,
    /// Until when; none is still.
    pub until: Option<Timestamp>,
}

/// A document that goes with an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// The file.
    pub file: FileId,
    /// What it is.
    pub title: String,
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// How people name it.
    pub reference: Reference,
    /// Whose.
    pub organisation: OrganisationId,
    /// Who applied.
    pub applicant: AccountId,
    /// Whose centre looks at it.
    pub country: CountryCode,
    /// Where it stands.
    pub state: ApplicationState,
    /// Why the organisation wants to be a member.
    pub statement: String,
    /// What was made sure of.
    pub checks: Vec<Check>,
    /// What the centre wants to know.
    pub question: Option<String>,
    /// What the applicant answered.
    pub answer: Option<String>,
    /// Why it was decided as it was.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When it was made.
    pub submitted_at: Timestamp,
    /// When it was decided or taken back.
    pub ended_at: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
    /// Its documents.
    pub documents: Vec<Document>,
}

/// A person's belonging to an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affiliation {
    /// Its id.
    pub id: AffiliationId,
    /// To which.
    pub organisation: OrganisationId,
    /// Who; nobody yet where an invitation was not taken up.
    pub account: Option<AccountId>,
    /// Where it stands.
    pub state: AffiliationState,
    /// What they do there.
    pub position: String,
    /// Whether they administer it.
    pub administrator: bool,
    /// Since when it stands so.
    pub since: Timestamp,
    /// Until when an invitation can be taken up.
    pub until: Option<Timestamp>,
    /// Counts its changes.
    pub version: i64,
}

/// A text that has to be there and is not too long.
///
/// # Errors
/// [`Error::Invalid`] naming `name`.
pub(super) fn needed(name: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::field(name, Problem::Required));
    }
    if text.chars().count() > TEXT_MAX {
        return Err(Error::field(name, Problem::TooLong { max: TEXT_MAX }));
    }
    Ok(text.to_owned())
}

/// The documents of an application, in order.
///
/// # Errors
/// [`Error::Invalid`] naming `documents`.
pub(super) fn checked_documents(documents: Vec<Document>) -> Result<Vec<Document>> {
    let fits = documents.len() <= DOCUMENTS_MAX
        && documents.iter().all(|document| (1..=TITLE_MAX).contains(&document.title.trim().chars().count()));
    if fits { Ok(documents) } else { Err(Error::field("documents", Problem::BadValue)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_becomes_core_without_having_been_a_member_and_whoever_left_applies_again() {
        let may = |from: Class| {
            Class::ALL.iter().filter(|to| from.may_become(**to)).map(|to| to.code()).collect::<Vec<_>>()
        };
        assert_eq!(may(Class::Applicant), ["ordinary", "left"]);
        assert_eq!(may(Class::Ordinary), ["core", "suspended", "left"]);
        assert_eq!(may(Class::Core), ["ordinary", "suspended", "left"]);
        assert_eq!(may(Class::Suspended), ["ordinary", "left"]);
        assert_eq!(may(Class::Left), ["applicant"]);
        assert_eq!(Class::ALL.iter().filter(|class| class.is_member()).count(), 2);
    }
}
