//! kill -9 in the middle of work.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value as Json;

use super::{Running, each_engine};

const ROUNDS: u64 = 3;
const WRITERS: usize = 6;

#[test]
fn nothing_that_was_acknowledged_is_lost() {
    each_engine(async |mut site: Running| {
        site.start();
        let token = site.token("editor");
        let acknowledged: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        for round in 0..ROUNDS {
            let over = Arc::new(AtomicBool::new(false));
            let site_now = Arc::new(site);
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (site, over) = (Arc::clone(&site_now), Arc::clone(&over));
                    let (token, acknowledged) = (token.clone(), Arc::clone(&acknowledged));
                    tokio::spawn(async move {
                        let mut n = 0;
                        while !over.load(Ordering::SeqCst) {
                            let title = format!("round {round} writer {writer} entry {n}.");
                            if site.publish(&token, &title).await {
                                acknowledged.lock().unwrap().insert(title);
                            }
                            n += 1;
                        }
                    })
                })
                .collect();
            tokio::time::sleep(Duration::from_millis(300 + 170 * round)).await;
            site_now.kill_now();
            over.store(true, Ordering::SeqCst);
            for writer in writers {
                writer.await.unwrap();
            }
            site = Arc::into_inner(site_now).expect("the writers are gone");
            site.kill();
            site.start();
        }
        let stored: BTreeSet<String> = site
            .get("/api/v1/publications.ndjson")
            .await
            .1
            .lines()
            .map(|line| serde_json::from_str::<Json>(line).unwrap()["title"]["en"].as_str().unwrap().to_owned())
            .collect();
        let acknowledged = acknowledged.lock().unwrap().clone();
        assert!(acknowledged.len() > 30, "only {} were acknowledged", acknowledged.len());
        let lost: Vec<_> = acknowledged.difference(&stored).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        assert!(stored.len() <= acknowledged.len() + WRITERS * usize::try_from(ROUNDS).unwrap());
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(site.stop().success());
        assert!(site.say(&["audit", "verify"]).contains("as it was written"));
        let findings = site.findings();
        // The tests' PostgreSQL runs without fsync, which is what it is told of.
        let wrong = |finding: &&Json| finding["level"] == "wrong" && finding["subject"] != "server";
        assert_eq!(findings.iter().find(wrong), None);
        site.remove().await;
    });
}

/// Each of the two workers may have been at one job when the process was killed; no other job runs twice, none is lost.
#[test]
fn no_job_is_lost_and_at_most_one_a_worker_is_repeated() {
    const JOBS: usize = 30;
    each_engine(async |mut site: Running| {
        site.start();
        for _ in 0..JOBS {
            site.say(&["job", "run", "change.verify"]);
        }
        site.kill();
        site.start();
        let jobs = async || -> Vec<Json> {
            let listed: Vec<Json> = serde_json::from_str(&site.say(&["job", "list", "--limit", "200", "--json"])).unwrap();
            listed.into_iter().filter(|job| job["kind"] == "change.verify").collect()
        };
        let started = std::time::Instant::now();
        while jobs().await.iter().any(|job| job["state"] != "done") {
            assert!(started.elapsed() < Duration::from_secs(60), "{:?}", jobs().await);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        let jobs = jobs().await;
        // The one that comes round is among them.
        assert_eq!(jobs.len(), JOBS + 1);
        let runs: i64 = jobs.iter().map(|job| job["attempts"].as_i64().unwrap()).sum();
        assert!(runs <= i64::try_from(JOBS + 1 + 2).unwrap(), "{runs} runs");
        site.remove().await;
    });
}
