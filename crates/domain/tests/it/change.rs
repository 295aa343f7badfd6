//! The log: nobody alters it, and no reader misses a row.

use std::collections::HashSet;
use std::time::Duration;

use db::{Db, sql};
use domain::actor::{Actor, Role};
use domain::change::{self, Entry, Reader, Trust};
use domain::{Error, publication};
use uuid::Uuid;

use crate::world;

#[db::test]
async fn the_database_itself_refuses_to_alter_the_log(db: Db) {
    world::news(&db, "one").await;
    world::news(&db, "two").await;
    let signer = world::signer();
    change::seal(&db, &signer, 1000).await.unwrap().unwrap();
    world::news(&db, "three").await;
    for statement in [
        sql!("update change_fresh set verb = 'x'"),
        sql!("delete from change_fresh"),
        sql!("update change_sealed set verb = 'x'"),
        sql!("update change_sealed set position = position + 1"),
        sql!("delete from change_sealed"),
        sql!("update change_seal set hash = 'x'"),
        sql!("delete from change_seal"),
    ] {
        let outcome = db.write(async |tx| tx.run(statement.clone()).await).await;
        assert!(
            matches!(&outcome, Err(db::Error::Refused(why)) if why.contains("append-only")),
            "{outcome:?}"
        );
    }
    assert_eq!(world::verify(&db, &Trust::default()).await.fault, None);
}

#[db::test]
async fn the_log_is_there_for_those_alone_who_may_read_it(db: Db) {
    world::news(&db, "one").await;
    change::seal(&db, &world::signer(), 1000).await.unwrap().unwrap();
    for actor in [Actor::visitor(), Actor::system(), world::actor(&db, Role::Editor).await] {
        let outcome = change::read_log(&db, &actor, 0, 100).await;
        assert!(matches!(outcome, Err(Error::NotFound)), "{actor:?}: {outcome:?}");
        let outcome = change::read_log(&db, &actor, 0, 0).await;
        assert!(matches!(outcome, Err(Error::NotFound)), "not even what may be asked is told: {outcome:?}");
    }
    let auditor = world::actor(&db, Role::Auditor).await;
    let administrator = world::actor(&db, Role::Administrator).await;
    for actor in [auditor, administrator, Actor::operator()] {
        let changes = change::read_log(&db, &actor, 0, 1).await.unwrap();
        assert_eq!(changes[0].position, Some(1), "{actor:?}");
        for limit in [0, domain::page::MOST + 1] {
            let outcome = change::read_log(&db, &actor, 0, limit).await;
            assert!(
                matches!(&outcome, Err(Error::Invalid(fields)) if fields[0].name == "limit"),
                "{outcome:?}"
            );
        }
    }
}

#[db::test]
async fn a_verb_that_fails_leaves_no_change(db: Db) {
    let outcome: domain::Result<()> = db
        .write(async |tx| {
            let entry = Entry { verb: "x.y", kind: "x", subject: tx.new_id(), before: None, after: None };
            change::record(&tx, &Actor::operator(), entry).await?;
            Err(Error::Conflict("x"))
        })
        .await;
    assert!(outcome.is_err());
    assert_eq!(world::fresh_changes(&db).await, 0);
}

#[db::test]
async fn sealing_moves_every_change_once_and_the_log_verifies(db: Db) {
    let signer = world::signer();
    assert_eq!(change::seal(&db, &signer, 1000).await.unwrap(), None);
    for n in 0..5 {
        world::news(&db, &format!("{n}")).await;
        if n % 2 == 1 {
            world::seal_all(&db, &signer).await;
        }
    }
    let verdict = world::verify(&db, &Trust::default()).await;
    assert_eq!((verdict.rows, verdict.batches, verdict.unsealed, verdict.fault), (4, 2, 1, None));
    assert_eq!(world::seal_all(&db, &signer).await, 5);
    let trust = Trust { keys: vec![signer.public_key()], heads: heads(&db).await };
    let verdict = world::verify(&db, &trust).await;
    assert_eq!((verdict.rows, verdict.batches, verdict.unsealed, verdict.fault), (5, 3, 0, None));
    let changes = db.read(async |read| change::after(&read, 0, 100).await).await.unwrap();
    assert_eq!(
        changes.iter().map(|change| change.position).collect::<Vec<_>>(),
        (1..=5).map(Some).collect::<Vec<_>>()
    );
}

async fn heads(db: &Db) -> Vec<change::Head> {
    db.read(async |read| change::heads_after(&read, 0, 100).await).await.unwrap()
}

#[db::test]
async fn a_change_keeps_who_as_whom_and_in_which_request(db: Db) {
    let behalf = Uuid::from_u128(7);
    let actor = Actor { behalf: Some(behalf), ..Actor::operator().in_request("req-1") };
    let made = publication::publish(&db, &actor, world::draft("x")).await.unwrap();
    world::seal_all(&db, &world::signer()).await;
    let log = db.read(async |read| change::of_subject(&read, made.id.0, 10).await).await.unwrap();
    assert_eq!(log[0].actor_kind, "operator");
    assert_eq!((log[0].behalf, log[0].request.as_deref()), (Some(behalf), Some("req-1")));
    assert_eq!((log[0].position, log[0].at), (Some(1), made.published_at));
}

#[db::test]
async fn a_reader_goes_on_where_it_stopped_and_never_goes_back(db: Db) {
    for n in 0..5 {
        world::news(&db, &format!("{n}")).await;
    }
    world::seal_all(&db, &world::signer()).await;
    let reader = Reader::new("index");
    let first = db.read(async |read| reader.next(&read, 3).await).await.unwrap();
    assert_eq!(first.len(), 3);
    db.write(async |tx| reader.keep(&tx, 3).await).await.unwrap();
    db.write(async |tx| reader.keep(&tx, 1).await).await.unwrap();
    let rest = db.read(async |read| reader.next(&read, 10).await).await.unwrap();
    assert_eq!(rest.iter().map(|change| change.position.unwrap()).collect::<Vec<_>>(), [4, 5]);
    let lags = change::lags(&db).await.unwrap();
    assert_eq!((lags[0].name.as_str(), lags[0].position, lags[0].behind), ("index", 3, 2));
}

/// Writers that begin early and commit late, writers that fail, two sealers, and a reader that runs all the while: it
/// must see every committed change exactly once.
#[db::test]
async fn no_reader_misses_a_change_that_committed_late(db: Db) {
    let writers: Vec<_> = (0..8_u64)
        .map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut committed = Vec::new();
                for n in 0..12_u64 {
                    let pause = Duration::from_millis((writer * 7 + n * 13) % 17);
                    let outcome: domain::Result<Uuid> = db
                        .write(async |tx| {
                            let subject = tx.new_id();
                            let entry = Entry { verb: "x.y", kind: "x", subject, before: None, after: None };
                            change::record(&tx, &Actor::operator(), entry).await?;
                            tokio::time::sleep(pause).await;
                            if n % 5 == 4 { Err(Error::Conflict("on purpose")) } else { Ok(subject) }
                        })
                        .await;
                    committed.extend(outcome.ok());
                }
                committed
            })
        })
        .collect();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let sealers: Vec<_> = (0..2)
        .map(|_| {
            let (db, stopped) = (db.clone(), stopped.clone());
            tokio::spawn(async move {
                let signer = world::signer();
                while !*stopped.borrow() {
                    change::seal(&db, &signer, 1000).await.unwrap();
                    tokio::time::sleep(Duration::from_millis(3)).await;
                }
            })
        })
        .collect();
    let reading = {
        let (db, stopped) = (db.clone(), stopped.clone());
        tokio::spawn(async move {
            let reader = Reader::new("test");
            let mut seen = Vec::new();
            loop {
                let last_round = *stopped.borrow();
                let changes = db.read(async |read| reader.next(&read, 7).await).await.unwrap();
                if let Some(last) = changes.last() {
                    let position = last.position.unwrap();
                    db.write(async |tx| reader.keep(&tx, position).await).await.unwrap();
                } else if last_round {
                    return seen;
                } else {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                seen.extend(changes.into_iter().map(|change| change.subject));
            }
        })
    };
    let mut committed = HashSet::new();
    for writer in writers {
        committed.extend(writer.await.unwrap());
    }
    world::seal_all(&db, &world::signer()).await;
    stop.send(true).unwrap();
    for sealer in sealers {
        sealer.await.unwrap();
    }
    let seen = reading.await.unwrap();
    assert!(committed.len() >= 60, "most writers commit: {}", committed.len());
    assert_eq!(seen.len(), committed.len(), "none twice, none of those that failed");
    assert_eq!(seen.into_iter().collect::<HashSet<_>>(), committed);
    assert_eq!(world::verify(&db, &Trust::default()).await.fault, None);
}

#[db::test]
async fn the_newest_change_and_those_that_wait_are_known(db: Db) {
    let seen = async || {
        db.read(async |read| Ok::<_, Error>((change::newest(&read).await?, change::unsealed(&read).await?)))
            .await
            .unwrap()
    };
    assert_eq!(seen().await, (None, 0));
    let first = world::news(&db, "one").await.published_at;
    assert_eq!(seen().await, (Some(first), 1));
    world::seal_all(&db, &world::signer()).await;
    assert_eq!(seen().await, (Some(first), 0));
    db.clock().advance(jiff::SignedDuration::from_secs(1));
    let second = world::news(&db, "two").await.published_at;
    assert_eq!(seen().await, (Some(second), 1));
}

/// Seals carry the moments of whatever clock there was; the order of the log does not depend on them.
#[db::test]
async fn a_clock_that_jumps_does_not_break_the_chain(db: Db) {
    let signer = world::signer();
    for step in [0, -24, 365 * 24, -365 * 24] {
        db.clock().advance(jiff::SignedDuration::from_hours(step));
        world::news(&db, &format!("after {step} hours")).await;
        world::seal_all(&db, &signer).await;
    }
    world::news(&db, "made before, sealed after").await;
    db.clock().advance(jiff::SignedDuration::from_hours(-24));
    assert_eq!(world::seal_all(&db, &signer).await, 5);
    let trust = Trust { keys: vec![signer.public_key()], heads: heads(&db).await };
    assert_eq!(world::verify(&db, &trust).await.fault, None);
}

#[db::test]
async fn the_history_of_a_thing_is_found_by_its_reference_for_those_who_may(db: Db) {
    let made = world::news(&db, "one").await;
    world::news(&db, "two").await;
    world::seal_all(&db, &world::signer()).await;
    publication::withdraw(&db, &Actor::operator(), &made.reference, None).await.unwrap();
    let auditor = world::actor(&db, Role::Auditor).await;
    let of = async |actor: &Actor, subject: &str, after: i64, limit: u32| {
        let subject: change::Subject = subject.parse()?;
        change::history(&db, actor, &subject, after, limit).await
    };
    let id = made.id.to_string();
    let small = made.reference.as_str().to_lowercase();
    for subject in [id.as_str(), made.reference.as_str(), small.as_str()] {
        let changes = of(&auditor, subject, 0, 10).await.unwrap();
        let seen: Vec<_> = changes.iter().map(|c| (c.verb.as_str(), c.position.is_some())).collect();
        assert_eq!(seen, [("publication.publish", true), ("publication.withdraw", false)], "{subject}");
    }
    let first = of(&auditor, &id, 0, 1).await.unwrap()[0].position.unwrap();
    assert_eq!(of(&auditor, &id, first, 10).await.unwrap().len(), 1, "the rest");
    let fresh = world::news(&db, "three").await;
    assert_eq!(of(&auditor, fresh.reference.as_str(), 0, 10).await.unwrap().len(), 1, "not sealed yet");
    assert_eq!(of(&auditor, "N20200101-000000", 0, 10).await.unwrap(), []);
    for stranger in [Actor::visitor(), world::actor(&db, Role::Editor).await] {
        assert!(matches!(of(&stranger, &id, 0, 10).await, Err(Error::NotFound)));
    }
    for nothing in ["", "N2026", "x"] {
        assert!(matches!(of(&auditor, nothing, 0, 10).await, Err(Error::Invalid(_))), "{nothing}");
    }
}
