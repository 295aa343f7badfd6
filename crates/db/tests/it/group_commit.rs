//! Writers who share a commit: each keeps or undoes its own work, nobody is left waiting.

use std::time::Duration;

use db::{Db, Engine, Error, Settings, sql, testing};
use tokio::time::timeout;

async fn with_table(db: &Db) {
    db.write(async |tx| tx.run(sql!("create table entry (id bigint primary key not null)")).await)
        .await
        .unwrap();
}

async fn add(db: &Db, id: i64) -> Result<u64, Error> {
    db.write(async |tx| tx.run(sql!("insert into entry (id) values ($1)", id)).await).await
}

async fn ids(db: &Db) -> Vec<i64> {
    let rows: Vec<(i64,)> = db
        .read(async |read| read.all(sql!("select id as value from entry order by id")).await)
        .await
        .unwrap();
    rows.into_iter().map(|(id,)| id).collect()
}

#[db::test]
async fn a_writer_who_fails_takes_nobody_along(db: Db) {
    with_table(&db).await;
    let tasks: Vec<_> = (0..60)
        .map(|id| {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx| {
                    tx.run(sql!("insert into entry (id) values ($1)", id)).await?;
                    if id % 3 == 0 { Err(Error::Missing) } else { Ok(()) }
                })
                .await
                .is_ok()
            })
        })
        .collect();
    let mut kept = Vec::new();
    for (id, task) in (0..).zip(tasks) {
        if task.await.unwrap() {
            kept.push(id);
        }
    }
    assert_eq!(kept, (0..60).filter(|id| id % 3 != 0).collect::<Vec<i64>>());
    assert_eq!(ids(&db).await, kept);
}

#[db::test]
async fn a_writer_dropped_in_the_middle_is_undone_and_the_next_goes_on(db: Db) {
    with_table(&db).await;
    let stuck = timeout(
        Duration::from_millis(50),
        db.write(async |tx| {
            tx.run(sql!("insert into entry (id) values (1)")).await?;
            std::future::pending::<()>().await;
            Ok::<_, Error>(())
        }),
    )
    .await;
    assert!(stuck.is_err(), "it was dropped");
    timeout(Duration::from_secs(10), add(&db, 2)).await.expect("the line moves on").unwrap();
    assert_eq!(ids(&db).await, vec![2]);
}

#[db::test]
async fn a_writer_who_gives_up_its_place_in_the_line_leaves_no_batch_open(db: Db) {
    with_table(&db).await;
    for round in 0..20_i64 {
        let first = {
            let db = db.clone();
            tokio::spawn(async move {
                db.write(async |tx| {
                    tx.run(sql!("insert into entry (id) values ($1)", round)).await?;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok::<_, Error>(())
                })
                .await
            })
        };
        tokio::time::sleep(Duration::from_millis(1)).await;
        // Waits behind the first, so that the first leaves the commit to it; then goes away.
        let second = {
            let db = db.clone();
            tokio::spawn(async move { add(&db, 1000 + round).await })
        };
        tokio::time::sleep(Duration::from_millis(u64::try_from(round % 5).unwrap())).await;
        second.abort();
        timeout(Duration::from_secs(10), first).await.expect("somebody commits the batch").unwrap().unwrap();
    }
    assert_eq!(ids(&db).await.into_iter().filter(|id| *id < 1000).count(), 20);
}

#[db::test]
async fn a_panic_in_a_writer_is_undone(db: Db) {
    with_table(&db).await;
    let panicking = {
        let db = db.clone();
        tokio::spawn(async move {
            db.write(async |tx| {
                tx.run(sql!("insert into entry (id) values (1)")).await?;
                if tx.now().as_second() > 0 {
                    panic!("on purpose");
                }
                Ok::<_, Error>(())
            })
            .await
        })
    };
    assert!(panicking.await.unwrap_err().is_panic());
    timeout(Duration::from_secs(10), add(&db, 2)).await.expect("the line moves on").unwrap();
    assert_eq!(ids(&db).await, vec![2]);
}

#[db::test]
async fn what_was_acknowledged_is_there_after_the_handle_is_gone(db: Db) {
    with_table(&db).await;
    let fresh = testing::fresh(db.engine()).await;
    with_table(&fresh.db).await;
    for id in 0..50 {
        add(&fresh.db, id).await.unwrap();
    }
    let again = Db::open(&Settings { ..fresh.settings.clone() }).await.unwrap();
    assert_eq!(ids(&again).await.len(), 50);
    again.close().await;
    fresh.remove().await;
    assert_eq!(ids(&db).await, Vec::<i64>::new(), "another test's database is another database");
}

/// SQLite undoes a whole transaction when the disk is full: those who shared it must not believe themselves safe.
#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_the_batch_and_keeps_what_was_acknowledged() {
    let fresh = testing::fresh(Engine::Sqlite).await;
    let db = fresh.db.clone();
    db.write(async |tx| {
        tx.run(sql!("create table blobs (id bigint primary key not null, body text not null)")).await
    })
    .await
    .unwrap();
    // A page limit stands in for the disk: SQLite answers SQLITE_FULL for both.
    db.write(async |tx| {
        tx.all::<(i64,)>(sql!("pragma max_page_count = 200")).await.map(|_| ()).or(Ok::<_, Error>(()))
    })
    .await
    .unwrap();
    let body = "x".repeat(20_000);
    let tasks: Vec<_> = (0..100_i64)
        .map(|id| {
            let (db, body) = (db.clone(), body.clone());
            tokio::spawn(async move {
                db.write(async |tx| {
                    tx.run(sql!("insert into blobs (id, body) values ($1, $2)", id, &body)).await
                })
                .await
            })
        })
        .collect();
    let (mut kept, mut refused) = (Vec::new(), 0);
    for (id, task) in (0_i64..).zip(tasks) {
        match task.await.unwrap() {
            Ok(_) => kept.push(id),
            Err(Error::Full(_)) => refused += 1,
            Err(other) => panic!("neither kept nor refused as full: {other:?}"),
        }
    }
    assert!(kept.len() > 5 && refused > 5, "kept {}, refused {refused}", kept.len());
    let there: Vec<(i64,)> = db
        .read(async |read| read.all(sql!("select id as value from blobs order by id")).await)
        .await
        .unwrap();
    assert_eq!(there.into_iter().map(|(id,)| id).collect::<Vec<_>>(), kept);
    // Room again, without a restart.
    db.write(async |tx| {
        tx.all::<(i64,)>(sql!("pragma max_page_count = 100000")).await.map(|_| ()).or(Ok::<_, Error>(()))
    })
    .await
    .unwrap();
    db.write(async |tx| tx.run(sql!("insert into blobs (id, body) values (1000, $1)", &body)).await)
        .await
        .unwrap();
    fresh.remove().await;
}

/// A client may go away at any moment: between any two steps of a write. Whatever step it was, the next writer goes on,
/// and what was dropped is either kept whole or undone whole.
#[db::test]
async fn a_writer_may_be_dropped_after_any_number_of_steps(db: Db) {
    use std::task::{Context, Poll, Waker};

    with_table(&db).await;
    for polls in 0..40_i64 {
        let mut write = Box::pin(async {
            db.write(async |tx| {
                tx.run(sql!("insert into entry (id) values ($1)", polls)).await?;
                tx.run(sql!("insert into entry (id) values ($1)", 10_000 + polls)).await
            })
            .await
        });
        for _ in 0..polls {
            if let Poll::Ready(outcome) = write.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                outcome.unwrap();
                break;
            }
            tokio::time::sleep(Duration::from_micros(300)).await;
        }
        drop(write);
        let next = timeout(Duration::from_secs(10), add(&db, 1000 + polls)).await;
        next.unwrap_or_else(|_| panic!("stuck after {polls} steps"))
            .unwrap_or_else(|e| panic!("{polls}: {e:?}"));
    }
    let ids = ids(&db).await;
    assert_eq!(ids.iter().filter(|id| (1000..2000).contains(*id)).count(), 40);
    for half in ids.iter().filter(|id| **id < 1000) {
        assert!(ids.contains(&(10_000 + half)), "half of {half}");
    }
}

/// The step that begins the transaction is under way when its writer goes away: nobody after him may believe that there is none.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_dropped_while_the_transaction_begins_leaves_none_behind() {
    use std::task::{Context, Waker};

    let fresh = testing::fresh(Engine::Sqlite).await;
    let db = fresh.db.clone();
    with_table(&db).await;
    for round in 0..20_i64 {
        for polls in 1..=6 {
            let mut write = Box::pin(add(&db, 10_000 + 100 * round + polls));
            for _ in 0..polls {
                // Ready or not: what was sent to the connection runs to its end.
                if write.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready() {
                    break;
                }
                std::thread::sleep(Duration::from_micros(200));
            }
            drop(write);
            let id = 100 * round + polls;
            let next = timeout(Duration::from_secs(10), add(&db, id)).await;
            next.unwrap_or_else(|_| panic!("stuck after {polls} steps"))
                .unwrap_or_else(|error| panic!("after {polls} steps: {error:?}"));
        }
    }
    assert_eq!(ids(&db).await.iter().filter(|id| **id < 10_000).count(), 120);
    fresh.remove().await;
}

/// A commit that fails for its own reason is not mistaken for a full disk.
#[db::test]
async fn a_commit_refused_for_a_dangling_reference_says_so(db: Db) {
    let outcome = db
        .write(async |tx| {
            tx.put_off_reference_checks().await?;
            tx.run(sql!(
                "insert into account_token (id, account, label, digest, made_at) values ($1, $2, 'x', 'dangling', $3)",
                tx.new_id(),
                tx.new_id(),
                tx.now()
            ))
            .await
        })
        .await;
    assert!(matches!(outcome, Err(Error::Reference | Error::Refused(_))), "{outcome:?}");
}
