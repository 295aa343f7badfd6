//! Who acts. Every verb is given an actor, and every change names one.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::AccountId;

/// What an account may do in the programme as a whole. What it may do for an organisation comes with membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Runs the programme's accounts and settings.
    Administrator,
    /// Writes what the programme publishes.
    Editor,
    /// Reads everything that was done, and changes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Editor, Self::Auditor];

    /// Its code, as in the database and the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Editor => "editor",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, not signed in.
    Visitor,
    /// An account.
    Account(AccountId, Role),
    /// Whoever holds the machine: the command line.
    Operator,
    /// The program itself: jobs and schedules.
    System,
}

/// Who acts, for whom, and in which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// The account as whom somebody else acts (a support session, a broker for a client).
    pub behalf: Option<Uuid>,
    /// The request's id, which its log lines and its error page carry too.
    pub request: Option<String>,
}

impl Actor {
    /// `who`, for nobody else and in no request.
    pub fn new(who: Who) -> Self {
        Self { who, behalf: None, request: None }
    }

    /// Somebody not signed in.
    pub fn visitor() -> Self {
        Self::new(Who::Visitor)
    }

    /// The command line.
    pub fn operator() -> Self {
        Self::new(Who::Operator)
    }

    /// The program itself.
    pub fn system() -> Self {
        Self::new(Who::System)
    }

    /// The same, in the request `id`.
    #[must_use]
    pub fn in_request(mut self, id: impl Into<String>) -> Self {
        self.request = Some(id.into());
        self
    }

    /// The account that acts, if it is one.
    pub fn account(&self) -> Option<AccountId> {
        match self.who {
            Who::Account(id, _) => Some(id),
            Who::Visitor | Who::Operator | Who::System => None,
        }
    }

    /// Whether it acts in one of `roles`. The operator stands for an administrator.
    pub fn is_one_of(&self, roles: &[Role]) -> bool {
        match self.who {
            Who::Account(_, role) => roles.contains(&role),
            Who::Operator => roles.contains(&Role::Administrator),
            Who::Visitor | Who::System => false,
        }
    }

    /// Its kind, as the change log names it.
    pub fn kind(&self) -> &'static str {
        match self.who {
            Who::Visitor => "visitor",
            Who::Account(..) => "account",
            Who::Operator => "operator",
            Who::System => "system",
        }
    }
}
