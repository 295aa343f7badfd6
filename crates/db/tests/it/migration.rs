//! Migrations and what refuses them.

use db::{Db, Engine, OpenError, Settings, sql, testing};

#[test]
fn both_engines_end_with_the_same_schema() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let [sqlite, postgres] = [Engine::Sqlite, Engine::Postgres].map(|engine| {
        runtime.block_on(async {
            let fresh = testing::fresh(engine).await;
            let tables = fresh.db.read(async |read| read.tables().await).await.unwrap();
            fresh.remove().await;
            tables
        })
    });
    assert!(sqlite.iter().any(|table| table.name == "change_sealed" && table.key == ["position"]));
    assert_eq!(sqlite, postgres);
}

#[db::test]
async fn tables_come_after_those_they_refer_to(db: Db) {
    let tables = db.read(async |read| read.tables().await).await.unwrap();
    let place = |name: &str| tables.iter().position(|table| table.name == name).unwrap();
    assert!(place("account") < place("account_token"));
    assert!(place("account") < place("publication"));
}

#[db::test]
async fn migrating_twice_changes_nothing(db: Db) {
    assert_eq!(db.migrate().await.unwrap(), vec![]);
    let plan = db.migration_plan().await.unwrap();
    assert_eq!((plan.found, plan.pending), (plan.newest, vec![]));
}

async fn each_empty(test: impl AsyncFn(&testing::Fresh)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if testing::left_out(engine) {
            continue;
        }
        let fresh = testing::empty(engine).await;
        test(&fresh).await;
        fresh.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_may_migrate_at_once() {
    each_empty(async |fresh| {
        let second = Db::open(&fresh.settings).await.unwrap();
        let (one, two) = tokio::join!(fresh.db.migrate(), second.migrate());
        let total = one.unwrap().len() + two.unwrap().len();
        assert_eq!(i64::try_from(total).unwrap(), Db::newest_schema());
        second.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_is_older_and_says_how_to_migrate() {
    each_empty(async |fresh| {
        let error = fresh.db.demand_current().await.unwrap_err();
        assert!(matches!(error, OpenError::Older { found: 0, .. }));
        assert!(error.to_string().contains("causeway migrate"), "{error}");
    })
    .await;
}

#[db::test]
async fn a_newer_schema_is_refused_with_a_sentence(db: Db) {
    db.write(async |tx| {
        tx.run(sql!(
            "insert into schema_migration (version, name, checksum, applied_at) values (9999, 'x', 'x', 'x')"
        ))
        .await
    })
    .await
    .unwrap();
    let error = db.migrate().await.unwrap_err();
    assert!(matches!(error, OpenError::Newer { found: 9999, .. }), "{error}");
    assert!(error.to_string().contains("newer release"), "{error}");
}

#[db::test]
async fn an_altered_migration_is_refused(db: Db) {
    db.write(async |tx| tx.run(sql!("update schema_migration set checksum = 'x' where version = 2")).await)
        .await
        .unwrap();
    assert!(matches!(db.migrate().await.unwrap_err(), OpenError::Altered { version: 2, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_of_another_program_are_left_alone() {
    each_empty(async |fresh| {
        fresh.db.write(async |tx| tx.run(sql!("create table wordpress (id bigint)")).await).await.unwrap();
        let error = Db::open(&fresh.settings).await.unwrap_err();
        assert!(matches!(&error, OpenError::Foreign { sign, .. } if sign.contains("wordpress")), "{error}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_runs_on_a_database_that_holds_rows() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if !testing::left_out(engine) {
            testing::migrate_with_rows(engine).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_does_not_answer_is_named() {
    let settings = Settings::new(db::Target::Postgres("postgres://me:secret@127.0.0.1:1/none".to_owned()));
    let error = Db::open(&settings).await.unwrap_err().to_string();
    assert!(error.contains("127.0.0.1:1/none") && !error.contains("secret"), "{error}");
}
