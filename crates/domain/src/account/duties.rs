//! Separation of duties: what nobody may be, or do, at once. Pure rules, all in this one place.

use crate::actor::{Grant, Role};
use crate::id::AccountId;

/// Roles that one person never holds together: whoever assesses or audits does not do what is assessed or audited.
const APART: [(Role, &[Role]); 3] = [
    (
        Role::Evaluator,
        &[Role::Broker, Role::Editor, Role::Reviewer, Role::Organiser, Role::CentreAdministrator],
    ),
    (Role::Auditor, &[Role::Administrator, Role::Editor, Role::Broker, Role::CentreAdministrator]),
    (Role::GuidanceAuthority, &[Role::Broker, Role::CentreAdministrator]),
];

/// Whether two roles are kept apart.
pub fn are_apart(one: Role, other: Role) -> bool {
    let names = |apart: (Role, &[Role])| {
        (apart.0 == one && apart.1.contains(&other)) || (apart.0 == other && apart.1.contains(&one))
    };
    APART.into_iter().any(names)
}

/// Whether whoever holds `held` may come to hold `new` as well.
pub fn may_join(held: &[Grant], new: Grant) -> bool {
    !held.iter().any(|grant| are_apart(grant.role, new.role))
}

/// Whether `reviewer` may review what `author` has written: nobody reviews their own.
pub fn may_review(author: Option<AccountId>, reviewer: AccountId) -> bool {
    author != Some(reviewer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_assesses_does_not_do_what_is_assessed() {
        assert!(are_apart(Role::Evaluator, Role::Broker) && are_apart(Role::Broker, Role::Evaluator));
        assert!(are_apart(Role::Editor, Role::Evaluator));
        assert!(!are_apart(Role::Broker, Role::Editor));
        for role in Role::ALL {
            assert!(!are_apart(role, role), "{role:?}");
        }
        let broker = Grant::platform(Role::Broker);
        assert!(!may_join(&[Grant::platform(Role::Expert), broker], Grant::platform(Role::Evaluator)));
        assert!(may_join(&[], Grant::platform(Role::Evaluator)));
    }

    #[test]
    fn nobody_reviews_their_own() {
        let [ana, bo] = [1, 2].map(|n| AccountId(uuid::Uuid::from_u128(n)));
        assert!(!may_review(Some(ana), ana));
        assert!(may_review(Some(ana), bo) && may_review(None, ana));
    }
}
