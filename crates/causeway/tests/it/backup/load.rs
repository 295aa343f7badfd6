//! Backups while the site is written to.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use causeway::backup::{Input, Progress, Target, restore};
use db::sql;

use super::world::{World, count, embedded, noise, on_each, publish, torn};

#[test]
fn a_backup_under_load_is_one_moment() {
    on_each(async |engine| {
        let world = World::empty(engine).await;
        let (stop, written) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (db, stop, written) = (world.db().clone(), Arc::clone(&stop), Arc::clone(&written));
                tokio::spawn(async move {
                    for number in 0.. {
                        if stop.load(Ordering::Relaxed) {
                            break;
                        }
                        publish(&db, writer * 10_000 + number).await;
                        written.fetch_add(1, Ordering::Relaxed);
                    }
                })
            })
            .collect();
        let mut backups = Vec::new();
        for round in 0..4 {
            let before = written.load(Ordering::Relaxed);
            while written.load(Ordering::Relaxed) < before + 10 {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            world.seal().await;
            world.put(noise(100_000, round)).await;
            backups.push(world.backup(&format!("{round}.tar.zst")).await);
        }
        stop.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.await.unwrap();
        }
        let total =
            count(world.db(), sql!("select cast(count(*) as bigint) as value from publication")).await;
        for (round, (path, made)) in backups.into_iter().enumerate() {
            let folder = world.path(&format!("restored-{round}"));
            let restored =
                restore(Input::File(path), Target::folder(&folder), &Progress::default()).await.unwrap();
            assert_eq!(restored.log.fault, None);
            assert_eq!(restored.summary.files.count, round as u64 + 1);
            let db = embedded(&folder).await;
            assert_eq!(torn(&db).await, 0, "{engine:?}, backup {round}");
            let held = i64::try_from(made.summary.rows["publication"]).unwrap();
            assert!(held >= 10 && held < total, "{held} of {total}: it was taken while others wrote");
            db.close().await;
        }
        world.remove().await;
    });
}

#[test]
fn a_stopped_backup_leaves_nothing() {
    on_each(async |engine| {
        let world = World::full(engine).await;
        let progress = Progress::default();
        progress.stop();
        let path = world.path("stopped.tar.zst");
        let output = causeway::backup::Output::File(path.clone());
        let stopped = causeway::backup::make(&world.source, output, &progress).await;
        assert!(matches!(stopped, Err(causeway::backup::BackupError::Stopped)), "{stopped:?}");
        let left: Vec<_> =
            world.place.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["data"]);
        world.remove().await;
    });
}

#[test]
fn a_missing_or_altered_file_is_named() {
    on_each(async |engine| {
        let world = World::full(engine).await;
        let digest = blake3::hash("ຂໍ້ຕົກລົງ ແລະ ເອກະສານ".as_bytes()).to_hex().to_string();
        let path = world.path("all.tar.zst");
        world.shelf.put(&digest, vec![b'x'; 58].into()).await.unwrap();
        let altered = world.try_backup(&path).await.unwrap_err();
        assert!(altered.to_string().contains(&digest), "{altered}");
        world.shelf.remove(&digest).await.unwrap();
        let gone = world.try_backup(&path).await.unwrap_err();
        assert!(
            gone.to_string().contains(&digest) && gone.to_string().contains("not in the file store"),
            "{gone}"
        );
        assert!(!path.exists());
        world.remove().await;
    });
}
