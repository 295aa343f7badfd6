//! Starting and stopping, and what prevents a start.

use std::io::Write as _;

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

#[test]
fn systemd_waits_for_a_long_start_and_a_long_stop() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        let path = site.folder.path().join("notify");
        let socket = std::os::unix::net::UnixDatagram::bind(&path).unwrap();
        socket.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
        let heard = || {
            let mut buffer = [0; 200];
            let length = socket.recv(&mut buffer).unwrap();
            String::from_utf8(buffer[..length].to_vec()).unwrap()
        };
        site.set("NOTIFY_SOCKET", path.to_str().unwrap());
        site.set("CAUSEWAY__SERVER__SHUTDOWN_GRACE", "5m");
        site.start();
        assert!(heard().starts_with("STATUS=opening the site"));
        assert_eq!(heard(), "EXTEND_TIMEOUT_USEC=60000000", "a migration may take long");
        assert_eq!(heard(), "READY=1\nSTATUS=serving");
        assert!(site.stop().success());
        assert_eq!((heard(), heard()), ("STOPPING=1".into(), "EXTEND_TIMEOUT_USEC=330000000".into()));
        site.remove().await;
    });
}

#[test]
fn requests_and_jobs_share_one_grace() {
    super::site::on(db::Engine::Sqlite, async |mut site: Running| {
        site.set("CAUSEWAY__SERVER__SHUTDOWN_GRACE", "5s");
        site.start();
        let token = site.token("editor");
        // A request whose body never comes keeps its connection busy.
        let address = site.address.trim_start_matches("http://").to_owned();
        let mut stuck = std::net::TcpStream::connect(&address).unwrap();
        write!(
            stuck,
            "POST /api/v1/publications HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: 99\r\n\r\n"
        )
        .unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let process = site.id();
        let started = std::time::Instant::now();
        rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
        // Background work is told at once, not when the requests are through.
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        assert!(site.findings().iter().any(|finding| {
            finding["subject"] == "nodes"
                && finding["sentence"].as_str().unwrap().starts_with("nobody serves")
        }));
        assert!(started.elapsed().as_secs() < 4, "while the request still holds the process");
        assert!(site.stop().success());
        drop(stuck);
        site.remove().await;
    });
}
