//! Letters: posted with the change that causes them, sent at least once, seen until they are settled.

use db::{Db, sql};
use domain::actor::{Actor, Role};
use domain::id::LetterId;
use domain::job::{self, Registry};
use domain::notice::{self, Address, Deliver, Kind, Letter, Link, Outcome, State};
use domain::page::Ask;
use domain::{Error, Result};
use i18n::Locale;
use jiff::SignedDuration;

use crate::world;

fn ana() -> Address {
    Address::parse("ana@example.org").unwrap()
}

fn reset(db: &Db) -> Letter {
    let link = Link::parse("/lo/reset?token=s3cret-of-the-link").unwrap();
    let until = db.clock().now() + SignedDuration::from_hours(24);
    Letter { to: ana(), account: None, locale: Locale::Lo, kind: Kind::AccountReset { link, until } }
}

async fn post(db: &Db, letter: Letter) -> LetterId {
    db.write(async |tx| notice::post(&tx, letter.clone()).await).await.unwrap()
}

async fn kept_facts(db: &Db) -> i64 {
    world::count(db, sql!("select count(*) as value from letter where facts is not null")).await
}

async fn due_deliveries(db: &Db) -> i64 {
    job::overview(db).await.unwrap().due_count
}

#[db::test]
async fn a_letter_is_posted_with_the_change_that_causes_it_or_not_at_all(db: Db) {
    let letter = reset(&db);
    let undone: Result<()> = db
        .write(async |tx| {
            notice::post(&tx, letter.clone()).await?;
            Err(Error::Stale)
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(notice::list(&db, &Actor::operator(), None, Ask::first(10)).await.unwrap().items, vec![]);
    assert_eq!(due_deliveries(&db).await, 0);

    let id = post(&db, letter.clone()).await;
    assert_eq!(due_deliveries(&db).await, 1);
    let outgoing = notice::take(&db, id).await.unwrap().unwrap();
    assert_eq!((outgoing.to, outgoing.locale, outgoing.kind), (letter.to, letter.locale, letter.kind));
}

#[db::test]
async fn what_a_letter_said_is_gone_once_it_was_sent(db: Db) {
    let id = post(&db, reset(&db)).await;
    assert_eq!(kept_facts(&db).await, 1);
    notice::settle(&db, id, &Outcome::Sent("250 taken".to_owned())).await.unwrap();
    assert_eq!(kept_facts(&db).await, 0);
    assert!(notice::take(&db, id).await.unwrap().is_none(), "and it is not sent again");
    let seen = notice::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((seen.state, seen.attempts, seen.reply.as_deref()), (State::Sent, 1, Some("250 taken")));
    let again = notice::retry(&db, &Actor::operator(), id).await;
    assert!(matches!(again, Err(Error::Conflict("letter-not-waiting"))), "{again:?}");
    notice::settle(&db, id, &Outcome::Refused("550 late".to_owned())).await.unwrap();
    assert_eq!(notice::load(&db, &Actor::operator(), id).await.unwrap(), seen, "what was sent stays sent");
}

#[db::test]
async fn a_letter_that_cannot_be_sent_now_is_tried_again_for_three_days(db: Db) {
    let kind = Kind::Test {};
    let id = post(&db, Letter { to: ana(), account: None, locale: Locale::En, kind }).await;
    let mut tries = 0;
    while notice::take(&db, id).await.unwrap().is_some() {
        notice::settle(&db, id, &Outcome::Later(format!("451 try {tries}"))).await.unwrap();
        let seen = notice::load(&db, &Actor::operator(), id).await.unwrap();
        if tries == 0 {
            let overview = notice::overview(&db).await.unwrap();
            assert_eq!((overview.queued_count, overview.failed_count, overview.dead_count), (0, 1, 0));
            assert_eq!(seen.due_at, Some(seen.made_at + SignedDuration::from_mins(1)));
            let jobs = job::overview(&db).await.unwrap();
            assert_eq!((jobs.due_count, jobs.later_count), (1, 1), "the first, and the one after the pause");
        }
        tries += 1;
        if let Some(due) = seen.due_at {
            db.clock().advance(due.duration_since(db.clock().now()));
        }
    }
    assert!((30..60).contains(&tries), "{tries} tries");
    let dead = notice::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((dead.state, dead.error), (State::Dead, Some(format!("451 try {}", tries - 1))));

    let administrator = world::actor(&db, Role::Administrator).await;
    let again = notice::retry(&db, &administrator, id).await.unwrap();
    assert_eq!((again.state, again.attempts, again.error), (State::Queued, 0, None));
    assert!(notice::take(&db, id).await.unwrap().is_some());
}

#[db::test]
async fn a_closed_way_costs_no_try(db: Db) {
    let id = post(&db, reset(&db)).await;
    let wait = Outcome::Wait(SignedDuration::from_secs(30), "the mail server does not answer".to_owned());
    for _ in 0..20 {
        notice::settle(&db, id, &wait).await.unwrap();
    }
    let seen = notice::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((seen.state, seen.attempts), (State::Failed, 0));
}

#[db::test]
async fn a_letter_whose_link_has_ended_is_not_sent(db: Db) {
    let id = post(&db, reset(&db)).await;
    db.clock().advance(SignedDuration::from_hours(24));
    assert!(notice::take(&db, id).await.unwrap().is_none());
    let seen = notice::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!(seen.state, State::Dead);
    assert!(seen.error.unwrap().contains("link ended"));
}

#[db::test]
async fn what_a_dead_letter_said_is_removed_after_a_week_and_every_letter_after_three_months(db: Db) {
    let registry = || notice::Sweep::register(Registry::default(), db.clone());
    let id = post(&db, reset(&db)).await;
    notice::settle(&db, id, &Outcome::Refused("550 no such mailbox".to_owned())).await.unwrap();
    let sweep = async || {
        let due = |tx: db::Tx| async move {
            tx.run(sql!("delete from job where kind = 'notice.deliver'")).await?;
            job::enqueue(&tx, &Actor::system(), &notice::Sweep {}, tx.now()).await
        };
        db.write(due).await.unwrap();
        assert!(world::worker(&db, registry()).run_one().await.unwrap());
    };
    sweep().await;
    assert_eq!(kept_facts(&db).await, 1);
    db.clock().advance(SignedDuration::from_hours(8 * 24));
    sweep().await;
    assert_eq!(kept_facts(&db).await, 0);
    assert!(matches!(
        notice::retry(&db, &Actor::operator(), id).await,
        Err(Error::Conflict("letter-not-waiting"))
    ));
    db.clock().advance(SignedDuration::from_hours(90 * 24));
    sweep().await;
    assert!(matches!(notice::load(&db, &Actor::operator(), id).await, Err(Error::NotFound)));
}

#[db::test]
async fn letters_are_for_administrators_alone(db: Db) {
    let id = post(&db, reset(&db)).await;
    for actor in
        [Actor::visitor(), world::actor(&db, Role::Editor).await, world::actor(&db, Role::Auditor).await]
    {
        assert!(
            matches!(notice::list(&db, &actor, None, Ask::first(10)).await, Err(Error::NotFound)),
            "{actor:?}"
        );
        assert!(matches!(notice::load(&db, &actor, id).await, Err(Error::NotFound)), "{actor:?}");
        assert!(matches!(notice::retry(&db, &actor, id).await, Err(Error::NotFound)), "{actor:?}");
    }
    let administrator = world::actor(&db, Role::Administrator).await;
    assert_eq!(
        notice::list(&db, &administrator, Some(State::Queued), Ask::first(10)).await.unwrap().items.len(),
        1
    );
    assert_eq!(
        notice::list(&db, &administrator, Some(State::Sent), Ask::first(10)).await.unwrap().items,
        vec![]
    );
    notice::settle(&db, id, &Outcome::Refused("550".to_owned())).await.unwrap();
    notice::retry(&db, &administrator, id).await.unwrap();
    let log = db.read(async |read| domain::change::of_subject(&read, id.0, 10).await).await.unwrap();
    assert_eq!(log.iter().map(|change| change.verb.as_str()).collect::<Vec<_>>(), ["letter.retry"]);
    assert_eq!(serde_json::to_value(Deliver { letter: id }).unwrap(), serde_json::json!({ "letter": id }));
}
