//! Roles, the scopes in which they are held, and grants, which are both together.

use std::fmt;

use i18n::Locale;
use serde::{Deserialize, Serialize};

use crate::id::OrganisationId;
use crate::programme::CountryCode;

/// What somebody does in the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Belongs to an organisation, and publishes and negotiates for it.
    Member,
    /// Says who belongs to an organisation, and keeps what is known of it.
    OrganisationAdministrator,
    /// Gives expertise, and can be found for it.
    Expert,
    /// Reviews what others want to publish.
    Reviewer,
    /// Brings the two sides of a match together.
    Broker,
    /// Runs the centre of one country.
    CentreAdministrator,
    /// Runs activities.
    Organiser,
    /// Interprets at meetings.
    Interpreter,
    /// Translates into one language.
    Translator,
    /// Assesses, reads only, and until a date.
    Evaluator,
    /// Reads the figures of one country.
    GuidanceAuthority,
    /// Runs the programme's accounts and settings.
    Administrator,
    /// Writes what the programme publishes.
    Editor,
    /// Reads everything that was done, and changes nothing.
    Auditor,
}

/// A kind of scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScopeKind {
    /// The whole programme.
    Platform,
    /// The centre of one country.
    Centre,
    /// One organisation.
    Organisation,
    /// One language.
    Language,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 14] = [
        Self::Member,
        Self::OrganisationAdministrator,
        Self::Expert,
        Self::Reviewer,
        Self::Broker,
        Self::CentreAdministrator,
        Self::Organiser,
        Self::Interpreter,
        Self::Translator,
        Self::Evaluator,
        Self::GuidanceAuthority,
        Self::Administrator,
        Self::Editor,
        Self::Auditor,
    ];

    /// Its code, as in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::OrganisationAdministrator => "organisation-administrator",
            Self::Expert => "expert",
            Self::Reviewer => "reviewer",
            Self::Broker => "broker",
            Self::CentreAdministrator => "centre-administrator",
            Self::Organiser => "organiser",
            Self::Interpreter => "interpreter",
            Self::Translator => "translator",
            Self::Evaluator => "evaluator",
            Self::GuidanceAuthority => "guidance-authority",
            Self::Administrator => "administrator",
            Self::Editor => "editor",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// In which scopes it can be held.
    pub fn scopes(self) -> &'static [ScopeKind] {
        match self {
            Self::Member | Self::OrganisationAdministrator => &[ScopeKind::Organisation],
            Self::CentreAdministrator | Self::GuidanceAuthority => &[ScopeKind::Centre],
            Self::Translator => &[ScopeKind::Language],
            Self::Expert | Self::Administrator | Self::Editor | Self::Auditor => &[ScopeKind::Platform],
            Self::Reviewer | Self::Broker | Self::Organiser | Self::Interpreter | Self::Evaluator => {
                &[ScopeKind::Platform, ScopeKind::Centre]
            }
        }
    }

    /// Whether whoever holds it works for the programme or one of its centres.
    pub fn is_staff(self) -> bool {
        match self {
            Self::Reviewer
            | Self::Broker
            | Self::CentreAdministrator
            | Self::Organiser
            | Self::Administrator
            | Self::Editor
            | Self::Auditor => true,
            Self::Member
            | Self::OrganisationAdministrator
            | Self::Expert
            | Self::Interpreter
            | Self::Translator
            | Self::Evaluator
            | Self::GuidanceAuthority => false,
        }
    }
}

/// For what a role is held. Written `platform`, `centre:LA`, `organisation:<id>`, `language:km`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// The whole programme.
    Platform,
    /// The centre of one country.
    Centre(CountryCode),
    /// One organisation.
    Organisation(OrganisationId),
    /// One language.
    Language(Locale),
}

impl Scope {
    /// Its kind.
    pub fn kind(self) -> ScopeKind {
        match self {
            Self::Platform => ScopeKind::Platform,
            Self::Centre(_) => ScopeKind::Centre,
            Self::Organisation(_) => ScopeKind::Organisation,
            Self::Language(_) => ScopeKind::Language,
        }
    }

    /// Reads it as it is written.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "platform" {
            return Some(Self::Platform);
        }
        let (kind, which) = text.split_once(':')?;
        match kind {
            "centre" => CountryCode::read(which).map(Self::Centre),
            "organisation" => which.parse().ok().map(Self::Organisation),
            "language" => Locale::parse(which).map(Self::Language),
            _ => None,
        }
    }

    /// Whether whoever holds a role for this holds it for `other`: the whole programme takes in all that is in it.
    pub fn covers(self, other: Self) -> bool {
        self == Self::Platform || self == other
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str("platform"),
            Self::Centre(country) => write!(f, "centre:{country}"),
            Self::Organisation(id) => write!(f, "organisation:{id}"),
            Self::Language(locale) => write!(f, "language:{}", locale.tag()),
        }
    }
}

impl TryFrom<String> for Scope {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text).ok_or("not a scope")
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// A role held for something, now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Grant {
    /// As what.
    pub role: Role,
    /// For what.
    pub scope: Scope,
}

impl Grant {
    /// `role` for the whole programme.
    pub fn platform(role: Role) -> Self {
        Self { role, scope: Scope::Platform }
    }

    /// Whether a role can be held so at all.
    pub fn makes_sense(self) -> bool {
        self.role.scopes().contains(&self.scope.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_and_scopes_read_back_as_they_are_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.code()), Some(role));
            assert_eq!(serde_json::to_value(role).unwrap(), role.code());
            assert!(!role.scopes().is_empty());
        }
        for written in
            ["platform", "centre:LA", "organisation:01890a5d-ac96-774b-bcce-b302099a8057", "language:km"]
        {
            assert_eq!(Scope::parse(written).unwrap().to_string(), written);
        }
        for wrong in ["", "centre", "centre:", "centre:XX", "organisation:1", "language:xx", "planet:LA"] {
            assert_eq!(Scope::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_whole_programme_takes_in_its_centres_and_no_centre_another() {
        let [laos, viet_nam] = ["LA", "VN"].map(|code| Scope::Centre(CountryCode::read(code).unwrap()));
        assert!(Scope::Platform.covers(laos) && laos.covers(laos));
        assert!(!laos.covers(viet_nam) && !laos.covers(Scope::Platform));
    }
}
