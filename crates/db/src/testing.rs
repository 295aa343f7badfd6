//! The test harness: a fresh, migrated database on either engine for each test.
//!
//! `cargo xtask test` starts a PostgreSQL server and names it in `CAUSEWAY_TEST_POSTGRES`. Without one, a test on
//! PostgreSQL fails and says so; `CAUSEWAY_TEST_ENGINES=sqlite` narrows a run by hand. Statements that ran are recorded in
//! the folder `CAUSEWAY_TEST_SQL_SEEN`, which tidy compares with the statements in the source.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

use crate::conn::Witness;
use crate::{Clock, Db, Engine, Settings, Target, postgres};

/// The moment at which every test's clock stands at first: 08:00 UTC on 23 November 2026.
pub const START: &str = "2026-11-23T08:00:00Z";

#[expect(
    clippy::disallowed_methods,
    reason = "the harness is told by `cargo xtask test` where its servers are"
)]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A database made for one test, removed with [`Fresh::remove`].
#[derive(Debug)]
pub struct Fresh {
    /// The database, migrated to the newest schema unless made by [`empty`].
    pub db: Db,
    /// How it was opened, to open it once more.
    pub settings: Settings,
    folder: Option<tempfile::TempDir>,
    postgres: Option<(String, String)>,
}

impl Fresh {
    /// Closes the database and removes it.
    pub async fn remove(self) {
        self.db.close().await;
        drop(self.folder);
        if let Some((server, name)) = self.postgres {
            let mut conn = connect(&server).await;
            // `force` ends what a test may have left open on it.
            conn.execute(AssertSqlSafe(format!("drop database if exists {name} with (force)"))).await.ok();
        }
    }
}

/// Whether tests on `engine` were left out by hand.
pub fn left_out(engine: Engine) -> bool {
    told("CAUSEWAY_TEST_ENGINES").is_some_and(|engines| !engines.split(',').any(|name| name == engine.name()))
}

/// A fresh, migrated database.
///
/// # Panics
/// Where no PostgreSQL was named, or a database cannot be made.
pub async fn fresh(engine: Engine) -> Fresh {
    let fresh = empty(engine).await;
    fresh.db.migrate().await.expect("a fresh database can be migrated");
    fresh
}

/// A fresh database without any table.
///
/// # Panics
/// As [`fresh`].
pub async fn empty(engine: Engine) -> Fresh {
    let (target, folder, postgres) = match engine {
        Engine::Sqlite => {
            let folder = tempfile::tempdir().expect("a temporary folder");
            (Target::Sqlite(folder.path().join("causeway.db")), Some(folder), None)
        }
        Engine::Postgres => {
            let server = told("CAUSEWAY_TEST_POSTGRES").expect(
                "no PostgreSQL for the tests: run them with `cargo xtask test`, or name a server in CAUSEWAY_TEST_POSTGRES",
            );
            let name = format!("t_{}", crate::clock::new_id(Clock::system().now()).simple());
            let mut conn = connect(&server).await;
            let make = format!(
                "create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"
            );
            conn.execute(AssertSqlSafe(make)).await.expect("the test server lets us make databases");
            let (base, _) = server.rsplit_once('/').expect("an address ends in a database's name");
            (Target::Postgres(format!("{base}/{name}")), None, Some((server, name)))
        }
    };
    let clock = Clock::standing(START.parse::<Timestamp>().expect("a moment"));
    let settings = Settings { target, readers: 4, connections: 12, clock, sync: false, create: true };
    let db = Db::open_witnessed(&settings, witness()).await.expect("a fresh database opens");
    Fresh { db, settings, folder, postgres }
}

/// Runs `test` on a fresh, migrated database of `engine`: what `#[db::test]` expands to.
pub fn run(engine: Engine, test: impl AsyncFnOnce(Db)) {
    if left_out(engine) {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime for the test");
    runtime.block_on(async {
        let fresh = fresh(engine).await;
        test(fresh.db.clone()).await;
        fresh.remove().await;
    });
}

async fn connect(server: &str) -> PgConnection {
    let options = postgres::options(server).expect("CAUSEWAY_TEST_POSTGRES is an address");
    PgConnection::connect_with(&options)
        .await
        .expect("the PostgreSQL named in CAUSEWAY_TEST_POSTGRES answers")
}

/// Writes each statement's text once into the folder of its engine.
fn witness() -> Option<Witness> {
    let folder = PathBuf::from(told("CAUSEWAY_TEST_SQL_SEEN")?);
    let seen: Mutex<HashSet<(Engine, String)>> = Mutex::default();
    Some(Arc::new(move |engine, text| {
        let mut seen = seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !seen.insert((engine, text.to_owned())) {
            return;
        }
        let name = &blake3::hash(text.as_bytes()).to_hex()[..16];
        let folder = folder.join(engine.name());
        std::fs::create_dir_all(&folder).expect("the record of statements can be written");
        std::fs::write(folder.join(format!("{name}.sql")), text)
            .expect("the record of statements can be written");
    }))
}

/// Migrates step by step, putting rows in after each step (`migrations/rows/NNNN_name.sql`), so that every migration is
/// tried on a database that holds something. A line is a statement, in which `{1}` to `{9}` stand for ids.
///
/// # Panics
/// Where a migration fails or lacks its rows.
pub async fn migrate_with_rows(engine: Engine) {
    let fresh = empty(engine).await;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations/rows");
    let names = fresh.db.migration_plan().await.expect("an empty database").pending;
    for (version, name) in (1..).zip(names) {
        fresh.db.migrate_to(version).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let file = folder.join(format!("{name}.sql"));
        let rows = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
        for line in rows.lines().filter(|line| !line.starts_with("--")) {
            let statement = crate::Statement::made(with_ids(line, engine), Vec::new());
            let inserted = fresh.db.write(async |tx| tx.run(statement.clone()).await).await;
            inserted.unwrap_or_else(|error| panic!("rows after {name}: {error}"));
        }
    }
    fresh.remove().await;
}

/// Puts the rows of the migrations (`migrations/rows`) into the tables that are empty so far, so that a world which its
/// verbs have filled in part holds something everywhere. They belong to an account of their own. Rows of a file are left
/// out, since bytes would have to go with it.
///
/// # Panics
/// Where a row cannot be put in.
pub async fn fill_empty_tables(db: &Db) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("migrations/rows");
    let listed = std::fs::read_dir(&folder).expect("the rows are there");
    let mut files: Vec<PathBuf> = listed.map(|entry| entry.expect("a readable folder").path()).collect();
    files.sort();
    let account = "insert into account (id, name, made_at, version) values ({1}, 'Ana', '2026-01-01T00:00:00.000000Z', 1)";
    put(db, account).await;
    for file in files {
        let rows = std::fs::read_to_string(&file).expect("rows are text");
        for line in rows.lines() {
            let Some(table) = line.strip_prefix("insert into ").and_then(|rest| rest.split(' ').next())
            else {
                continue;
            };
            let of_file = matches!(table, "file" | "membership_document");
            if !of_file && is_empty(db, table).await {
                put(db, line).await;
            }
        }
    }
}

async fn put(db: &Db, line: &str) {
    let statement = crate::Statement::made(with_ids(line, db.engine()), Vec::new());
    let inserted = db.write(async |tx| tx.run(statement.clone()).await).await;
    inserted.unwrap_or_else(|error| panic!("{line}: {error}"));
}

async fn is_empty(db: &Db, table: &str) -> bool {
    let statement = crate::Statement::made(format!("select count(*) as value from {table}"), Vec::new());
    let (count,): (i64,) =
        db.read(async |read| read.one(statement.clone()).await).await.expect("a table is counted");
    count == 0
}

fn with_ids(line: &str, engine: Engine) -> String {
    (1..=9).fold(line.to_owned(), |line, n| {
        let id = match engine {
            Engine::Sqlite => format!("x'0000000000007000800000000000000{n}'"),
            Engine::Postgres => format!("'00000000-0000-7000-8000-00000000000{n}'"),
        };
        line.replace(&format!("{{{n}}}"), &id)
    })
}
