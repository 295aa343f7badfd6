//! Who may do what to accounts and to the roles they hold.

use db::Timestamp;
use jiff::SignedDuration;

use crate::actor::{Actor, Grant, Role, Scope};
use crate::id::AccountId;
use crate::{Error, Result};

/// For others, there are no accounts but their own.
pub(super) fn may_administer(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator]) { Ok(()) } else { Err(Error::NotFound) }
}

/// Whoever administers accounts, and each for itself.
pub(super) fn may_see(actor: &Actor, account: AccountId) -> Result<()> {
    if actor.account() == Some(account) { Ok(()) } else { may_administer(actor) }
}

/// How long ago a person may have proved who they are for what touches the safety of an account.
const PROOF_LASTS: SignedDuration = SignedDuration::from_mins(15);

/// For what touches the safety of an account, an open session is not enough: it may be somebody else's hand on the mouse.
///
/// # Errors
/// [`Error::Denied`] where the person did not prove lately who they are.
pub fn demand_proof(actor: &Actor, now: Timestamp) -> Result<()> {
    if actor.proved_within(PROOF_LASTS, now) { Ok(()) } else { Err(Error::Denied("account-prove-again")) }
}

/// Who may give `grant` to `account`, or take it away. Whoever gives no role to anybody does not learn whether there is such
/// an account.
pub(super) fn may_grant(actor: &Actor, account: AccountId, grant: Grant) -> Result<()> {
    if !gives_any(actor) {
        return Err(Error::NotFound);
    }
    if actor.account() == Some(account) {
        return Err(Error::Denied("account-grant-own"));
    }
    if may_give(actor, grant) { Ok(()) } else { Err(Error::Denied("account-grant-denied")) }
}

fn gives_any(actor: &Actor) -> bool {
    actor.is_one_of(&[Role::Administrator])
        || actor.countries_as(Role::CentreAdministrator).next().is_some()
        || actor.organisations_as(Role::OrganisationAdministrator).next().is_some()
}

fn may_give(actor: &Actor, grant: Grant) -> bool {
    if actor.is_one_of(&[Role::Administrator]) {
        return true;
    }
    match grant.scope {
        // Nobody chooses who assesses or oversees them.
        Scope::Centre(_) if matches!(grant.role, Role::Evaluator | Role::GuidanceAuthority) => false,
        Scope::Centre(_) => actor.holds(Role::CentreAdministrator, grant.scope),
        Scope::Organisation(_) => actor.holds(Role::OrganisationAdministrator, grant.scope),
        Scope::Platform | Scope::Language(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::Who;
    use crate::id::OrganisationId;
    use crate::programme::CountryCode;

    #[test]
    fn each_gives_roles_within_what_they_run_and_none_to_themselves() {
        let [ana, bo] = [1, 2].map(|n| AccountId(uuid::Uuid::from_u128(n)));
        let [laos, thailand] = ["LA", "TH"].map(|code| Scope::Centre(CountryCode::read(code).unwrap()));
        let [institute, other] =
            [3, 4].map(|n| Scope::Organisation(OrganisationId(uuid::Uuid::from_u128(n))));
        let who = |role, scope| Actor::new(Who::account(ana, [Grant { role, scope }]));
        let administrator = who(Role::Administrator, Scope::Platform);
        let centre = who(Role::CentreAdministrator, laos);
        let organisation = who(Role::OrganisationAdministrator, institute);
        let broker = who(Role::Broker, Scope::Platform);
        let give = |actor: &Actor, role, scope| may_grant(actor, bo, Grant { role, scope });

        assert!(give(&administrator, Role::Administrator, Scope::Platform).is_ok());
        assert!(give(&centre, Role::Broker, laos).is_ok());
        assert!(give(&organisation, Role::Member, institute).is_ok());
        for refused in [
            give(&centre, Role::Broker, thailand),
            give(&centre, Role::Evaluator, laos),
            give(&centre, Role::Administrator, Scope::Platform),
            give(&organisation, Role::Member, other),
            give(&organisation, Role::Broker, laos),
            may_grant(&administrator, ana, Grant::platform(Role::Editor)),
        ] {
            assert!(matches!(refused, Err(Error::Denied(_))), "{refused:?}");
        }
        assert!(matches!(give(&broker, Role::Member, institute), Err(Error::NotFound)));
        assert!(matches!(give(&Actor::visitor(), Role::Member, institute), Err(Error::NotFound)));
    }
}
