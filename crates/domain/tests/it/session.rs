//! Sessions, from sign-in to their end.

use db::Db;
use domain::Error;
use domain::account::session::{self, Bounds, Device};
use domain::account::{self, Account, SessionSecret};
use domain::actor::{Actor, Grant, Role};
use jiff::SignedDuration;

fn device(agent: &str) -> Device {
    Device::new("2001:db8::1".parse().unwrap(), agent)
}

const BOUNDS: Bounds =
    Bounds { idle: SignedDuration::from_mins(60), absolute: SignedDuration::from_mins(240) };

async fn account(db: &Db) -> Account {
    account::open(db, &Actor::operator(), "Ana", Role::Editor).await.unwrap()
}

async fn open(db: &Db, account: &Account, agent: &str) -> SessionSecret {
    session::open(db, account.id, &device(agent), BOUNDS, false).await.unwrap()
}

async fn actor(db: &Db, secret: &SessionSecret) -> Option<Actor> {
    account::authenticate_session(db, secret).await.unwrap()
}

#[db::test]
async fn a_session_ends_when_it_is_idle_or_its_time_is_up(db: Db) {
    let account = account(&db).await;
    let idle = open(&db, &account, "one").await;
    let busy = open(&db, &account, "two").await;
    for minutes in [50, 50, 50, 50, 39] {
        db.clock().advance(SignedDuration::from_mins(minutes));
        assert!(actor(&db, &busy).await.is_some());
    }
    assert_eq!(actor(&db, &idle).await, None);
    db.clock().advance(SignedDuration::from_mins(1));
    assert_eq!(actor(&db, &busy).await, None, "after four hours, busy or not");
}

#[db::test]
async fn a_session_is_listed_until_it_is_revoked(db: Db) {
    let account = account(&db).await;
    let (one, two) = (open(&db, &account, "one").await, open(&db, &account, "two\u{1b}[31m").await);
    let (first, second) = (actor(&db, &one).await.unwrap(), actor(&db, &two).await.unwrap());
    let listed = session::list(&db, &first).await.unwrap();
    let agents: Vec<_> = listed.iter().map(|session| session.agent.as_str()).collect();
    assert_eq!(agents, ["two[31m", "one"]);
    assert_eq!(listed[0].address, "2001:db8::1");

    session::revoke(&db, &first, second.session().unwrap().id).await.unwrap();
    assert_eq!(actor(&db, &two).await, None);
    let again = session::revoke(&db, &first, second.session().unwrap().id).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

    let three = open(&db, &account, "three").await;
    assert_eq!(session::revoke_others(&db, &first).await.unwrap(), 1);
    assert_eq!(session::revoke_others(&db, &first).await.unwrap(), 0);
    assert!(actor(&db, &three).await.is_none() && actor(&db, &one).await.is_some());
    session::end(&db, &first).await.unwrap();
    assert_eq!(actor(&db, &one).await, None, "signed out on the server's side");
    assert!(matches!(session::end(&db, &Actor::operator()).await, Err(Error::NotFound)));
}

#[db::test]
async fn nobody_ends_the_session_of_another(db: Db) {
    let ana = open(&db, &account(&db).await, "ana").await;
    let bo = open(&db, &account(&db).await, "bo").await;
    let (of_ana, of_bo) = (actor(&db, &ana).await.unwrap(), actor(&db, &bo).await.unwrap());
    let foreign = session::revoke(&db, &of_bo, of_ana.session().unwrap().id).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    assert!(actor(&db, &ana).await.is_some());
}

#[db::test]
async fn a_secret_is_replaced_when_a_role_is_given_and_the_old_one_is_worthless(db: Db) {
    let account = account(&db).await;
    let old = open(&db, &account, "one").await;
    assert!(!actor(&db, &old).await.unwrap().session().unwrap().rotate);
    let broker = Grant::platform(Role::Broker);
    account::grant::grant(&db, &Actor::operator(), account.id, broker).await.unwrap();
    let seen = actor(&db, &old).await.unwrap();
    assert!(seen.session().unwrap().rotate && seen.is_one_of(&[Role::Broker]));
    let new = session::rotate(&db, &old).await.unwrap().unwrap();
    assert_ne!(new.reveal(), old.reveal());
    assert_eq!(actor(&db, &old).await, None);
    assert_eq!(session::rotate(&db, &old).await.unwrap(), None, "and is not replaced twice");
    let now = actor(&db, &new).await.unwrap();
    assert_eq!(
        (now.session().unwrap().id, now.session().unwrap().rotate),
        (seen.session().unwrap().id, false)
    );
}

#[db::test]
async fn a_suspended_account_is_shut_out_until_it_is_reopened(db: Db) {
    let operator = Actor::operator();
    let account = account(&db).await;
    let secret = open(&db, &account, "one").await;
    let token = account::issue_token(&db, &operator, account.id, "feed", None).await.unwrap();
    let suspended = account::suspend(&db, &operator, account.id).await.unwrap();
    assert_eq!(suspended.state, account::State::Suspended);
    assert_eq!(actor(&db, &secret).await, None);
    assert_eq!(account::authenticate(&db, &token.secret).await.unwrap(), None);
    let refused = session::open(&db, account.id, &device("x"), BOUNDS, false).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    let again = account::suspend(&db, &operator, account.id).await;
    assert!(matches!(again, Err(Error::Conflict("account-suspended"))), "{again:?}");

    account::reopen(&db, &operator, account.id).await.unwrap();
    assert_eq!(actor(&db, &secret).await, None, "a session that was ended stays ended");
    assert!(account::authenticate(&db, &token.secret).await.unwrap().is_some());
    let again = account::reopen(&db, &operator, account.id).await;
    assert!(matches!(again, Err(Error::Conflict("account-open"))), "{again:?}");
}

#[db::test]
async fn the_last_sign_of_life_is_written_seldom(db: Db) {
    let account = account(&db).await;
    let secret = open(&db, &account, "one").await;
    let seen = async || {
        let found = actor(&db, &secret).await.unwrap();
        session::list(&db, &found).await.unwrap()[0].seen_at
    };
    let first = seen().await;
    db.clock().advance(SignedDuration::from_mins(4));
    assert_eq!(seen().await, first);
    db.clock().advance(SignedDuration::from_mins(1));
    assert_eq!(seen().await, first + SignedDuration::from_mins(5));
}
