//! Roles: who holds what, from when until when, and who gives it.

use db::Db;
use domain::Error;
use domain::account::{self, Account, Device, NewGrant, session};
use domain::actor::{Actor, Grant, Role, Scope, Who};
use domain::id::OrganisationId;
use domain::programme::CountryCode;
use jiff::SignedDuration;
use proptest::prelude::*;

use crate::world;

fn centre(code: &str) -> Scope {
    Scope::Centre(CountryCode::read(code).unwrap())
}

fn device() -> Device {
    Device::new("192.0.2.1".parse().unwrap(), "Firefox")
}

/// What somebody who signs in now would be.
async fn signed_in(db: &Db, account: &Account) -> Actor {
    let secret = session::open(db, account.id, &device(), account::Bounds::default(), false).await.unwrap();
    session::authenticate_session(db, &secret).await.unwrap().unwrap()
}

#[db::test]
async fn a_role_is_held_for_its_scope_and_while_it_is_in_force(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Kham", Role::Expert).await.unwrap();
    let start = db.clock().now();
    let new = NewGrant {
        grant: Grant { role: Role::Broker, scope: centre("LA") },
        from: Some(start + SignedDuration::from_hours(1)),
        until: Some(start + SignedDuration::from_hours(2)),
    };
    let given = account::grant::grant(&db, &operator, account.id, new).await.unwrap();
    for (hours, held) in [(0, false), (1, true), (1, false)] {
        db.clock().advance(SignedDuration::from_hours(hours));
        let actor = signed_in(&db, &account).await;
        assert_eq!(actor.holds(Role::Broker, centre("LA")), held);
        assert!(!actor.holds(Role::Broker, centre("TH")) && actor.is_one_of(&[Role::Expert]));
        assert!(!actor.is_one_of(&[Role::Broker]), "a country is not the whole programme");
        assert_eq!(actor.countries_as(Role::Broker).count(), usize::from(held));
    }
    let shown = account::grant::list(&db, &operator, account.id).await.unwrap();
    assert_eq!((shown.len(), &shown[0]), (2, &given), "what is over stays in the records");
}

#[db::test]
async fn a_role_that_is_taken_away_is_gone_at_once(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Kham", Role::Editor).await.unwrap();
    let actor = signed_in(&db, &account).await;
    let [held] = &account::grant::list(&db, &actor, account.id).await.unwrap()[..] else { panic!() };
    account::grant::revoke(&db, &operator, held.id).await.unwrap();
    assert_eq!(signed_in(&db, &account).await.grants(), []);
    let again = account::grant::revoke(&db, &operator, held.id).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

#[db::test]
async fn the_last_administrator_stays(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Ana", Role::Administrator).await.unwrap();
    let actor = signed_in(&db, &account).await;
    let [held] = &account::grant::list(&db, &actor, account.id).await.unwrap()[..] else { panic!() };
    let last = account::grant::revoke(&db, &actor, held.id).await;
    assert!(matches!(last, Err(Error::Conflict("account-last-administrator"))), "{last:?}");
    let last = account::suspend(&db, &operator, account.id).await;
    assert!(matches!(last, Err(Error::Conflict("account-last-administrator"))), "{last:?}");
    assert!(signed_in(&db, &account).await.is_one_of(&[Role::Administrator]), "and nothing was done");
    account::open(&db, &operator, "Bo", Role::Administrator).await.unwrap();
    account::grant::revoke(&db, &actor, held.id).await.unwrap();
}

#[db::test]
async fn roles_are_given_once_in_scopes_that_make_sense_and_duties_stay_apart(db: Db) {
    let operator = Actor::operator();
    let account = account::open(&db, &operator, "Ana", Role::Editor).await.unwrap();
    let give = async |role, scope, until| {
        let new = NewGrant { grant: Grant { role, scope }, from: None, until };
        account::grant::grant(&db, &operator, account.id, new).await
    };
    let tomorrow = Some(db.clock().now() + SignedDuration::from_hours(24));
    let institute = Scope::Organisation(OrganisationId(uuid::Uuid::from_u128(7)));
    for (role, scope, until, wrong) in [
        (Role::Editor, centre("LA"), None, "scope"),
        (Role::Member, Scope::Platform, None, "scope"),
        (Role::Evaluator, Scope::Platform, None, "until"),
        (Role::Broker, Scope::Platform, Some(db.clock().now()), "until"),
    ] {
        let given = give(role, scope, until).await;
        assert!(matches!(&given, Err(Error::Invalid(fields)) if fields[0].name == wrong), "{given:?}");
    }
    for (role, scope, code) in [
        (Role::Editor, Scope::Platform, "account-grant-held"),
        (Role::Evaluator, centre("LA"), "account-duties-apart"),
    ] {
        let given = give(role, scope, tomorrow).await;
        assert!(matches!(given, Err(Error::Conflict(found)) if found == code), "{given:?}");
    }
    for (role, scope) in [
        (Role::Member, institute),
        (Role::Translator, Scope::Language(i18n::Locale::Km)),
        (Role::Broker, centre("LA")),
    ] {
        let given = give(role, scope, None).await.unwrap();
        let holders = db.read(async |read| account::grant::holders(&read, given.grant).await).await.unwrap();
        assert_eq!(holders, [account.id]);
    }
    let elsewhere = Grant { role: Role::Broker, scope: centre("TH") };
    let holders = db.read(async |read| account::grant::holders(&read, elsewhere).await).await.unwrap();
    assert_eq!(holders, []);
}

#[db::test]
async fn a_centre_gives_roles_of_its_own_country(db: Db) {
    let operator = Actor::operator();
    let head = account::open(&db, &operator, "Head", Role::Expert).await.unwrap();
    let lead = Grant { role: Role::CentreAdministrator, scope: centre("LA") };
    account::grant::grant(&db, &operator, head.id, lead).await.unwrap();
    let head = signed_in(&db, &head).await;
    let other = account::open(&db, &operator, "Other", Role::Expert).await.unwrap();
    let broker = |code| Grant { role: Role::Broker, scope: centre(code) };
    let given = account::grant::grant(&db, &head, other.id, broker("LA")).await.unwrap();
    assert_eq!(given.granted_by, head.account());
    let refused = account::grant::grant(&db, &head, other.id, broker("TH")).await;
    assert!(matches!(refused, Err(Error::Denied("account-grant-denied"))), "{refused:?}");
    let seen = account::grant::list(&db, &head, other.id).await;
    assert!(matches!(seen, Err(Error::NotFound)), "accounts are the platform's to see");
    let stranger = world::actor(&db, Role::Expert).await;
    let refused = account::grant::grant(&db, &stranger, other.id, broker("LA")).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    account::grant::revoke(&db, &head, given.id).await.unwrap();
}

/// One grant as a test makes it: begins and ends after so many minutes, and is revoked or not.
#[derive(Clone, Debug)]
struct Made {
    role: usize,
    from: i64,
    lasts: Option<i64>,
    revoked: bool,
}

fn made() -> impl Strategy<Value = Made> {
    let one = (0..3_usize, 0..60_i64, proptest::option::of(1..60_i64), any::<bool>());
    one.prop_map(|(role, from, lasts, revoked)| Made { role, from, lasts, revoked })
}

/// Grants that may be held together in any way.
const ROLES: [Role; 3] = [Role::Broker, Role::Organiser, Role::Interpreter];

#[test]
fn a_grant_that_has_not_begun_or_has_lapsed_never_grants() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for engine in [db::Engine::Sqlite, db::Engine::Postgres] {
        if db::testing::left_out(engine) {
            continue;
        }
        let fresh = runtime.block_on(db::testing::fresh(engine));
        let settings =
            proptest::test_runner::Config { cases: 40, failure_persistence: None, ..Default::default() };
        let mut runner = proptest::test_runner::TestRunner::new(settings);
        let given = (proptest::collection::vec(made(), 1..6), 0..130_i64);
        let outcome = runner.run(&given, |(grants, look)| {
            runtime.block_on(at_any_moment(&fresh.db, &grants, look));
            Ok(())
        });
        outcome.unwrap();
        runtime.block_on(fresh.remove());
    }
}

/// Gives `grants` to a fresh account, lets `look` minutes pass, and compares what counts with the plain rule.
async fn at_any_moment(db: &Db, grants: &[Made], look: i64) {
    let operator = Actor::operator();
    let account = account::open(db, &operator, "Any", Role::Expert).await.unwrap();
    let start = db.clock().now();
    let minutes = |n| start + SignedDuration::from_mins(n);
    let mut expected = vec![];
    for made in grants {
        let role = ROLES[made.role];
        let until = made.lasts.map(|lasts| minutes(made.from + lasts));
        let new = NewGrant { grant: Grant::platform(role), from: Some(minutes(made.from)), until };
        let Ok(given) = account::grant::grant(db, &operator, account.id, new).await else { continue };
        if made.revoked {
            account::grant::revoke(db, &operator, given.id).await.unwrap();
        } else if made.from <= look && made.lasts.is_none_or(|lasts| look < made.from + lasts) {
            expected.push(role);
        }
    }
    db.clock().advance(SignedDuration::from_mins(look));
    let actor = signed_in(db, &account).await;
    for role in ROLES {
        assert_eq!(actor.is_one_of(&[role]), expected.contains(&role), "{role:?} after {look}: {grants:?}");
    }
    assert!(matches!(actor.who, Who::Account(id, _) if id == account.id));
}
