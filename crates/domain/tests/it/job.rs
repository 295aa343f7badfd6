//! Jobs: none lost, none run by two, and what fails is seen.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use db::Db;
use domain::actor::{Actor, Role};
use domain::job::{self, Failure, Job, Registry, Schedule, Settings, State, Worker};
use domain::page::Ask;
use domain::{Error, Result};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::world;

#[derive(Serialize, Deserialize)]
struct Count {
    n: u32,
}

impl Job for Count {
    const KIND: &'static str = "test.count";
}

fn settings() -> Settings {
    Settings {
        node: "test".to_owned(),
        lease: Duration::from_secs(60),
        max_attempts: 3,
        idle: Duration::from_millis(5),
    }
}

fn worker(db: &Db, registry: Registry) -> Worker {
    Worker::new(db.clone(), Arc::new(registry), settings())
}

async fn enqueue(db: &Db, n: u32) -> domain::id::JobId {
    db.write(async |tx| job::enqueue(&tx, &Actor::system(), &Count { n }, tx.now()).await).await.unwrap()
}

fn counting(counter: &Arc<AtomicU32>) -> Registry {
    let counter = Arc::clone(counter);
    Registry::default().on(move |job: Count, _| {
        let counter = Arc::clone(&counter);
        async move {
            counter.fetch_add(job.n, Ordering::SeqCst);
            Ok(())
        }
    })
}

#[db::test]
async fn a_job_comes_with_the_change_that_causes_it_or_not_at_all(db: Db) {
    let undone: Result<()> = db
        .write(async |tx| {
            job::enqueue(&tx, &Actor::system(), &Count { n: 1 }, tx.now()).await?;
            Err(Error::Stale)
        })
        .await;
    assert!(undone.is_err());
    let counter = Arc::default();
    let worker = worker(&db, counting(&counter));
    assert!(!worker.run_one().await.unwrap());
    let id = enqueue(&db, 5).await;
    assert!(worker.run_one().await.unwrap());
    assert!(!worker.run_one().await.unwrap());
    assert_eq!(counter.load(Ordering::SeqCst), 5);
    let seen = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((seen.state, seen.attempts, seen.error), (State::Done, 1, None));
}

#[db::test]
async fn a_job_waits_for_its_time(db: Db) {
    let later = db.clock().now() + SignedDuration::from_hours(1);
    db.write(async |tx| job::enqueue(&tx, &Actor::system(), &Count { n: 1 }, later).await).await.unwrap();
    let counter = Arc::default();
    let worker = worker(&db, counting(&counter));
    assert!(!worker.run_one().await.unwrap());
    assert_eq!(job::overview(&db).await.unwrap().later_count, 1);
    db.clock().advance(SignedDuration::from_hours(1));
    assert_eq!(job::overview(&db).await.unwrap().due_count, 1);
    assert!(worker.run_one().await.unwrap());
}

#[db::test]
async fn a_job_that_fails_is_run_again_later_and_dies_in_the_end(db: Db) {
    let registry = Registry::default().on(|_: Count, context| async move {
        Err(Failure::Again(Error::internal(format!("run {}", context.attempt))))
    });
    let worker = worker(&db, registry);
    let id = enqueue(&db, 1).await;
    for attempt in 1..=3 {
        assert!(worker.run_one().await.unwrap(), "run {attempt}");
        assert!(!worker.run_one().await.unwrap(), "and not again at once");
        db.clock().advance(SignedDuration::from_hours(1));
    }
    let dead = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((dead.state, dead.attempts), (State::Dead, 3));
    assert!(dead.error.unwrap().contains("run 3"));
    assert_eq!(job::overview(&db).await.unwrap().dead_count, 1);

    let again = job::retry(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((again.state, again.attempts, again.error), (State::Queued, 0, None));
    assert!(matches!(job::retry(&db, &Actor::operator(), id).await, Err(Error::Conflict("job-not-ended"))));
}

#[db::test]
async fn a_panic_is_a_failure_and_an_unknown_kind_waits_for_a_release_that_knows_it(db: Db) {
    let registry = Registry::default().on(|job: Count, _| async move {
        assert!(job.n > 1, "on purpose");
        Ok(())
    });
    let id = enqueue(&db, 1).await;
    assert!(worker(&db, registry).run_one().await.unwrap());
    let failed = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!(failed.state, State::Queued);
    assert!(failed.error.unwrap().contains("panicked"));

    db.clock().advance(SignedDuration::from_hours(1));
    assert!(worker(&db, Registry::default()).run_one().await.unwrap());
    let unknown = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert!(unknown.error.unwrap().contains("knows no job of that kind"));
}

/// What a job does before it first waits runs as the worker makes its future, not as it polls it.
#[db::test]
async fn a_panic_before_there_is_a_future_is_a_failure_too(db: Db) {
    let registry = Registry::default().on(|job: Count, _| {
        assert!(job.n > 1, "on purpose");
        async { Ok(()) }
    });
    let id = enqueue(&db, 1).await;
    assert!(worker(&db, registry).run_one().await.unwrap());
    let failed = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!(failed.state, State::Queued);
    assert!(failed.error.unwrap().contains("panicked"));
}

/// A worker that dies keeps its job for a lease and no longer; and when it was only slow, its late result does not count.
#[db::test]
async fn the_job_of_a_dead_worker_is_taken_over_after_its_lease(db: Db) {
    let id = enqueue(&db, 1).await;
    let (held, holding) = watch::channel(false);
    let held = Arc::new(held);
    let registry = {
        let held = Arc::clone(&held);
        Registry::default().on(move |_: Count, _| {
            let held = Arc::clone(&held);
            async move {
                held.send_replace(true);
                std::future::pending::<()>().await;
                Ok(())
            }
        })
    };
    let dying = worker(&db, registry);
    let run = tokio::spawn(async move { dying.run_one().await });
    let mut holding = holding;
    holding.wait_for(|held| *held).await.unwrap();
    run.abort();

    let counter = Arc::default();
    let next = worker(&db, counting(&counter));
    assert!(!next.run_one().await.unwrap(), "the lease holds");
    db.clock().advance(SignedDuration::from_secs(61));
    assert!(next.run_one().await.unwrap());
    assert_eq!(counter.load(Ordering::SeqCst), 1);
    let done = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((done.state, done.attempts), (State::Done, 2));
}

/// Claims the job that is due with a worker that dies while it runs it, and lets the lease end.
async fn die_at_it(db: &Db) {
    let (held, mut holding) = watch::channel(false);
    let held = Arc::new(held);
    let registry = Registry::default().on(move |_: Count, _| {
        let held = Arc::clone(&held);
        async move {
            held.send_replace(true);
            std::future::pending().await
        }
    });
    let dying = worker(db, registry);
    let run = tokio::spawn(async move { dying.run_one().await });
    holding.wait_for(|held| *held).await.unwrap();
    run.abort();
    assert!(run.await.unwrap_err().is_cancelled());
    db.clock().advance(SignedDuration::from_secs(61));
}

#[db::test]
async fn a_job_that_kills_its_workers_is_set_aside(db: Db) {
    let id = enqueue(&db, 1).await;
    for _ in 0..3 {
        die_at_it(&db).await;
    }
    let counter = Arc::default();
    let next = worker(&db, counting(&counter));
    assert!(next.run_one().await.unwrap());
    assert_eq!(counter.load(Ordering::SeqCst), 0, "it is not run a fourth time");
    let dead = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((dead.state, dead.attempts), (State::Dead, 3));
    assert!(dead.error.unwrap().contains("its worker died"));
    assert!(dead.ended_at.is_some() && dead.worker.is_none());
    assert!(!next.run_one().await.unwrap());

    job::retry(&db, &Actor::operator(), id).await.unwrap();
    assert!(next.run_one().await.unwrap());
    assert_eq!(counter.load(Ordering::SeqCst), 1, "whoever retries it has it run");
}

#[db::test]
async fn many_workers_share_the_queue_and_none_takes_what_another_has(db: Db) {
    for _ in 0..40 {
        enqueue(&db, 1).await;
    }
    let counter: Arc<AtomicU32> = Arc::default();
    let (stop, stopped) = watch::channel(false);
    let workers: Vec<_> = (0..4)
        .map(|_| {
            let (worker, stopped) = (worker(&db, counting(&counter)), stopped.clone());
            tokio::spawn(async move { worker.run(stopped).await })
        })
        .collect();
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    loop {
        let left = job::overview(&db).await.unwrap();
        if left.due_count + left.running_count == 0 {
            break;
        }
        assert!(tokio::time::Instant::now() < deadline, "{left:?}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.send(true).unwrap();
    for worker in workers {
        tokio::time::timeout(Duration::from_secs(10), worker)
            .await
            .expect("an idle worker goes at once")
            .unwrap();
    }
    assert_eq!(counter.load(Ordering::SeqCst), 40);
    let jobs = job::list(&db, &Actor::operator(), Some(State::Done), Ask::first(100)).await.unwrap().items;
    assert_eq!(jobs.len(), 40);
    assert!(jobs.iter().all(|job| job.attempts == 1));
}

#[db::test]
async fn a_long_job_shows_how_far_it_is_and_stops_when_asked(db: Db) {
    let id = enqueue(&db, 1).await;
    let waiting = enqueue(&db, 1).await;
    let asking = db.clone();
    let registry = Registry::default().on(move |_: Count, context| {
        let db = asking.clone();
        async move {
            context.progress(3, 10).await?;
            job::stop(&db, &Actor::operator(), context.id).await?;
            for step in 4..1000 {
                context.progress(step, 1000).await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(())
        }
    });
    let settings = Settings { lease: Duration::from_millis(60), ..settings() };
    let worker = Worker::new(db.clone(), Arc::new(registry), settings);
    assert!(worker.run_one().await.unwrap());
    let stopped = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!(stopped.state, State::Stopped);
    assert!(stopped.step >= 3 && stopped.step < 999, "{stopped:?}");
    assert!(matches!(job::stop(&db, &Actor::operator(), id).await, Err(Error::Conflict("job-ended"))));

    let ended = job::stop(&db, &Actor::operator(), waiting).await.unwrap();
    assert_eq!(ended.state, State::Stopped, "one that waits is stopped at once");
}

/// One that was only slow, and lost its lease, does not write over what its successor says.
#[db::test]
async fn only_the_worker_that_has_the_job_says_how_far_it_is(db: Db) {
    let id = enqueue(&db, 1).await;
    let (given, contexts) = watch::channel(None);
    let registry = Registry::default().on(move |_: Count, context| {
        let given = given.clone();
        async move {
            given.send_replace(Some(context));
            std::future::pending().await
        }
    });
    let registry = Arc::new(registry);
    let mut runs = Vec::new();
    for attempt in 1..=2 {
        let worker = Worker::new(db.clone(), Arc::clone(&registry), settings());
        let run = tokio::spawn(async move { worker.run_one().await });
        let mut contexts = contexts.clone();
        let context = contexts
            .wait_for(|context| {
                context.as_ref().is_some_and(|context: &job::Context| context.attempt == attempt)
            })
            .await
            .unwrap()
            .clone()
            .unwrap();
        runs.push((run, context));
        db.clock().advance(SignedDuration::from_secs(61));
    }
    runs[1].1.progress(5, 10).await.unwrap();
    let late = runs[0].1.progress(3, 10).await;
    assert!(matches!(late, Err(Failure::Stopped)), "{late:?}");
    assert_eq!(job::load(&db, &Actor::operator(), id).await.unwrap().step, 5);
    runs.iter().for_each(|(run, _)| run.abort());
}

#[db::test]
async fn a_worker_that_goes_down_gives_its_job_back(db: Db) {
    let id = enqueue(&db, 1).await;
    let registry = Registry::default().on(|_: Count, context| async move {
        loop {
            context.progress(1, 2).await?;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let settings = Settings { lease: Duration::from_millis(90), ..settings() };
    let worker = Worker::new(db.clone(), Arc::new(registry), settings);
    let (stop, stopped) = watch::channel(false);
    let running = tokio::spawn(async move { worker.run(stopped).await });
    while job::load(&db, &Actor::operator(), id).await.unwrap().step == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    stop.send(true).unwrap();
    tokio::time::timeout(Duration::from_secs(10), running).await.expect("it goes down").unwrap();
    let given_back = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!(
        (given_back.state, given_back.attempts),
        (State::Queued, 0),
        "restarts use up none of its runs"
    );
}

/// Nobody is there to hear of it when the worker is dead: whoever claims the job next ends it.
#[db::test]
async fn a_stop_outlives_the_worker_that_did_not_live_to_hear_of_it(db: Db) {
    let id = enqueue(&db, 1).await;
    die_at_it(&db).await;
    job::stop(&db, &Actor::operator(), id).await.unwrap();
    let counter = Arc::default();
    assert!(worker(&db, counting(&counter)).run_one().await.unwrap());
    let stopped = job::load(&db, &Actor::operator(), id).await.unwrap();
    assert_eq!((stopped.state, stopped.attempts), (State::Stopped, 1));
    assert!(stopped.ended_at.is_some());
    assert_eq!(counter.load(Ordering::SeqCst), 0);
}

#[db::test]
async fn a_job_that_was_asked_to_stop_is_not_run_again_when_it_fails_but_done_when_it_succeeds(db: Db) {
    let asking = db.clone();
    let registry = Registry::default().on(move |job: Count, context| {
        let db = asking.clone();
        async move {
            job::stop(&db, &Actor::operator(), context.id).await?;
            if job.n == 1 { Err(Failure::Again(Error::internal("not now"))) } else { Ok(()) }
        }
    });
    let worker = worker(&db, registry);
    for (n, state) in [(1, State::Stopped), (2, State::Done)] {
        let id = enqueue(&db, n).await;
        assert!(worker.run_one().await.unwrap());
        let ended = job::load(&db, &Actor::operator(), id).await.unwrap();
        assert_eq!(ended.state, state);
        assert!(ended.ended_at.is_some());
        assert_eq!(ended.error.is_some(), n == 1, "why it failed is still told");
    }
}

#[db::test]
async fn a_job_that_was_asked_to_stop_is_stopped_also_when_its_worker_goes_down(db: Db) {
    let id = enqueue(&db, 1).await;
    let asking = db.clone();
    let (stop, stopped) = watch::channel(false);
    let registry = Registry::default().on(move |_: Count, context| {
        let (db, stop) = (asking.clone(), stop.clone());
        async move {
            job::stop(&db, &Actor::operator(), context.id).await?;
            stop.send_replace(true);
            while !context.stop_asked() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(Failure::Stopped)
        }
    });
    let worker = worker(&db, registry);
    tokio::time::timeout(Duration::from_secs(10), worker.run(stopped)).await.expect("it goes down");
    assert_eq!(job::load(&db, &Actor::operator(), id).await.unwrap().state, State::Stopped);
}

#[db::test]
async fn what_comes_round_is_enqueued_once_a_period_by_all_nodes_together(db: Db) {
    let hourly = Schedule::every(Duration::from_secs(3600));
    assert!(hourly.enqueue(&db, &Count { n: 1 }).await.unwrap().is_some());
    assert!(hourly.enqueue(&db, &Count { n: 1 }).await.unwrap().is_none());
    db.clock().advance(SignedDuration::from_hours(5));
    assert!(hourly.enqueue(&db, &Count { n: 1 }).await.unwrap().is_some(), "once for the five hours");
    assert!(hourly.enqueue(&db, &Count { n: 1 }).await.unwrap().is_none());
}

#[db::test]
async fn ended_jobs_are_swept_and_dead_ones_stay(db: Db) {
    let counter = Arc::default();
    let done = enqueue(&db, 1).await;
    let sweeping = job::Sweep::register(counting(&counter), db.clone());
    let worker = worker(&db, sweeping);
    assert!(worker.run_one().await.unwrap());
    db.clock().advance(SignedDuration::from_hours(24 * 31));
    db.write(async |tx| job::enqueue(&tx, &Actor::system(), &job::Sweep { keep_days: 30 }, tx.now()).await)
        .await
        .unwrap();
    assert!(worker.run_one().await.unwrap());
    assert!(matches!(job::load(&db, &Actor::operator(), done).await, Err(Error::NotFound)));
    assert_eq!(
        job::list(&db, &Actor::operator(), None, Ask::first(10)).await.unwrap().items.len(),
        1,
        "the sweep itself"
    );
}

/// The period's key lies in the job: were it swept, a yearly job would run with every sweep.
#[db::test]
async fn a_sweep_does_not_make_what_comes_round_seldom_run_again_in_its_period(db: Db) {
    let period = SignedDuration::from_hours(24 * 300);
    let seldom = Schedule::every(period.unsigned_abs());
    let counter = Arc::default();
    let worker = worker(&db, job::Sweep::register(counting(&counter), db.clone()));
    let next = seldom.wait(db.clock().now());
    db.clock().advance(SignedDuration::try_from(next).unwrap());
    let mut ids = Vec::new();
    for _ in 0..2 {
        ids.push(seldom.enqueue(&db, &Count { n: 1 }).await.unwrap().expect("a new period"));
        assert!(worker.run_one().await.unwrap());
        db.clock().advance(SignedDuration::from_hours(24 * 200));
        db.write(async |tx| {
            job::enqueue(&tx, &Actor::system(), &job::Sweep { keep_days: 30 }, tx.now()).await
        })
        .await
        .unwrap();
        assert!(worker.run_one().await.unwrap());
        assert!(seldom.enqueue(&db, &Count { n: 1 }).await.unwrap().is_none(), "this period had its run");
        db.clock().advance(SignedDuration::from_hours(24 * 100));
    }
    assert_eq!(counter.load(Ordering::SeqCst), 2);
    let older = job::load(&db, &Actor::operator(), ids[0]).await;
    assert!(matches!(older, Err(Error::NotFound)), "only the newest is kept: {older:?}");
}

#[db::test]
async fn only_administrators_change_the_queue_and_auditors_see_it(db: Db) {
    let id = enqueue(&db, 1).await;
    let editor = world::actor(&db, Role::Editor).await;
    let auditor = world::actor(&db, Role::Auditor).await;
    assert!(matches!(job::list(&db, &editor, None, Ask::first(10)).await, Err(Error::NotFound)));
    assert!(matches!(job::stop(&db, &editor, id).await, Err(Error::NotFound)));
    assert_eq!(job::list(&db, &auditor, None, Ask::first(10)).await.unwrap().items.len(), 1);
    assert!(matches!(job::stop(&db, &auditor, id).await, Err(Error::Denied(_))));
    assert!(matches!(job::retry(&db, &auditor, id).await, Err(Error::Denied(_))));
    let administrator = world::actor(&db, Role::Administrator).await;
    let before = world::fresh_changes(&db).await;
    job::stop(&db, &administrator, id).await.unwrap();
    assert_eq!(world::fresh_changes(&db).await, before + 1, "it is in the log");
}

/// The machine's clock was a year ahead, and somebody puts it right: what was enqueued, claimed and put off meanwhile is run
/// all the same, and what lies in the real future still waits.
#[db::test]
async fn no_job_is_lost_when_the_clock_jumps(db: Db) {
    let year = SignedDuration::from_hours(365 * 24);
    db.clock().advance(year);
    enqueue(&db, 1).await;
    let failing =
        Registry::default().on(|_: Count, _| async { Err(Failure::Again(Error::Conflict("not yet"))) });
    assert!(worker(&db, failing).run_one().await.unwrap(), "it is put off");
    enqueue(&db, 10).await;
    die_at_it(&db).await;
    enqueue(&db, 100).await;
    db.clock().advance(-year);
    let later = db.clock().now() + SignedDuration::from_hours(24);
    db.write(async |tx| job::enqueue(&tx, &Actor::system(), &Count { n: 1000 }, later).await).await.unwrap();
    let counter = Arc::default();
    let worker = worker(&db, counting(&counter));
    for _ in 0..3 {
        assert!(worker.run_one().await.unwrap());
    }
    assert_eq!(counter.load(Ordering::SeqCst), 111);
    assert!(!worker.run_one().await.unwrap(), "tomorrow's job waits");
    db.clock().advance(SignedDuration::from_hours(-24));
    assert!(!worker.run_one().await.unwrap(), "also where the clock goes back by a day");
    db.clock().advance(year);
    assert!(worker.run_one().await.unwrap(), "and a clock that jumps forwards brings it");
    assert_eq!(counter.load(Ordering::SeqCst), 1111);
}

#[db::test]
async fn what_comes_round_does_so_once_a_period_also_when_the_clock_goes_back(db: Db) {
    let daily = Schedule::every(Duration::from_secs(86_400));
    assert!(daily.enqueue(&db, &Count { n: 1 }).await.unwrap().is_some());
    db.clock().advance(SignedDuration::from_hours(-24));
    assert!(daily.enqueue(&db, &Count { n: 1 }).await.unwrap().is_some(), "yesterday had none");
    db.clock().advance(SignedDuration::from_hours(24));
    assert!(daily.enqueue(&db, &Count { n: 1 }).await.unwrap().is_none(), "today had one");
    db.clock().advance(SignedDuration::from_hours(365 * 24));
    assert!(daily.enqueue(&db, &Count { n: 1 }).await.unwrap().is_some(), "one for the whole year");
}
