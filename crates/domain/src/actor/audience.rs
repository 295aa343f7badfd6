//! Audiences: for whom a thing is. A thing carries one term or several; an actor belongs to a set of terms, and sees what
//! carries one of them. Decided here once, and used by every list alike, in SQL and in the search index.
//!
//! In SQL the actor's terms are one parameter, `|public|registered|...|`, and a row with the column `term` is in the list
//! where `$1 like '%|' || term || '|%' or ($1 like '%|centre|%' and term like 'centre:%')`.

use std::fmt;

use super::{Actor, Grant, Role, Scope, Who};
use crate::id::{AccountId, OrganisationId};
use crate::programme::CountryCode;

/// For whom a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// Everybody.
    Public,
    /// Whoever is signed in.
    Registered,
    /// Whoever works for the programme or one of its centres, and the program itself.
    Staff,
    /// Whoever runs the programme.
    Administrators,
    /// One account.
    Account(AccountId),
    /// Whoever belongs to one organisation.
    Organisation(OrganisationId),
    /// Whoever works for the centre of one country, or for all of them.
    Centre(CountryCode),
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::Registered => f.write_str("registered"),
            Self::Staff => f.write_str("staff"),
            Self::Administrators => f.write_str("administrators"),
            Self::Account(id) => write!(f, "account:{id}"),
            Self::Organisation(id) => write!(f, "org:{id}"),
            Self::Centre(country) => write!(f, "centre:{}", country.as_str().to_ascii_lowercase()),
        }
    }
}

impl From<Term> for db::Value {
    fn from(term: Term) -> Self {
        term.to_string().into()
    }
}

/// The terms that an actor belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    terms: Vec<Term>,
    /// Belongs to the centre of every country.
    every_centre: bool,
}

impl Audience {
    pub(super) fn of(actor: &Actor) -> Self {
        let mut terms = vec![Term::Public];
        let mut every_centre = false;
        match &actor.who {
            Who::Visitor => {}
            Who::Account(id, grants) => {
                terms.extend([Term::Registered, Term::Account(*id)]);
                every_centre = grants.iter().any(|grant| is_staff_of_all(*grant));
                terms.extend(grants.iter().flat_map(|grant| of_grant(*grant)));
            }
            Who::Operator | Who::System => {
                terms.extend([Term::Registered, Term::Staff, Term::Administrators]);
                every_centre = true;
            }
        }
        terms.sort_unstable();
        terms.dedup();
        Self { terms, every_centre }
    }

    /// Its terms, for an index. Whoever belongs to every centre has `centre` among them.
    pub fn terms(&self) -> impl Iterator<Item = String> {
        let every = self.every_centre.then(|| "centre".to_owned());
        self.terms.iter().map(Term::to_string).chain(every)
    }

    /// Whether a thing with `term` is for it.
    pub fn has(&self, term: Term) -> bool {
        self.terms.contains(&term) || (self.every_centre && matches!(term, Term::Centre(_)))
    }
}

/// Staff of the whole programme work for each of its centres.
fn is_staff_of_all(grant: Grant) -> bool {
    grant.role.is_staff() && grant.scope == Scope::Platform
}

fn of_grant(grant: Grant) -> impl Iterator<Item = Term> {
    let staff = grant.role.is_staff().then_some(Term::Staff);
    let administrators = (grant == Grant::platform(Role::Administrator)).then_some(Term::Administrators);
    let own = match grant.scope {
        Scope::Organisation(id) => Some(Term::Organisation(id)),
        Scope::Centre(country) if grant.role.is_staff() => Some(Term::Centre(country)),
        Scope::Centre(_) | Scope::Platform | Scope::Language(_) => None,
    };
    staff.into_iter().chain(administrators).chain(own)
}

impl From<&Audience> for db::Value {
    fn from(audience: &Audience) -> Self {
        let mut list = "|".to_owned();
        for term in audience.terms() {
            list.push_str(&term);
            list.push('|');
        }
        list.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AccountId;

    #[test]
    fn everybody_belongs_to_the_public_and_staff_of_one_country_to_no_other() {
        let [laos, thailand] = ["LA", "TH"].map(|code| CountryCode::read(code).unwrap());
        let id = AccountId(uuid::Uuid::nil());
        let organisation = OrganisationId(uuid::Uuid::nil());
        let broker = Grant { role: Role::Broker, scope: Scope::Centre(laos) };
        let member = Grant { role: Role::Member, scope: Scope::Organisation(organisation) };
        let evaluator = Grant { role: Role::Evaluator, scope: Scope::Centre(laos) };
        for (who, yes, no) in [
            (Who::Visitor, vec![Term::Public], vec![Term::Registered, Term::Staff, Term::Centre(laos)]),
            (
                Who::account(id, [broker]),
                vec![Term::Public, Term::Registered, Term::Staff, Term::Account(id), Term::Centre(laos)],
                vec![Term::Centre(thailand), Term::Administrators, Term::Organisation(organisation)],
            ),
            (Who::account(id, [member]), vec![Term::Organisation(organisation)], vec![Term::Staff]),
            (Who::account(id, [evaluator]), vec![Term::Registered], vec![Term::Staff, Term::Centre(laos)]),
            (
                Who::account(id, [Grant::platform(Role::Administrator)]),
                vec![Term::Administrators, Term::Centre(laos), Term::Centre(thailand)],
                vec![Term::Organisation(organisation)],
            ),
            (Who::Operator, vec![Term::Staff, Term::Centre(thailand)], vec![Term::Account(id)]),
        ] {
            let audience = Actor::new(who.clone()).audience();
            assert!(yes.iter().all(|term| audience.has(*term)), "{who:?}");
            assert!(!no.iter().any(|term| audience.has(*term)), "{who:?}");
        }
    }
}
