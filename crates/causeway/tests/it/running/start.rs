//! Starting and stopping, and what prevents a start.

use super::{Running, each_engine};

#[test]
fn it_serves_and_stops_in_order() {
    each_engine(async |mut site: Running| {
        site.start();
        let (status, page) = site.get("/en").await;
        assert_eq!(status, 200);
        assert!(page.contains("<html lang=\"en\""), "{page}");
        assert_eq!(site.get("/health/live").await.0, 200);
        let (status, ready) = site.get("/health/ready").await;
        assert_eq!(status, 200, "{ready}");
        assert!(site.stop().success());
        assert!(!site.data().join("causeway.db-wal").exists(), "the log was folded into the file");
        site.start();
        assert_eq!(site.get("/km").await.0, 200);
        site.remove().await;
    });
}

#[test]
fn a_second_process_on_the_same_folder_is_refused() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        site.start();
        let second = site.run(&["serve"]);
        let said = String::from_utf8_lossy(&second.stderr);
        assert_eq!(second.status.code(), Some(1), "{said}");
        assert!(said.contains("in use") || said.contains("another process"), "{said}");
        assert_eq!(site.get("/en").await.0, 200, "and the first goes on");
        site.remove().await;
    });
}

#[test]
fn an_address_in_use_is_named_with_its_setting() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        site.set("CAUSEWAY__SERVER__LISTEN", taken.local_addr().unwrap().to_string());
        let refused = site.run(&["serve"]);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said.contains("server.listen") && said.contains("choose another port"), "{said}");
        site.remove().await;
    });
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        site.set("CAUSEWAY__DATABASE__URL", "postgres://me:hunter2@127.0.0.1:1/none");
        let refused = site.run(&["serve"]);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said.contains("127.0.0.1:1/none") && !said.contains("hunter2"), "{said}");
        site.remove().await;
    });
}

#[test]
fn a_schema_that_is_behind_is_migrated_only_when_asked() {
    each_engine(async |mut site: Running| {
        site.set("CAUSEWAY__DATABASE__MIGRATE_ON_START", "false");
        let refused = site.run(&["serve"]);
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.contains("causeway migrate"), "{said}");
        let plan = site.say(&["migrate", "--dry-run"]);
        assert!(plan.contains("to be applied") && plan.contains("0002_change"), "{plan}");
        let done = site.say(&["migrate"]);
        assert!(done.contains("applied"), "{done}");
        assert!(site.say(&["migrate"]).contains("up to date"));
        site.start();
        site.remove().await;
    });
}

#[test]
fn whoever_only_looks_makes_no_database() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        site.start();
        assert!(site.stop().success());
        let database = site.data().join("causeway.db");
        std::fs::remove_file(&database).unwrap();
        for arguments in
            [&["doctor"][..], &["migrate", "--dry-run"], &["publication", "list"], &["token", "list"]]
        {
            let refused = site.run(arguments);
            assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
            let said = String::from_utf8([refused.stdout, refused.stderr].concat()).unwrap();
            assert!(said.contains("there is no database at") && said.contains("causeway restore"), "{said}");
            assert!(!database.exists(), "{arguments:?}");
        }
        site.remove().await;
    });
}

#[test]
fn the_backup_before_a_migration_goes_where_backups_go() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        drop(causeway::folder::DataFolder::open(&site.data()).unwrap());
        let settings = db::Settings::new(db::Target::Sqlite(site.data().join("causeway.db")));
        let db = db::Db::open(&settings).await.unwrap();
        db.migrate_to(db::Db::newest_schema() - 1).await.unwrap();
        db.close().await;
        let backups = site.folder.path().join("disk");
        site.set("CAUSEWAY__BACKUP__FOLDER", backups.to_str().unwrap());
        assert!(site.say(&["migrate"]).contains("applied"));
        let made: Vec<_> = backups.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        let [made] = &made[..] else { panic!("{made:?}") };
        assert!(made.file_name().unwrap().to_str().unwrap().starts_with("before-schema-"), "{made:?}");
        site.say(&["verify", made.to_str().unwrap()]);
        site.remove().await;
    });
}
