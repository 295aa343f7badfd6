//! `cargo xtask bench verify`: how long it takes to verify a change log of a million rows, beside what it takes the same
//! database to hand out the same rows one by one. SQLite always; PostgreSQL where `CAUSEWAY_TEST_POSTGRES` names a server.

use std::time::Instant;

use db::testing::{self, Fresh};
use db::{Db, Engine, Error, sql};
use domain::actor::Actor;
use domain::change::{self, Entry, Signer, Trust};
use serde_json::json;

/// Rows, where the arguments name no other number.
const ROWS: usize = 1_000_000;
const AT_ONCE: usize = 20_000;
const ROUNDS: usize = 3;

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    let rows = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(ROWS);
    println!("{rows} rows; median of {ROUNDS} rounds");
    println!("{:>10} {:>12} {:>18} {:>8}", "engine", "verify", "read one by one", "ratio");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if !testing::left_out(engine) {
            runtime.block_on(measure(engine, rows));
        }
    }
}

async fn measure(engine: Engine, rows: usize) {
    let fresh: Fresh = testing::fresh(engine).await;
    let signer = Signer::from_document(&Signer::generate().expect("randomness")).expect("a key");
    fill(&fresh.db, &signer, rows).await;
    let trust = Trust { keys: vec![signer.public_key()], heads: Vec::new() };
    let (mut verifying, mut reading) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        let verdict = change::verify(&fresh.db, &trust, |_| ()).await.expect("a verdict");
        verifying.push(started.elapsed().as_secs_f64());
        assert!(verdict.fault.is_none() && verdict.rows == rows as i64, "{verdict:?}");
        let started = Instant::now();
        reading.push(
            read_one_by_one(&fresh.db, rows)
                .await
                .map(|()| started.elapsed().as_secs_f64())
                .expect("the rows"),
        );
    }
    let (verifying, reading) = (median(verifying), median(reading));
    println!("{:>10} {verifying:>10.2} s {reading:>16.2} s {:>7.2}x", engine.name(), verifying / reading);
    fresh.remove().await;
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// A log as the program would have written it, in large transactions to save time.
async fn fill(db: &Db, signer: &Signer, rows: usize) {
    for _ in 0..rows / AT_ONCE {
        db.write(async |tx| {
            for _ in 0..AT_ONCE {
                let subject = tx.new_id();
                let after = Some(json!({ "reference": "N20261123-4KX9QD", "language": "en" }));
                let entry =
                    Entry { verb: "publication.publish", kind: "publication", subject, before: None, after };
                change::record(&tx, &Actor::operator(), entry).await?;
            }
            Ok::<_, domain::Error>(())
        })
        .await
        .expect("the rows are written");
        while change::seal(db, signer, 1000).await.expect("they are sealed").is_some() {}
    }
}

async fn read_one_by_one(db: &Db, rows: usize) -> Result<(), Error> {
    let mut bytes = 0;
    db.read(async |read| {
        let all = sql!("select id, at, actor_kind, verb, subject_kind, subject, after from change_sealed order by position");
        read.each(all, |row| {
            bytes += row.get::<String>("verb")?.len() + row.get::<String>("after")?.len();
            Ok::<_, Error>(())
        })
        .await
    })
    .await?;
    assert!(bytes > rows);
    Ok(())
}
