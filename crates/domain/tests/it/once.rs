//! Requests that are sent again.

use db::Db;
use domain::account;
use domain::actor::{Actor, Role};
use domain::error::Error;
use domain::id::AccountId;
use domain::once::{self, Begun, Outcome};
use jiff::SignedDuration;

async fn account(db: &Db) -> AccountId {
    account::open(db, &Actor::operator(), "feed", Role::Editor).await.unwrap().id
}

fn outcome(body: Option<&str>) -> Outcome {
    Outcome {
        digest: Some("abc".to_owned()),
        status: Some(201),
        headers: Some("[]".to_owned()),
        body: body.map(str::to_owned),
    }
}

#[db::test]
async fn a_key_is_carried_out_once_and_remembered_for_a_day(db: Db) {
    let (one, other) = (account(&db).await, account(&db).await);
    assert_eq!(once::begin(&db, one, "k").await.unwrap(), Begun::First);
    assert_eq!(once::begin(&db, other, "k").await.unwrap(), Begun::First, "keys are each account's own");
    assert!(matches!(once::begin(&db, one, "k").await, Err(Error::Conflict("once-running"))));
    once::settle(&db, one, "k", &outcome(Some("{}"))).await.unwrap();
    assert_eq!(once::begin(&db, one, "k").await.unwrap(), Begun::Before(outcome(Some("{}"))));
    db.clock().advance(SignedDuration::from_hours(23));
    assert_eq!(once::begin(&db, one, "k").await.unwrap(), Begun::Before(outcome(Some("{}"))));
    db.clock().advance(SignedDuration::from_hours(2));
    assert_eq!(once::begin(&db, one, "k").await.unwrap(), Begun::First);
}

#[db::test]
async fn what_was_refused_is_forgotten_and_what_nobody_knows_is_said(db: Db) {
    let one = account(&db).await;
    once::begin(&db, one, "refused").await.unwrap();
    once::forget(&db, one, "refused").await.unwrap();
    assert_eq!(once::begin(&db, one, "refused").await.unwrap(), Begun::First);
    once::begin(&db, one, "secret").await.unwrap();
    once::settle(&db, one, "secret", &outcome(None)).await.unwrap();
    assert!(matches!(once::begin(&db, one, "secret").await, Err(Error::Conflict("once-unknown"))));
    once::begin(&db, one, "crashed").await.unwrap();
    db.clock().advance(SignedDuration::from_mins(6));
    assert!(matches!(once::begin(&db, one, "crashed").await, Err(Error::Conflict("once-unknown"))));
}

#[db::test]
async fn of_many_at_once_one_is_the_first(db: Db) {
    let one = account(&db).await;
    let tries = (0..8).map(|_| once::begin(&db, one, "k"));
    let tries = futures_util::future::join_all(tries).await;
    assert_eq!(tries.iter().filter(|begun| matches!(begun, Ok(Begun::First))).count(), 1, "{tries:?}");
}
