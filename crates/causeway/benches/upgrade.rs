//! `cargo xtask bench upgrade`: kill -9 again and again while the schema before the newest, with ten thousand publications and
//! their log, is brought up to date; and how long that takes when it is left alone, from start to ready. SQLite always;
//! PostgreSQL where `CAUSEWAY_TEST_POSTGRES` names a server.

#![expect(dead_code, clippy::unwrap_used, reason = "the process of the tests, of which this needs a part")]

#[path = "../tests/it/running/site.rs"]
mod site;
#[path = "../tests/it/running/upgrade.rs"]
mod upgrade;

use std::time::Instant;

const ROUNDS: u32 = 20;
const PUBLICATIONS: usize = 10_000;

fn main() {
    println!("{PUBLICATIONS} publications");
    site::each_engine(async |mut site: site::Running| {
        upgrade::make_old(&mut site, PUBLICATIONS).await;
        let begun = Instant::now();
        site.start();
        let whole = begun.elapsed();
        let counts = upgrade::killed_again_and_again(site, ROUNDS, PUBLICATIONS, whole).await;
        println!("left alone: ready after {} ms; {ROUNDS} kills: {counts}", whole.as_millis());
    });
}
