//! Whoever gets at the tables themselves: every alteration is found, and the first bad row is named.

use db::{Db, Engine, Error, Statement, Tx, sql};
use domain::actor::Actor;
use domain::change::{self, Fault, Head, Trust};
use domain::publication;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::world;

const ROWS: i64 = 240;
const EDITS: usize = 1000;

/// Switches the guards off, as somebody who owns the database can.
async fn unguard(tx: &Tx) -> Result<(), Error> {
    match tx.engine() {
        Engine::Sqlite => {
            for statement in [
                sql!("drop trigger change_sealed_no_update"),
                sql!("drop trigger change_sealed_no_delete"),
                sql!("drop trigger change_seal_no_update"),
                sql!("drop trigger change_seal_no_delete"),
            ] {
                tx.run(statement).await?;
            }
        }
        Engine::Postgres => {
            tx.run(sql!("alter table change_sealed disable trigger user")).await?;
            tx.run(sql!("alter table change_seal disable trigger user")).await?;
        }
    }
    Ok(())
}

/// One way to alter the log, and the row that must be named where a single row tells.
struct Edit {
    statements: Vec<Statement>,
    first_bad: Option<i64>,
}

fn pick(rng: &mut TestRng, among: i64) -> i64 {
    1 + i64::from(rng.next_u32()) % among
}

fn random_edit(rng: &mut TestRng) -> Edit {
    let at = pick(rng, ROWS);
    let other = 1 + (at + pick(rng, ROWS - 1) - 1) % ROWS;
    let alone = |statement| Edit { statements: vec![statement], first_bad: Some(at) };
    match rng.next_u32() % 18 {
        0 => alone(sql!("update change_sealed set verb = 'publication.withdraw' where position = $1", at)),
        1 => alone(sql!("update change_sealed set actor_kind = 'system' where position = $1", at)),
        2 => alone(sql!("update change_sealed set at = '2020-01-01T00:00:00.000000Z' where position = $1", at)),
        3 => alone(sql!("update change_sealed set after = null where position = $1", at)),
        4 => alone(sql!("update change_sealed set before = '' where position = $1", at)),
        5 => alone(sql!("update change_sealed set request = 'x' where position = $1", at)),
        6 => alone(sql!("update change_sealed set behalf = subject where position = $1", at)),
        7 => alone(sql!("update change_sealed set after = after || ' ' where position = $1", at)),
        8 => alone(sql!("delete from change_sealed where position = $1", at)),
        9 => Edit {
            // Two rows change places.
            statements: vec![
                sql!("update change_sealed set position = -1 where position = $1", at),
                sql!("update change_sealed set position = $1 where position = $2", at, other),
                sql!("update change_sealed set position = $1 where position = -1", other),
            ],
            first_bad: Some(at.min(other)),
        },
        10 => Edit { statements: vec![insert_copy(at, ROWS + 1)], first_bad: Some(ROWS + 1) },
        11 => Edit { statements: vec![insert_copy(at, 0)], first_bad: Some(0) },
        12 => Edit {
            // The tail is cut off, rows and seals.
            statements: vec![
                sql!("delete from change_sealed where position > (select max(first) - 1 from change_seal where first <= $1)", at),
                sql!("delete from change_seal where last >= $1", at),
            ],
            first_bad: None,
        },
        13 => Edit { statements: vec![sql!("delete from change_seal where first <= $1 and last >= $1", at)], first_bad: None },
        14 => Edit {
            statements: vec![sql!("update change_seal set made_at = '2020-01-01T00:00:00.000000Z' where first <= $1 and last >= $1", at)],
            first_bad: None,
        },
        15 => alone(sql!("update change_sealed set verb = verb || '!' where position = $1", at)),
        16 => {
            // One row is made to say what two said; the text of the batch stays the same.
            let merge = sql!(
                "update change_sealed set request = request || $3 || (select text from change_text t where t.position = $2)
                where position = $1 and exists (select 1 from change_seal s where s.first <= $1 and s.last >= $2)",
                at.min(ROWS - 1),
                at.min(ROWS - 1) + 1,
                "\u{1e}"
            );
            let gone = sql!("delete from change_sealed where position = $1", at.min(ROWS - 1) + 1);
            Edit { statements: vec![merge, gone], first_bad: None }
        }
        _ => Edit {
            statements: vec![sql!(
                "update change_seal set signature = (select s.signature from change_seal s where s.last <> change_seal.last order by s.last limit 1)
                where first <= $1 and last >= $1",
                at
            )],
            first_bad: None,
        },
    }
}

fn insert_copy(of: i64, at: i64) -> Statement {
    sql!(
        "insert into change_sealed (position, id, at, actor_kind, verb, subject_kind, subject)
        select $1, subject, at, actor_kind, verb, subject_kind, subject from change_sealed where position = $2",
        at,
        of
    )
}

async fn log_of(db: &Db) -> Trust {
    let signer = world::signer();
    for n in 0..ROWS {
        let actor = Actor::operator().in_request(format!("request-{n}"));
        publication::publish(db, &actor, world::draft(&format!("news {n}"))).await.unwrap();
        if n % 17 == 0 {
            world::seal_all(db, &signer).await;
        }
    }
    world::seal_all(db, &signer).await;
    let heads: Vec<Head> = db.read(async |read| change::heads_after(&read, 0, 1000).await).await.unwrap();
    assert!(heads.len() >= 10);
    Trust { keys: vec![signer.public_key()], heads }
}

/// T19: a thousand random edits, deletions, reorderings, insertions and truncations.
#[db::test]
async fn a_thousand_alterations_are_all_found(db: Db) {
    let trust = log_of(&db).await;
    assert_eq!(world::verify(&db, &trust).await.fault, None);
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut kinds = std::collections::BTreeSet::new();
    for round in 0..EDITS {
        let edit = random_edit(&mut rng);
        kinds.insert(edit.statements[0].clone().text().to_owned());
        let found = std::sync::Mutex::new(None);
        let undone: Result<(), Error> = db
            .write(async |tx| {
                unguard(&tx).await?;
                let mut touched = 0;
                for statement in &edit.statements {
                    touched += tx.run(statement.clone()).await?;
                }
                assert!(touched > 0, "round {round} altered nothing: {:?}", edit.statements);
                let fault = change::verify_view(&tx, &trust, |_| ()).await.unwrap().fault;
                *found.lock().unwrap() = fault;
                Err(Error::Missing)
            })
            .await;
        assert!(matches!(undone, Err(Error::Missing)), "{undone:?}");
        let fault = found
            .into_inner()
            .unwrap()
            .unwrap_or_else(|| panic!("round {round} was not found: {:?}", edit.statements));
        if let Some(position) = edit.first_bad {
            assert_eq!(fault.position(), position, "round {round}: {fault} for {:?}", edit.statements);
        }
    }
    assert_eq!(kinds.len(), 17, "every kind of alteration came up (two insert)");
    assert_eq!(world::verify(&db, &trust).await.fault, None, "and all of them were undone");
}

#[db::test]
async fn a_log_rewritten_whole_with_another_key_is_found(db: Db) {
    let trust = log_of(&db).await;
    let rewritten: Result<Option<Fault>, Error> = db
        .write(async |tx| {
            unguard(&tx).await?;
            tx.run(sql!("insert into change_fresh (id, at, actor_kind, verb, subject_kind, subject) select id, at, actor_kind, 'x', subject_kind, subject from change_sealed")).await?;
            tx.run(sql!("delete from change_seal")).await?;
            tx.run(sql!("delete from change_sealed")).await?;
            Ok(None)
        })
        .await;
    assert_eq!(rewritten.unwrap(), None);
    let forger = world::signer();
    world::seal_all(&db, &forger).await;
    let by_itself = world::verify(&db, &Trust::default()).await.fault;
    assert_eq!(by_itself, None, "a forger's own log is consistent in itself");
    let keyed = world::verify(&db, &Trust { heads: vec![], ..trust.clone() }).await.fault;
    assert!(matches!(keyed, Some(Fault::Signature(_))), "{keyed:?}");
    let headed = world::verify(&db, &Trust { keys: vec![], ..trust }).await.fault;
    assert!(matches!(headed, Some(Fault::Cut(_))), "{headed:?}");
}

/// The shares that are checked side by side are other views than the one on which everything is checked in turn.
#[db::test]
async fn an_alteration_is_found_side_by_side_wherever_it_is(db: Db) {
    let trust = log_of(&db).await;
    for position in [1, ROWS / 2 - 1, ROWS / 2, ROWS / 2 + 1, ROWS] {
        for (there, back) in [("!", ""), ("", "!")] {
            db.write(async |tx| {
                unguard_again(&tx).await?;
                tx.run(sql!(
                    "update change_sealed set verb = replace(verb, $1, '') || $2 where position = $3",
                    "!",
                    there,
                    position
                ))
                .await
            })
            .await
            .unwrap();
            let fault = world::verify(&db, &trust).await.fault;
            let expected = back.is_empty().then_some(Fault::Altered(position));
            assert_eq!(fault, expected, "{position}");
        }
    }
}

/// PostgreSQL: a row that says nothing stands in for one that was merged into the row before. Its text is null, which an
/// aggregate would pass over.
#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_says_nothing_is_found() {
    if db::testing::left_out(Engine::Postgres) {
        return;
    }
    let fresh = db::testing::fresh(Engine::Postgres).await;
    let db = fresh.db.clone();
    let trust = log_of(&db).await;
    db.write(async |tx| {
        unguard(&tx).await?;
        tx.run(sql!("alter table change_sealed alter column verb drop not null")).await?;
        let merge = sql!(
            "update change_sealed set request = request || $1 || (select text from change_text t where t.position = 3)
            where position = 2",
            "\u{1e}"
        );
        tx.run(merge).await?;
        tx.run(sql!("update change_sealed set verb = null where position = 3")).await
    })
    .await
    .unwrap();
    let fault = world::verify(&db, &trust).await.fault;
    // The merged text still fits the first two rows: the third is where it no longer does.
    assert!(fault.as_ref().is_some_and(|fault| (2..=4).contains(&fault.position())), "{fault:?}");
    fresh.remove().await;
}

/// [`unguard`], also where that was done.
async fn unguard_again(tx: &Tx) -> Result<(), Error> {
    match tx.engine() {
        Engine::Sqlite => tx.run(sql!("drop trigger if exists change_sealed_no_update")).await?,
        Engine::Postgres => tx.run(sql!("alter table change_sealed disable trigger user")).await?,
    };
    Ok(())
}

#[db::test]
async fn a_head_that_was_forged_is_named(db: Db) {
    let mut trust = log_of(&db).await;
    trust.heads[3].last += 1;
    let fault = world::verify(&db, &trust).await.fault;
    assert!(matches!(fault, Some(Fault::ForeignHead(_))), "{fault:?}");
}

/// SQLite keeps values of any kind, and forgets a row that is replaced without a trigger for deletions.
#[tokio::test(flavor = "multi_thread")]
async fn sqlites_own_ways_around_are_closed() {
    let fresh = db::testing::fresh(Engine::Sqlite).await;
    let db = fresh.db.clone();
    let trust = log_of(&db).await;
    world::news(&db, "not yet sealed").await;
    for replace in [
        sql!("insert or replace into change_fresh select * from change_fresh"),
        sql!("insert or replace into change_sealed select * from change_sealed"),
        sql!("insert or replace into change_seal select * from change_seal"),
        sql!("insert or replace into change_sealed (position, id, at, actor_kind, verb, subject_kind, subject)
            select 100000, id, at, actor_kind, 'x', subject_kind, subject from change_sealed where position = 7"),
    ] {
        let outcome = db.write(async |tx| tx.run(replace.clone()).await).await;
        assert!(matches!(&outcome, Err(Error::Refused(why)) if why.contains("append-only")), "{outcome:?}");
    }
    for edit in [
        sql!("update change_sealed set subject = cast(subject as text) where position = 7"),
        sql!("update change_sealed set verb = cast(verb as blob) where position = 7"),
    ] {
        let undone: Result<(), Error> = db
            .write(async |tx| {
                unguard(&tx).await?;
                assert_eq!(tx.run(edit.clone()).await?, 1);
                let fault = change::verify_view(&tx, &trust, |_| ()).await.unwrap().fault;
                assert_eq!(fault.map(|fault| fault.position()), Some(7), "{edit:?}");
                Err(Error::Missing)
            })
            .await;
        assert!(matches!(undone, Err(Error::Missing)), "{undone:?}");
    }
    let between: Result<u64, Error> = db
        .write(async |tx| {
            unguard(&tx).await?;
            tx.run(sql!("update change_sealed set position = 7.5 where position = 7")).await
        })
        .await;
    assert!(between.is_err(), "a position is a whole number");
    fresh.remove().await;
}
