//! Every refusal there is: what the description of the API names, and what tests go through. A code that a verb of the domain
//! refuses with stands in one of the two lists here, or a test fails.

use std::sync::LazyLock;

use domain::error::Problem;
use i18n::Translator;

use super::Refusal;
use super::words::advice;

/// Why somebody may not: 403, or 401 for somebody who did not say who they are.
const DENIED: &[&str] = &[
    "account-grant-denied",
    "account-grant-own",
    "account-suspend-own",
    "file-editor-only",
    "job-administrator-only",
    "membership-own",
    "membership-sign-in",
    "membership-staff-only",
    "organisation-staff-only",
    "publication-editor-only",
    "token-read-only",
];

/// Why the state of a thing does not allow it: 409.
const CONFLICT: &[&str] = &[
    "account-closed",
    "account-duties-apart",
    "account-exists",
    "account-grant-held",
    "account-last-administrator",
    "account-open",
    "account-suspended",
    "job-ended",
    "job-not-ended",
    "letter-not-waiting",
    "membership-affiliated",
    "membership-decided",
    "membership-early",
    "membership-known",
    "membership-not-asked",
    "membership-not-requested",
    "membership-step",
    "membership-unchecked",
    "once-running",
    "once-unknown",
    "organisation-not-active",
    "organisation-number-taken",
    "token-revoked",
];

/// A code with a status that it is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Known {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
}

/// Every code with every status that it is answered with, in order.
pub(crate) fn known() -> &'static [Known] {
    static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let cases = every().into_iter().map(|refusal| refusal.case());
        let mut known: Vec<_> =
            cases.map(|case| Known { code: case.code, status: case.status.as_u16() }).collect();
        known.sort_unstable();
        known.dedup();
        known
    });
    &KNOWN
}

/// Every code and status with what happened and what to do, in words.
pub(crate) fn explained(t: Translator) -> Vec<(&'static str, u16, String, String)> {
    let mut rows: Vec<_> = every()
        .into_iter()
        .map(|refusal| {
            let case = refusal.case();
            let title = t.text(case.title).into_owned();
            (case.code, case.status.as_u16(), title, advice(t, &refusal, &case))
        })
        .collect();
    rows.sort_unstable_by_key(|(code, status, ..)| (*status, *code));
    rows.dedup_by_key(|(code, status, ..)| (*status, *code));
    rows
}

/// One of each.
pub(super) fn every() -> Vec<Refusal> {
    use domain::Error as E;
    let denied =
        DENIED.iter().flat_map(|code| [Refusal::Domain(E::Denied(code)), Refusal::SignInNeeded(code)]);
    let conflicts = CONFLICT.iter().map(|code| Refusal::Domain(E::Conflict(code)));
    let domain = [
        E::NotFound,
        E::Stale,
        E::Limited { seconds: 3 },
        E::Busy,
        E::Full(String::new()),
        E::Unavailable(String::new()),
        E::internal("an example"),
    ];
    let own = [
        Refusal::SignInNeeded("unauthenticated"),
        Refusal::BadToken,
        Refusal::field("name", Problem::Required),
        Refusal::NotJson("cause".to_owned()),
        Refusal::MediaType,
        Refusal::TooLarge(3),
        Refusal::VersionNeeded,
        Refusal::OtherRequest,
        Refusal::Method,
        Refusal::CrossSite,
        Refusal::Forged,
        Refusal::Garbled,
        Refusal::Misdirected,
        Refusal::TimedOut,
    ];
    denied.chain(conflicts).chain(domain.map(Refusal::from)).chain(own).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The codes that stand in the sources of the domain behind `opening`.
    fn written(opening: &str) -> BTreeSet<String> {
        fn collect(folder: &Path, opening: &str, found: &mut BTreeSet<String>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    collect(&path, opening, found);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).unwrap();
                    let rest = text.split(opening).skip(1);
                    found.extend(rest.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
                }
            }
        }
        let mut found = BTreeSet::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src"), opening, &mut found);
        found
    }

    #[test]
    fn every_code_of_the_domain_is_known_here() {
        let listed = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(written("Denied(\""), listed(DENIED), "the list DENIED");
        assert_eq!(written("Conflict(\""), listed(CONFLICT), "the list CONFLICT");
    }
}
