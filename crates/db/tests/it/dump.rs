//! Tables out of one engine and into the other.

use db::{Db, Engine, Error, TableWriter, sql, testing};
use serde_json::{Value as Json, json};

async fn rows(db: &Db, name: &str) -> Vec<Json> {
    db.read(async |read| {
        let tables = read.tables().await?;
        let table = tables.iter().find(|table| table.name == name).unwrap();
        let mut rows = Vec::new();
        read.dump(table, |row| {
            rows.push(row);
            Ok::<_, Error>(())
        })
        .await?;
        Ok::<_, Error>(rows)
    })
    .await
    .unwrap()
}

#[db::test]
async fn rows_move_from_one_engine_to_the_other_unchanged(db: Db) {
    db.write(async |tx| {
        let id = tx.new_id();
        tx.run(sql!(
            "insert into account (id, name, made_at, version) values ($1, $2, $3, 1)",
            id,
            "ສົມຊາຍ “x”",
            tx.now()
        ))
        .await
    })
    .await
    .unwrap();
    let other =
        testing::fresh(if db.engine() == Engine::Sqlite { Engine::Postgres } else { Engine::Sqlite }).await;
    let dumped = rows(&db, "account").await;
    assert_eq!(dumped[0][1], json!("ສົມຊາຍ “x”"));
    other
        .db
        .write(async |tx| {
            let tables = tx.tables().await?;
            let table = tables.iter().find(|table| table.name == "account").unwrap();
            let writer = TableWriter::new(table, &table.columns)?;
            for row in &dumped {
                writer.write(&tx, row).await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
    assert_eq!(rows(&other.db, "account").await, dumped);
    other.remove().await;
}

#[db::test]
async fn rows_of_another_shape_are_refused(db: Db) {
    let outcome = db
        .write(async |tx| {
            let tables = tx.tables().await?;
            let table = tables.iter().find(|table| table.name == "account").unwrap();
            TableWriter::new(table, &table.columns)?.write(&tx, &json!(["x"])).await
        })
        .await;
    assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
    let outcome = db
        .write(async |tx| {
            let tables = tx.tables().await?;
            let table = tables.iter().find(|table| table.name == "account").unwrap();
            TableWriter::new(table, &table.columns)?.write(&tx, &json!([1, 2, 3, 4, 5, 6])).await
        })
        .await;
    assert!(matches!(outcome, Err(Error::Refused(_))), "{outcome:?}");
}

#[db::test]
async fn references_are_checked_at_the_end_when_put_off(db: Db) {
    let orphan = db
        .write(async |tx| {
            tx.put_off_reference_checks().await?;
            let (account, token) = (tx.new_id(), tx.new_id());
            tx.run(sql!("insert into account_token (id, account, label, digest, made_at) values ($1, $2, 'x', 'x', $3)", token, account, tx.now()))
                .await?;
            tx.run(sql!("insert into account (id, name, made_at, version) values ($1, 'x', $2, 1)", account, tx.now())).await
        })
        .await;
    assert!(orphan.is_ok(), "{orphan:?}");
    let orphan = db
        .write(async |tx| {
            let (account, token) = (tx.new_id(), tx.new_id());
            tx.run(sql!("insert into account_token (id, account, label, digest, made_at) values ($1, $2, 'x', 'y', $3)", token, account, tx.now()))
                .await
        })
        .await;
    assert!(matches!(orphan, Err(Error::Reference)), "{orphan:?}");
}
