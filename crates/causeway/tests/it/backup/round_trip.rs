//! Out of one installation and into another, on each pair of engines, with nothing lost and nothing changed.

use causeway::backup::{Input, Output, Progress, Restored, Target, make, restore, verify};
use causeway::folder::DataFolder;
use db::Engine;
use db::testing;

use super::world::{World, embedded, files, on, rows, secrets, shelf_of};

/// Backs up a full world on one engine, restores it on the other, and compares all there is.
async fn move_between(from: Engine, to: Engine) {
    if testing::left_out(to) {
        return;
    }
    let world = World::full(from).await;
    let content = rows(world.db()).await;
    for (table, rows) in &content {
        assert!(!rows.is_empty(), "the world has nothing in {table}, so nothing is proven of it");
    }
    let (path, made) = world.backup("all.tar.zst").await;
    assert_eq!(made.manifest.engine, from.name());
    assert_eq!(made.summary.files.count, 2, "the same bytes are kept once");

    let folder = world.path("restored");
    let progress = Progress::default();
    let (restored, db, fresh): (Restored, _, _) = match to {
        Engine::Sqlite => {
            let restored = restore(Input::File(path), Target::folder(&folder), &progress).await.unwrap();
            (restored, embedded(&folder).await, None)
        }
        Engine::Postgres => {
            let fresh = testing::empty(to).await;
            let target = Target::database(fresh.db.clone()).with_folder(&folder);
            let restored = restore(Input::File(path), target, &progress).await.unwrap();
            (restored, fresh.db.clone(), Some(fresh))
        }
    };
    assert_eq!(restored.log.fault, None);
    assert_eq!((restored.log.rows, restored.log.unsealed, restored.log.heads), (21, 1, 2));
    assert_eq!(restored.migrated, Vec::<&str>::new());
    db.demand_current().await.unwrap();
    assert_eq!(rows(&db).await, content);
    assert_eq!(files(&shelf_of(&folder)).await, files(&world.shelf).await);
    assert_eq!(secrets(&folder), secrets(world.folder.path()));
    let reopened = DataFolder::open(&folder).unwrap();
    assert_eq!(reopened.database().exists(), to == Engine::Sqlite);
    assert!(!folder.join("restoring").exists());
    db.close().await;
    if let Some(fresh) = fresh {
        fresh.remove().await;
    }
    world.remove().await;
}

#[test]
fn from_sqlite_to_sqlite() {
    on(Engine::Sqlite, async |engine| move_between(engine, Engine::Sqlite).await);
}

#[test]
fn from_sqlite_to_postgres() {
    on(Engine::Sqlite, async |engine| move_between(engine, Engine::Postgres).await);
}

#[test]
fn from_postgres_to_sqlite() {
    on(Engine::Postgres, async |engine| move_between(engine, Engine::Sqlite).await);
}

#[test]
fn from_postgres_to_postgres() {
    on(Engine::Postgres, async |engine| move_between(engine, Engine::Postgres).await);
}

#[test]
fn a_backup_of_a_restored_site_is_the_same_backup() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, made) = world.backup("first.tar.zst").await;
        let folder = world.path("restored");
        restore(Input::File(path.clone()), Target::folder(&folder), &Progress::default()).await.unwrap();
        let db = embedded(&folder).await;
        let opened = DataFolder::open(&folder).unwrap();
        let source = causeway::backup::Source::new(db.clone(), shelf_of(&folder), &opened);
        let again =
            make(&source, Output::File(world.path("second.tar.zst")), &Progress::default()).await.unwrap();
        let parts = |made: &causeway::backup::Made| made.summary.entries[1..].to_vec();
        assert_eq!(parts(&again), parts(&made), "but for the manifest, which has the time");
        assert_eq!((again.summary.rows, again.summary.files), (made.summary.rows, made.summary.files));
        db.close().await;
        world.remove().await;
    });
}

#[test]
fn what_verify_says_is_what_was_made() {
    super::world::on_each(async |engine| {
        let world = World::full(engine).await;
        let (path, made) = world.backup("all.tar.zst").await;
        let progress = Progress::default();
        let contents = verify(Input::File(path), &progress).await.unwrap();
        assert_eq!((&contents.manifest, &contents.summary), (&made.manifest, &made.summary));
        assert_eq!(contents.summary.rows["publication"], 14);
        assert_eq!(contents.summary.rows["words"], 14 * 20);
        assert_eq!(progress.reached(), (made.bytes, made.bytes));
        world.remove().await;
    });
}

#[test]
fn an_installation_without_files_heads_or_rows_goes_round_too() {
    on(Engine::Sqlite, async |engine| {
        let world = World::empty(engine).await;
        let (path, _) = world.backup("empty.tar.zst").await;
        let folder = world.path("restored");
        let restored =
            restore(Input::File(path), Target::folder(&folder), &Progress::default()).await.unwrap();
        assert_eq!((restored.summary.files.count, restored.log.rows), (0, 0));
        assert!(DataFolder::visit(&folder).is_ok());
        world.remove().await;
    });
}
