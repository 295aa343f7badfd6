//! Backups that the program makes by itself.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use causeway::backup::{Input, Make, Output, Progress, make, verify};
use db::Engine;
use domain::actor::Actor;
use domain::job::{self, Registry, Settings, State, Worker};
use jiff::SignedDuration;

use super::world::{World, noise, on_each};

fn worker(world: &World, folder: &Path, keep: usize) -> Worker {
    let registry = Make::register(Registry::default(), world.source.clone(), folder.to_owned(), keep);
    let settings = Settings {
        node: "test".into(),
        lease: Duration::from_secs(30),
        max_attempts: 2,
        idle: Duration::from_millis(10),
    };
    Worker::new(world.db().clone(), Arc::new(registry), settings)
}

async fn enqueue(world: &World) -> domain::id::JobId {
    let enqueue = async |tx: db::Tx| job::enqueue(&tx, &Actor::system(), &Make {}, tx.now()).await;
    world.db().write(enqueue).await.unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn the_newest_are_kept_and_nothing_else_is_touched() {
    on_each(async |engine| {
        let world = World::full(engine).await;
        let folder = world.path("backups");
        std::fs::create_dir(&folder).unwrap();
        let others = ["before-schema-9-from-7-20200101T000000Z.tar.zst", "mine.tar.zst"];
        for other in others {
            std::fs::write(folder.join(other), "x").unwrap();
        }
        std::fs::write(folder.join(".causeway-20261122T080000Z.tar.zst.abc.partial"), "a crash left it")
            .unwrap();
        let worker = worker(&world, &folder, 2);
        for _ in 0..4 {
            let id = enqueue(&world).await;
            // The sweep of the world is in the queue as well, which this worker does not know.
            while worker.run_one().await.unwrap() {}
            let job = job::load(world.db(), &Actor::operator(), id).await.unwrap();
            assert_eq!((job.state, job.error), (State::Done, None));
            assert!(job.step > 0 && Some(job.step) == job.steps);
            world.db().clock().advance(SignedDuration::from_hours(24));
        }
        assert_eq!(
            names(&folder),
            [others[0], "causeway-20261125T080000Z.tar.zst", "causeway-20261126T080000Z.tar.zst", others[1],]
        );
        let newest = folder.join("causeway-20261126T080000Z.tar.zst");
        verify(Input::File(newest), &Progress::default()).await.unwrap();
        world.remove().await;
    });
}

#[test]
fn two_at_once_leave_each_other_alone() {
    on_each(async |engine| {
        let world = World::full(engine).await;
        let folder = world.path("backups");
        std::fs::create_dir(&folder).unwrap();
        for seed in 0..3 {
            world.put(noise(16 << 20, seed)).await;
        }
        let path = folder.join("causeway-20261122T080000Z.tar.zst");
        let other = tokio::spawn({
            let (source, path) = (world.source.clone(), path.clone());
            async move { make(&source, Output::File(path), &Progress::default()).await }
        });
        while names(&folder).is_empty() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        assert!(names(&folder)[0].ends_with(".partial"), "it is in the middle of its work");
        let worker = worker(&world, &folder, 9);
        let id = enqueue(&world).await;
        while worker.run_one().await.unwrap() {}
        let job = job::load(world.db(), &Actor::operator(), id).await.unwrap();
        assert_eq!((job.state, job.error), (State::Done, None));
        other.await.unwrap().unwrap();
        assert_eq!(
            names(&folder),
            ["causeway-20261122T080000Z.tar.zst", "causeway-20261123T080000Z.tar.zst"]
        );
        verify(Input::File(path), &Progress::default()).await.unwrap();
        world.remove().await;
    });
}

#[test]
fn a_job_that_is_told_to_stop_leaves_no_file() {
    on_each(async |engine| {
        let world = World::empty(engine).await;
        for seed in 0..4 {
            world.put(noise(16 << 20, seed)).await;
        }
        let folder = world.path("backups");
        let worker = worker(&world, &folder, 2);
        let id = enqueue(&world).await;
        let running = tokio::spawn({
            let worker = worker.clone();
            async move { worker.run_one().await }
        });
        let operator = Actor::operator();
        while job::load(world.db(), &operator, id).await.unwrap().state == State::Queued {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        job::stop(world.db(), &operator, id).await.unwrap();
        running.abort();
        assert!(running.await.unwrap_err().is_cancelled());
        // Whoever waited for it is gone; it notices, and takes its file along.
        let mut rounds = 0;
        while folder.exists() && !names(&folder).is_empty() {
            rounds += 1;
            assert!(rounds < 2000, "{:?}", names(&folder));
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        world.remove().await;
    });
}

#[test]
fn a_folder_on_a_disk_that_is_not_there_fails_the_job() {
    super::world::on(Engine::Sqlite, async |engine| {
        let world = World::empty(engine).await;
        let worker = worker(&world, &world.path("mnt/backups"), 2);
        let id = enqueue(&world).await;
        assert!(worker.run_one().await.unwrap());
        let job = job::load(world.db(), &Actor::operator(), id).await.unwrap();
        assert_eq!(job.state, State::Queued, "it is tried again");
        assert!(job.error.unwrap().contains("mnt/backups"), "and says why");
        assert!(!world.path("mnt").exists());
        world.remove().await;
    });
}
