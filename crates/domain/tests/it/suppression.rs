//! Addresses that are left alone because a letter came back, and until when.

use db::{Db, Timestamp, sql};
use domain::actor::{Actor, Role};
use domain::id::LetterId;
use domain::notice::{self, Address, Kind, Letter, Link, Outcome, Reason, Report, State};
use domain::{Error, Result};
use i18n::Locale;

use crate::world;

fn ana() -> Address {
    Address::parse("Ana@example.org").unwrap()
}

fn link() -> Link {
    Link::parse("/en").unwrap()
}

async fn post(db: &Db, kind: Kind) -> LetterId {
    let letter = Letter { to: ana(), account: None, locale: Locale::En, kind };
    db.write(async |tx| notice::post(&tx, letter.clone()).await).await.unwrap()
}

fn decided() -> Kind {
    Kind::AffiliationDecided { organisation: "Aqua".into(), belongs: true, link: link() }
}

async fn sent(db: &Db) -> LetterId {
    let id = post(db, decided()).await;
    notice::settle(db, id, &Outcome::Sent("250 taken".to_owned())).await.unwrap();
    id
}

fn gone(letter: LetterId, to: &str) -> Report {
    let recipients = Address::parse(to).into_iter().collect();
    Report { letter, recipients, reason: Some(Reason::Bounce), words: "5.1.1 no such mailbox".into() }
}

async fn left_alone(db: &Db) -> usize {
    notice::list_suppressed(db, &Actor::operator(), 10).await.unwrap().len()
}

#[db::test]
async fn an_address_whose_letter_came_back_gets_only_what_is_owed_to_it(db: Db) {
    let id = sent(&db).await;
    assert!(notice::report(&db, &gone(id, "ana@example.org")).await.unwrap());
    assert!(
        notice::report(&db, &gone(id, "ana@example.org")).await.unwrap(),
        "a second time changes nothing"
    );
    assert_eq!(left_alone(&db).await, 1);
    let seen = notice::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((seen.state, seen.error.as_deref()), (State::Sent, Some("5.1.1 no such mailbox")));

    let held_back = post(&db, decided()).await;
    assert!(notice::take(&db, held_back).await.unwrap().is_none());
    let seen = notice::load(&db, &Actor::operator(), held_back).await.unwrap();
    assert_eq!(seen.state, State::Suppressed);
    assert!(seen.error.unwrap().contains("no such mailbox"));

    let until = db.clock().now() + jiff::SignedDuration::from_hours(1);
    let owed = post(&db, Kind::AccountReset { link: link(), until }).await;
    assert!(notice::take(&db, owed).await.unwrap().is_some());

    let administrator = world::actor(&db, Role::Administrator).await;
    notice::lift(&db, &administrator, &Address::parse("ANA@example.org").unwrap()).await.unwrap();
    assert_eq!(left_alone(&db).await, 0);
    notice::retry(&db, &administrator, held_back).await.unwrap();
    assert!(notice::take(&db, held_back).await.unwrap().is_some(), "what was held back can still be sent");
    let again = notice::lift(&db, &administrator, &ana()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
}

#[db::test]
async fn a_report_counts_only_for_a_letter_that_was_sent_to_that_address(db: Db) {
    let id = sent(&db).await;
    let waiting = post(&db, decided()).await;
    let unknown = LetterId(uuid::Uuid::from_u128(7));
    for (letter, to) in
        [(id, "lee@example.org"), (id, ""), (unknown, "ana@example.org"), (waiting, "ana@example.org")]
    {
        assert!(!notice::report(&db, &gone(letter, to)).await.unwrap(), "{letter} {to}");
    }
    assert_eq!(left_alone(&db).await, 0);
    let passing = Report { reason: None, ..gone(id, "ana@example.org") };
    assert!(notice::report(&db, &passing).await.unwrap());
    assert_eq!(left_alone(&db).await, 0, "a full mailbox is noted at the letter, and no more");
}

#[db::test]
async fn the_log_tells_who_lifts_and_names_no_address(db: Db) {
    let id = sent(&db).await;
    notice::report(&db, &gone(id, "ana@example.org")).await.unwrap();
    notice::lift(&db, &Actor::operator(), &ana()).await.unwrap();
    for (verb, wanted) in [("suppression.add", 1), ("suppression.lift", 1)] {
        let found =
            world::count(&db, sql!("select count(*) as value from change_fresh where verb = $1", verb));
        assert_eq!(found.await, wanted, "{verb}");
    }
}

#[db::test]
async fn whom_we_leave_alone_is_for_administrators(db: Db) {
    let id = sent(&db).await;
    notice::report(&db, &gone(id, "ana@example.org")).await.unwrap();
    let editor = world::actor(&db, Role::Editor).await;
    let refused: Result<_> = notice::list_suppressed(&db, &editor, 10).await;
    assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
    assert!(matches!(notice::lift(&db, &editor, &ana()).await, Err(Error::NotFound)));
    let since: Timestamp = notice::list_suppressed(&db, &Actor::operator(), 1).await.unwrap()[0].made_at;
    assert!(since <= db.clock().now());
}
