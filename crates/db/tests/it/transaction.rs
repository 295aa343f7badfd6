//! What a transaction promises.

use db::{Db, Error, Timestamp, Uuid, Value, row, sql};

row!(
    #[derive(Debug, PartialEq)]
    struct Note {
        id: Uuid,
        body: Option<String>,
        at: Timestamp,
        size: i64,
        ratio: f64,
        open: bool,
        raw: Vec<u8>,
    }
);

async fn with_notes(db: &Db) {
    db.write(async |tx| {
        tx.run(sql!(
            "create table note (id uuid primary key not null, body text unique, at instant not null, size bigint not null,
             ratio double precision not null, open boolean not null, raw bytea not null)"
        ))
        .await
    })
    .await
    .unwrap();
}

async fn insert(tx: &db::Tx, body: Option<&str>) -> Result<Note, Error> {
    let note = Note {
        id: tx.new_id(),
        body: body.map(str::to_owned),
        at: tx.now(),
        size: i64::MAX,
        ratio: 0.1,
        open: true,
        raw: vec![0, 255, 7],
    };
    tx.run(sql!(
        "insert into note (id, body, at, size, ratio, open, raw) values ($1, $2, $3, $4, $5, $6, $7)",
        note.id,
        note.body.clone(),
        note.at,
        note.size,
        note.ratio,
        note.open,
        note.raw.clone()
    ))
    .await?;
    Ok(note)
}

const ALL: &str = "select id, body, at, size, ratio, open, raw from note order by id";

async fn all(db: &Db) -> Vec<Note> {
    db.read(async |read| read.all(db::Statement::literal(ALL, vec![])).await).await.unwrap()
}

#[db::test]
async fn every_kind_of_value_comes_back_as_it_went(db: Db) {
    with_notes(&db).await;
    let written = db
        .write(async |tx| {
            Ok::<_, Error>(vec![
                insert(&tx, Some("ປ່າໄມ້ 太阳能 \u{0} x".trim_end_matches("\u{0} x"))).await?,
                insert(&tx, None).await?,
            ])
        })
        .await
        .unwrap();
    assert_eq!(all(&db).await, written);
    assert_eq!(written[0].at.to_string(), "2026-11-23T08:00:00Z", "the harness's clock stands");
}

#[db::test]
async fn an_error_undoes_the_whole_transaction(db: Db) {
    with_notes(&db).await;
    let outcome: Result<(), Error> = db
        .write(async |tx| {
            insert(&tx, Some("lost")).await?;
            Err(Error::Missing)
        })
        .await;
    assert!(matches!(outcome, Err(Error::Missing)));
    assert_eq!(all(&db).await, vec![]);
}

#[db::test]
async fn a_second_row_with_the_same_key_names_the_key(db: Db) {
    with_notes(&db).await;
    db.write(async |tx| insert(&tx, Some("same")).await).await.unwrap();
    let outcome = db.write(async |tx| insert(&tx, Some("same")).await).await;
    assert!(matches!(&outcome, Err(Error::Unique(key)) if key == "note_body_key"), "{outcome:?}");
    assert_eq!(all(&db).await.len(), 1);
}

#[db::test]
async fn a_null_where_none_is_expected_names_the_column(db: Db) {
    let outcome: Result<Option<(String,)>, Error> =
        db.read(async |read| read.optional(sql!("select cast(null as text) as value")).await).await;
    assert!(matches!(&outcome, Err(Error::Column { name, .. }) if name == "value"), "{outcome:?}");
    let outcome: Result<(i64,), Error> =
        db.read(async |read| read.one(sql!("select cast(1 as bigint) as value where 1 = 0")).await).await;
    assert!(matches!(outcome, Err(Error::Missing)));
}

#[db::test]
async fn typed_nulls_are_understood(db: Db) {
    with_notes(&db).await;
    let none: Option<Uuid> = None;
    let found: Vec<Note> = db
        .read(async |read| {
            read.all(sql!("select id, body, at, size, ratio, open, raw from note where id = $1", none)).await
        })
        .await
        .unwrap();
    assert_eq!(found, vec![]);
    assert_eq!(Value::from(none), Value::Id(None));
}

#[db::test]
async fn a_reader_cannot_write(db: Db) {
    with_notes(&db).await;
    let outcome: Result<Vec<(Uuid,)>, Error> = db
        .read(async |read| {
            read.all(sql!(
                "insert into note (id, at, size, ratio, open, raw) select id, at, size, ratio, open, raw from note returning id as value"
            ))
            .await
        })
        .await;
    assert!(outcome.is_err());
}

#[db::test]
async fn a_reader_sees_one_moment(db: Db) {
    with_notes(&db).await;
    db.write(async |tx| insert(&tx, None).await).await.unwrap();
    let counts = db
        .read(async |read| {
            let (before,): (i64,) = read.one(sql!("select count(*) as value from note")).await?;
            db.write(async |tx| insert(&tx, None).await).await?;
            let (after,): (i64,) = read.one(sql!("select count(*) as value from note")).await?;
            Ok::<_, Error>((before, after))
        })
        .await
        .unwrap();
    assert_eq!(counts, (1, 1));
    assert_eq!(all(&db).await.len(), 2);
}

/// Both read the sum and then add to it: unless they are serialised, one addition is lost.
#[db::test]
async fn writers_behave_as_if_they_came_one_after_the_other(db: Db) {
    with_notes(&db).await;
    db.write(async |tx| {
        tx.run(sql!("create table tally (id bigint primary key not null, n bigint not null)")).await
    })
    .await
    .unwrap();
    db.write(async |tx| tx.run(sql!("insert into tally (id, n) values (1, 0)")).await).await.unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    db.write(async |tx| {
                        let (n,): (i64,) = tx.one(sql!("select n as value from tally where id = 1")).await?;
                        tokio::task::yield_now().await;
                        tx.run(sql!("update tally set n = $1 where id = 1", n + 1)).await
                    })
                    .await
                    .unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let (n,): (i64,) = db
        .read(async |read| read.one(sql!("select n as value from tally where id = 1")).await)
        .await
        .unwrap();
    assert_eq!(n, 40);
}
