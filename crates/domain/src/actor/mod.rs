//! Who acts. Every verb is given an actor, and every change names one. An actor carries the roles that its account holds
//! at this moment; which roles it is given, `account` decides, and what a role may do, each slice's own policy.

mod audience;
mod role;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub use audience::{Audience, Term};
pub use role::{Grant, Role, Scope, ScopeKind};

use crate::id::{AccountId, OrganisationId, SessionId, TokenId};
use crate::programme::CountryCode;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anybody, not signed in.
    Visitor,
    /// An account, with what it is at this moment.
    Account(AccountId, Arc<[Grant]>),
    /// Whoever holds the machine: the command line.
    Operator,
    /// The program itself: jobs and schedules.
    System,
}

impl Who {
    /// An account that holds `grants`.
    pub fn account(id: AccountId, grants: impl IntoIterator<Item = Grant>) -> Self {
        Self::Account(id, grants.into_iter().collect())
    }
}

/// By what an account shows that it is the one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Means {
    /// By nothing that it could show: it acts within the program.
    #[default]
    Inherent,
    /// By a session of a browser.
    Session(Session),
    /// By a token of a program.
    Token {
        /// Which.
        id: TokenId,
        /// Whether it may change anything.
        writes: bool,
    },
}

/// The session by which somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// When the person last proved who they are: by password, second factor or identity provider.
    pub proved_at: Timestamp,
    /// Whether a second factor was part of it.
    pub second_factor: bool,
    /// The account was given or has lost a role: its secret is to be replaced before it is used again.
    pub rotate: bool,
}

/// Who acts, for whom, by what and in which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub who: Who,
    /// By what.
    pub means: Means,
    /// The account as whom somebody else acts (a support session, a broker for a client).
    pub behalf: Option<Uuid>,
    /// The request's id, which its log lines and its error page carry too.
    pub request: Option<String>,
}

impl Actor {
    /// `who`, for nobody else and in no request.
    pub fn new(who: Who) -> Self {
        Self { who, means: Means::Inherent, behalf: None, request: None }
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

    /// The same, by `means`.
    #[must_use]
    pub fn by(mut self, means: Means) -> Self {
        self.means = means;
        self
    }

    /// The account that acts, if it is one.
    pub fn account(&self) -> Option<AccountId> {
        match self.who {
            Who::Account(id, _) => Some(id),
            Who::Visitor | Who::Operator | Who::System => None,
        }
    }

    /// The session by which it acts, if it does by one.
    pub fn session(&self) -> Option<Session> {
        match self.means {
            Means::Session(session) => Some(session),
            Means::Inherent | Means::Token { .. } => None,
        }
    }

    /// Whether it may change anything at all. A token may be for reading alone.
    pub fn may_write(&self) -> bool {
        !matches!(self.means, Means::Token { writes: false, .. })
    }

    /// Whether the person proved within `span` before `now` who they are. Who holds the machine need not, and a token
    /// never can.
    pub fn proved_within(&self, span: SignedDuration, now: Timestamp) -> bool {
        match (&self.who, self.session()) {
            (Who::Operator | Who::System, _) => true,
            (_, Some(session)) => now.duration_since(session.proved_at) <= span,
            (_, None) => false,
        }
    }

    /// What it holds, of what is in force now.
    pub fn grants(&self) -> &[Grant] {
        match &self.who {
            Who::Account(_, grants) => grants,
            Who::Visitor | Who::Operator | Who::System => &[],
        }
    }

    /// Whether it holds one of `roles` for the whole programme. The operator stands for an administrator.
    pub fn is_one_of(&self, roles: &[Role]) -> bool {
        match &self.who {
            Who::Account(_, grants) => {
                grants.iter().any(|grant| grant.scope == Scope::Platform && roles.contains(&grant.role))
            }
            Who::Operator => roles.contains(&Role::Administrator),
            Who::Visitor | Who::System => false,
        }
    }

    /// Whether it holds `role` for `scope`, or for the whole programme. The operator stands for an administrator.
    pub fn holds(&self, role: Role, scope: Scope) -> bool {
        match &self.who {
            Who::Account(_, grants) => {
                grants.iter().any(|grant| grant.role == role && grant.scope.covers(scope))
            }
            Who::Operator => role == Role::Administrator,
            Who::Visitor | Who::System => false,
        }
    }

    /// The countries for whose centre it holds `role`. Holding it for the whole programme is another question, which
    /// [`Actor::is_one_of`] answers.
    pub fn countries_as(&self, role: Role) -> impl Iterator<Item = CountryCode> {
        self.grants().iter().filter(move |grant| grant.role == role).filter_map(|grant| match grant.scope {
            Scope::Centre(country) => Some(country),
            Scope::Platform | Scope::Organisation(_) | Scope::Language(_) => None,
        })
    }

    /// The organisations for which it holds `role`.
    pub fn organisations_as(&self, role: Role) -> impl Iterator<Item = OrganisationId> {
        self.grants().iter().filter(move |grant| grant.role == role).filter_map(|grant| match grant.scope {
            Scope::Organisation(id) => Some(id),
            Scope::Platform | Scope::Centre(_) | Scope::Language(_) => None,
        })
    }

    /// What it may see, as the terms of lists.
    pub fn audience(&self) -> Audience {
        Audience::of(self)
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
