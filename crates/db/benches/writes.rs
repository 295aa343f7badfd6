//! `cargo xtask bench writes`: acknowledged small writes a second on SQLite that waits for the disk at each commit, for
//! several numbers of clients, beside a baseline that commits each write by itself. Both run in turn, in the same process
//! and on the same disk, so that the ratio means something on a noisy machine.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use db::{Db, Error, Settings, Target, sql};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::Mutex;

const ROUND: Duration = Duration::from_secs(2);
const ROUNDS: usize = 5;
const CLIENTS: [usize; 4] = [1, 8, 32, 128];
const INSERT: &str = "insert into entry (id, body) values ($1, $2)";
const BODY: &str =
    "a small row, about as large as a line of the change log: who did what to what, and when it was";

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    runtime.block_on(run());
}

async fn run() {
    // On the disk that the sources lie on: a temporary folder may be in memory.
    let folder = tempfile::tempdir_in(env!("CARGO_MANIFEST_DIR")).expect("the source folder can be written");
    println!(
        "acknowledged writes a second, SQLite, WAL, synchronous=FULL; median of {ROUNDS} rounds of {ROUND:?}"
    );
    println!("{:>8} {:>14} {:>22} {:>8}", "clients", "shared commit", "one commit per write", "ratio");
    for clients in CLIENTS {
        let (mut ours, mut baseline) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let place = folder.path().join(format!("{clients}-{round}"));
            std::fs::create_dir(&place).expect("a folder for the round");
            ours.push(shared(&place.join("shared.db"), clients).await);
            baseline.push(single(&place.join("single.db"), clients).await);
        }
        let (ours, baseline) = (median(ours), median(baseline));
        println!("{clients:>8} {ours:>14.0} {baseline:>22.0} {:>7.1}x", ours / baseline);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Writes through [`Db::write`].
async fn shared(file: &Path, clients: usize) -> f64 {
    let db = Db::open(&Settings::new(Target::Sqlite(file.to_owned()))).await.expect("a fresh database");
    let create = async |tx: db::Tx| {
        tx.run(sql!("create table entry (id uuid primary key not null, body text not null)")).await
    };
    db.write(create).await.expect("a table");
    let rate = rate(clients, async || {
        db.write(async |tx| {
            tx.run(sql!("insert into entry (id, body) values ($1, $2)", tx.new_id(), BODY)).await?;
            Ok::<_, Error>(())
        })
        .await
        .expect("a write");
    })
    .await;
    db.close().await;
    rate
}

/// Writes one after the other on one connection, each with a commit of its own.
async fn single(file: &Path, clients: usize) -> f64 {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging();
    let mut connection: SqliteConnection = options.connect().await.expect("a fresh database");
    sqlx::query("create table entry (id blob primary key not null, body text not null)")
        .execute(&mut connection)
        .await
        .expect("a table");
    let connection = Arc::new(Mutex::new(connection));
    let mut next = 0_u128;
    let next = std::sync::Mutex::new(&mut next);
    rate(clients, async || {
        let id = {
            let mut next = next.lock().expect("no client panics");
            **next += 1;
            next.to_be_bytes().to_vec()
        };
        let mut connection = connection.lock().await;
        let mut tx = connection.begin().await.expect("a transaction");
        sqlx::query(INSERT).bind(id).bind(BODY).execute(&mut *tx).await.expect("a write");
        tx.commit().await.expect("a commit");
    })
    .await
}

/// How often `write` is acknowledged in a second when `clients` call it without a pause.
async fn rate(clients: usize, write: impl AsyncFn()) -> f64 {
    let started = Instant::now();
    let client = async || {
        let mut done = 0_u64;
        while started.elapsed() < ROUND {
            write().await;
            done += 1;
        }
        done
    };
    let counts = futures_util::future::join_all((0..clients).map(|_| client())).await;
    counts.into_iter().sum::<u64>() as f64 / started.elapsed().as_secs_f64()
}
