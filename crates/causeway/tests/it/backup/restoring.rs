//! What a restore refuses, what it leaves when it fails, and how it deals with other schemas.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use causeway::backup::{
    BackupError, Flaw, Input, Progress, Source, Target, before_migration, make, restore, verify,
};
use causeway::folder::{DataFolder, FolderError};
use db::{Db, Engine, Settings, sql, testing};
use serde_json::{Value as Json, json};

use super::damage::{entries, packed};
use super::world::{World, count, embedded, on, on_each, rows, shelf_of};

async fn try_restore(path: &Path, target: Target) -> Result<(), BackupError> {
    restore(Input::File(path.to_owned()), target, &Progress::default()).await.map(drop)
}

#[test]
fn a_folder_that_holds_anything_is_refused_and_left_alone() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let before = std::fs::read(world.folder.keys().join("audit.pkcs8")).unwrap();
        let refused = try_restore(&path, Target::folder(world.folder.path())).await.unwrap_err();
        assert!(refused.to_string().contains("a restore never writes over data"), "{refused}");
        assert_eq!(std::fs::read(world.folder.keys().join("audit.pkcs8")).unwrap(), before);

        let letters = world.path("letters");
        std::fs::create_dir(&letters).unwrap();
        std::fs::write(letters.join("a.txt"), "dear all").unwrap();
        let refused = try_restore(&path, Target::folder(&letters)).await.unwrap_err();
        assert!(matches!(refused, BackupError::Folder(FolderError::NotBlank { .. })), "{refused:?}");
        assert_eq!(letters.read_dir().unwrap().count(), 1);

        let orphan = try_restore(&path, Target::folder(world.path("no/such"))).await.unwrap_err();
        assert!(matches!(orphan, BackupError::Folder(FolderError::NoParent(_))), "{orphan:?}");
        world.remove().await;
    });
}

#[test]
fn a_database_that_holds_tables_is_refused_and_left_alone() {
    on_each(async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let content = rows(world.db()).await;
        let target = Target::database(world.db().clone());
        let refused = try_restore(&path, target).await.unwrap_err();
        assert!(refused.to_string().contains("holds tables already"), "{refused}");
        assert_eq!(rows(world.db()).await, content);
        world.remove().await;
    });
}

#[test]
fn an_empty_folder_and_one_that_an_interrupted_restore_left_are_taken() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let folder = world.path("interrupted");
        std::fs::create_dir_all(folder.join("restoring/files")).unwrap();
        std::fs::write(folder.join("restoring/causeway.db"), "half a database").unwrap();
        assert!(DataFolder::open(&folder).is_err(), "nothing takes it for a data folder");
        try_restore(&path, Target::folder(&folder)).await.unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder.join("keys/audit.pkcs8")), 0o600);
        assert_eq!(mode(&folder.join("heads")), 0o600);
        assert_eq!(mode(&path), 0o600, "a backup holds secrets");
        assert!(DataFolder::open(&folder).is_ok());
        world.remove().await;
    });
}

#[test]
fn without_a_folder_only_the_database_is_filled() {
    on_each(async |engine| {
        let world = World::full(Engine::Sqlite).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let fresh = testing::empty(engine).await;
        try_restore(&path, Target::database(fresh.db.clone())).await.unwrap();
        assert_eq!(rows(&fresh.db).await, rows(world.db()).await);
        fresh.remove().await;
        world.remove().await;
    });
}

/// The backup at `path`, with the tokens of an account that is not in it, and otherwise sound.
fn with_orphans(path: &Path) -> Vec<u8> {
    let mut all = entries(path);
    let (name, tokens) = all.iter_mut().find(|(name, _)| name.starts_with("tables/account_token.")).unwrap();
    let mut changed = Vec::new();
    for line in tokens.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        let mut row: Json = serde_json::from_slice(line).unwrap();
        row[1] = json!("00000000-0000-7000-8000-0000000000ff");
        changed.extend(row.to_string().into_bytes());
        changed.push(b'\n');
    }
    let (name, digest) = (name.clone(), blake3::hash(&changed).to_string());
    let mut summary: Json = serde_json::from_slice(&all.last().unwrap().1).unwrap();
    for entry in summary["entries"].as_array_mut().unwrap() {
        if entry["name"] == name.as_str() {
            (entry["bytes"], entry["blake3"]) = (json!(changed.len()), json!(digest));
        }
    }
    all.iter_mut().find(|(known, _)| *known == name).unwrap().1 = changed;
    all.last_mut().unwrap().1 = summary.to_string().into_bytes();
    packed(&all)
}

#[test]
fn rows_that_cannot_be_loaded_leave_nothing() {
    on_each(async |engine| {
        let world = World::full(Engine::Sqlite).await;
        let (path, _) = world.backup("all.tar.zst").await;
        let wrong = world.path("wrong.tar.zst");
        std::fs::write(&wrong, with_orphans(&path)).unwrap();
        assert!(verify(Input::File(wrong.clone()), &Progress::default()).await.is_ok());
        let (fresh, folder) = (testing::empty(engine).await, world.path("restored"));
        let target = Target::database(fresh.db.clone()).with_folder(&folder);
        let failed = try_restore(&wrong, target).await;
        assert!(matches!(failed, Err(BackupError::Database(_))), "{failed:?}");
        assert_eq!(fresh.db.read(async |read| read.tables().await).await.unwrap(), vec![]);
        assert!(DataFolder::visit(&folder).is_err(), "and no data folder");
        // What is left stands in nobody's way.
        let target = Target::database(fresh.db.clone()).with_folder(&folder);
        try_restore(&path, target).await.unwrap();
        fresh.remove().await;
        world.remove().await;
    });
}

/// A database at an older schema, with an account in it, and its backup.
async fn older(world: &World, schema: i64) -> std::path::PathBuf {
    let settings = Settings::new(db::Target::Sqlite(world.path("older.db")));
    let db = Db::open(&settings).await.unwrap();
    db.migrate_to(schema).await.unwrap();
    let insert = async |tx: db::Tx| {
        tx.run(sql!(
            "insert into account (id, name, role, made_at, version) values ($1, 'Ana', 'editor', $2, 1)",
            tx.new_id(),
            tx.now()
        ))
        .await
    };
    db.write(insert).await.unwrap();
    let source = Source::new(db.clone(), world.shelf.clone(), &world.folder);
    let path = world.path("older.tar.zst");
    let output = causeway::backup::Output::File(path.clone());
    assert_eq!(make(&source, output, &Progress::default()).await.unwrap().manifest.schema, schema);
    db.close().await;
    path
}

#[test]
fn a_backup_of_an_older_schema_is_brought_up_to_date() {
    on_each(async |engine| {
        let world = World::empty(Engine::Sqlite).await;
        let path = older(&world, 5).await;
        let fresh = testing::empty(engine).await;
        let target = Target::database(fresh.db.clone());
        let restored = restore(Input::File(path), target, &Progress::default()).await.unwrap();
        assert_eq!(restored.migrated.len(), usize::try_from(Db::newest_schema() - 5).unwrap());
        fresh.db.demand_current().await.unwrap();
        assert_eq!(count(&fresh.db, sql!("select cast(count(*) as bigint) as value from account")).await, 1);
        fresh.remove().await;
        world.remove().await;
    });
}

#[test]
fn a_newer_schema_is_refused() {
    on(Engine::Sqlite, async |engine| {
        let world = World::empty(engine).await;
        let newer = Db::newest_schema() + 1;
        world
            .db()
            .write(async |tx| {
                tx.run(sql!("insert into schema_migration (version, name, checksum, applied_at) values ($1, 'x', 'x', 'x')", newer))
                    .await
            })
            .await
            .unwrap();
        let (path, _) = world.backup("newer.tar.zst").await;
        assert!(
            verify(Input::File(path.clone()), &Progress::default()).await.is_ok(),
            "it is sound all the same"
        );
        let folder = world.path("restored");
        let refused = try_restore(&path, Target::folder(&folder)).await.unwrap_err();
        assert!(
            matches!(&refused, BackupError::Flawed { flaw: Flaw::NewerSchema { found, .. }, .. } if *found == newer),
            "{refused:?}"
        );
        assert!(!folder.exists());
        world.remove().await;
    });
}

#[test]
fn the_backup_before_a_migration_is_the_way_back() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        let content = rows(world.db()).await;
        let backups = world.path("elsewhere");
        let path = before_migration(&world.source, &backups, 7).await.unwrap();
        let name = format!("before-schema-{}-from-7-20261123T080000Z.tar.zst", Db::newest_schema());
        assert_eq!(path, backups.join(name));
        let folder = world.path("back");
        try_restore(&path, Target::folder(&folder)).await.unwrap();
        let db = embedded(&folder).await;
        assert_eq!(rows(&db).await, content);
        assert_eq!(shelf_of(&folder).digests().await.unwrap().len(), 2);
        db.close().await;
        world.remove().await;
    });
}

#[test]
fn a_tampered_log_is_restored_and_told() {
    on(Engine::Sqlite, async |engine| {
        let world = World::full(engine).await;
        world
            .db()
            .write(async |tx| {
                tx.run(sql!("drop trigger change_sealed_no_update")).await?;
                tx.run(sql!("update change_sealed set verb = 'publication.forge' where position = 4")).await
            })
            .await
            .unwrap();
        let (path, _) = world.backup("all.tar.zst").await;
        let folder = world.path("restored");
        let restored =
            restore(Input::File(path), Target::folder(&folder), &Progress::default()).await.unwrap();
        assert_eq!(restored.log.fault.as_deref(), Some("row 4 is not as it was written"));
        assert!(DataFolder::open(&folder).is_ok());
        world.remove().await;
    });
}
