//! The operator's commands beside a serving process.

use reqwest::Method;
use serde_json::{Value as Json, json};

use super::site::all_bytes;
use super::{Running, each_engine};

#[test]
fn news_is_posted_listed_and_withdrawn() {
    each_engine(async |mut site: Running| {
        site.start();
        let body = site.folder.path().join("body.txt");
        std::fs::write(&body, "ຂໍ້ຄວາມ\n\nອີກຂໍ້ຄວາມ").unwrap();
        let post =
            ["publication", "post", "--language", "lo", "--title", "ຂ່າວ", "--body", body.to_str().unwrap()];
        let reference = site.say(&post).trim().to_owned();
        assert!(site.say(&["publication", "list"]).contains(&format!("{reference}  ")));
        let (status, page) = site.get(&format!("/lo/news/{reference}")).await;
        assert_eq!(status, 200);
        assert!(page.contains("ອີກຂໍ້ຄວາມ"), "{page}");
        site.say(&["publication", "withdraw", &reference]);
        assert_eq!(site.get(&format!("/lo/news/{reference}")).await.0, 404);
        let again = site.run(&["publication", "withdraw", &reference]);
        assert_eq!(again.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&again.stderr).contains("shows what there is"), "{again:?}");
        let wrong = site.run(&["publication", "post", "--title", "x", "--body", "/nowhere"]);
        assert!(String::from_utf8_lossy(&wrong.stderr).contains("/nowhere cannot be read"));
        let empty = site.run(&["publication", "post", "--title", " ", "--body", body.to_str().unwrap()]);
        let sentence = "causeway: Some fields need correction:\n- title: Fill in this field.\n";
        assert_eq!(String::from_utf8_lossy(&empty.stderr), sentence);
        site.remove().await;
    });
}

#[test]
fn a_token_works_until_it_is_revoked() {
    each_engine(async |mut site: Running| {
        site.start();
        let made: Json = serde_json::from_str(&site.say(&[
            "token",
            "create",
            "--account",
            "Feed",
            "--role",
            "editor",
            "--label",
            "feed",
            "--days",
            "3",
            "--json",
        ]))
        .unwrap();
        let token = made["token"].as_str().unwrap();
        assert!(site.publish(token, "one").await);
        let listed: Json = serde_json::from_str(&site.say(&["token", "list", "--json"])).unwrap();
        assert_eq!(listed[0]["account_name"], "Feed");
        assert!(!listed.to_string().contains(&token[5..]), "a token is shown once");
        site.say(&["token", "revoke", made["id"].as_str().unwrap()]);
        assert!(!site.publish(token, "two").await);
        assert!(
            !all_bytes(&site.data()).windows(20).any(|window| window == &token.as_bytes()[5..25]),
            "nor kept"
        );
        site.remove().await;
    });
}

#[test]
fn a_token_is_never_for_another_account_or_role_than_was_asked() {
    each_engine(async |mut site: Running| {
        site.start();
        let create = |account: &str, more: &[&str]| {
            site.run(&[&["token", "create", "--label", "x", "--account", account], more].concat())
        };
        let made = create("Feed", &["--role", "auditor", "--json"]);
        let made: Json = serde_json::from_slice(&made.stdout).unwrap();
        assert_eq!(made["grants"], json!([{ "role": "auditor", "scope": "platform" }]));
        let more = create("Feed", &["--role", "administrator"]);
        assert_eq!((more.status.code(), more.stdout.as_slice()), (Some(1), &b""[..]));
        assert!(
            String::from_utf8_lossy(&more.stderr)
                .contains("has the role auditor, not the role administrator")
        );
        let same = create(" Feed", &["--json"]);
        let same: Json = serde_json::from_slice(&same.stdout).unwrap();
        assert_eq!(same["account"], made["account"]);
        assert_eq!(same["grants"], made["grants"], "the role it has stands");

        let id = made["account"]["id"].as_str().unwrap();
        let by_id = create(id, &["--json"]);
        let by_id: Json = serde_json::from_slice(&by_id.stdout).unwrap();
        assert_eq!(by_id["account"], made["account"]);
        for days in ["0", "3651", "4294967295"] {
            let refused = create("Feed", &["--days", days]);
            assert_eq!(refused.status.code(), Some(2), "{refused:?}");
        }
        let target = match site.database_url() {
            Some(url) => db::Target::Postgres(url.to_owned()),
            None => db::Target::Sqlite(site.data().join("causeway.db")),
        };
        let db = db::Db::open(&db::Settings::new(target)).await.unwrap();
        let operator = domain::actor::Actor::operator();
        domain::account::open(&db, &operator, "Feed", domain::actor::Role::Editor).await.unwrap();
        db.close().await;
        let which = create("Feed", &[]);
        assert_eq!(which.status.code(), Some(1));
        let said = String::from_utf8_lossy(&which.stderr);
        assert!(said.contains("2 accounts are called Feed") && said.contains(id), "{said}");
        site.remove().await;
    });
}

#[test]
fn the_log_is_sealed_verified_and_read_by_auditors() {
    each_engine(async |mut site: Running| {
        site.start();
        let (editor, auditor) = (site.token("editor"), site.token("auditor"));
        for n in 0..5 {
            assert!(site.publish(&editor, &format!("news {n}")).await);
        }
        let mut found = json!(null);
        for _ in 0..100 {
            let answer = site.ask(Method::GET, "/api/v1/changes?limit=100", &auditor, None).await;
            found = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
            if found.to_string().matches("publication.publish").count() == 5 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(found.to_string().matches("publication.publish").count(), 5, "{found}");
        assert!(site.stop().success());
        let verdict: Json = serde_json::from_str(&site.say(&["audit", "verify", "--json"])).unwrap();
        assert_eq!(
            (&verdict["fault"], &verdict["unsealed"]),
            (&json!(null), &json!(0)),
            "all is sealed at the end"
        );
        assert!(verdict["heads"].as_u64().unwrap() >= 1, "{verdict}");
        let head = site.say(&["audit", "head"]);
        assert!(head.contains(verdict["hash"].as_str().unwrap()), "{head}");
        // A head kept outside shows what the database alone would hide.
        let heads = std::fs::read_to_string(site.data().join("heads")).unwrap();
        let forged = heads.replace("\"hash\":\"", "\"hash\":\"0");
        std::fs::write(site.data().join("heads"), forged).unwrap();
        let wrong = site.run(&["audit", "verify"]);
        assert_eq!(wrong.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&wrong.stderr).contains("not as it was written"));
        std::fs::write(site.data().join("heads"), heads).unwrap();
        // What was done to one thing.
        let reference = site.say(&["publication", "list", "--limit", "1"])[..16].to_owned();
        let shown = site.say(&["audit", "show", &reference]);
        assert!(shown.contains("publication.publish  by account") && shown.contains(&reference), "{shown}");
        let shown: Json = serde_json::from_str(&site.say(&["audit", "show", &reference, "--json"])).unwrap();
        let id = shown[0]["subject"].as_str().unwrap();
        assert!(site.say(&["audit", "show", id]).contains(&reference));
        assert_eq!(site.run(&["audit", "show", "N20200101-000000"]).status.code(), Some(1));
        assert_eq!(site.run(&["audit", "show", "nothing"]).status.code(), Some(2));
        let stranger = site.run(&["audit", "trust", "abc"]);
        assert!(String::from_utf8_lossy(&stranger.stderr).contains("64 hexadecimal digits"));
        site.remove().await;
    });
}

#[test]
fn doctor_finds_nothing_wrong_with_a_healthy_site_and_says_what_is() {
    each_engine(async |mut site: Running| {
        let before = site.run(&["doctor"]);
        assert_eq!(before.status.code(), Some(1), "there is no data folder yet");
        site.start();
        let findings = site.findings();
        let find = |subject: &str| {
            let found = findings.iter().find(|finding| finding["subject"] == subject);
            found.unwrap_or_else(|| panic!("{subject} was not looked at: {findings:?}"))
        };
        let level = |subject: &str| find(subject)["level"].as_str().unwrap().to_owned();
        for subject in ["folder", "database", "schema", "clock", "jobs", "change-log", "nodes", "files"] {
            assert_eq!(level(subject), "good", "{findings:?}");
        }
        assert_eq!((level("address").as_str(), level("backup").as_str()), ("warning", "warning"));
        if site.database_url().is_some() {
            // The tests' PostgreSQL runs without fsync.
            assert!(find("server")["sentence"].as_str().unwrap().contains("fsync is off"));
        } else {
            assert_eq!(level("soundness"), "good");
        }
        std::fs::set_permissions(site.data(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let open = site.run(&["doctor"]);
        assert_eq!(open.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&open.stdout).contains("chmod 0700"));
        site.remove().await;
    });
}

#[test]
fn a_support_bundle_holds_no_secret() {
    each_engine(async |mut site: Running| {
        site.set("CAUSEWAY__STORAGE__S3__ACCESS_KEY", "the-key");
        site.set("CAUSEWAY__STORAGE__S3__SECRET_KEY", "hunter2-hunter2");
        site.start();
        let token = site.token("editor");
        site.publish(&token, "A title that is nobody's business").await;
        let path = site.folder.path().join("bundle.tar.zst");
        let said = site.say(&["support-bundle", "-o", path.to_str().unwrap()]);
        assert!(said.contains("doctor.json"), "{said}");
        let content = zstd::decode_all(std::fs::File::open(&path).unwrap()).unwrap();
        let text = String::from_utf8_lossy(&content);
        assert!(text.contains("\"jobs.workers\"") && text.contains("\"schema\""));
        for secret in ["hunter2", &token, "nobody's business"] {
            assert!(!text.contains(secret), "{secret}");
        }
        site.remove().await;
    });
}

#[test]
fn a_backup_made_while_serving_restores_into_a_new_folder() {
    each_engine(async |mut site: Running| {
        site.start();
        let token = site.token("editor");
        assert!(site.publish(&token, "kept").await);
        let path = site.folder.path().join("now.tar.zst");
        site.say(&["backup", "-o", path.to_str().unwrap()]);
        assert!(site.publish(&token, "too late").await);
        site.say(&["verify", path.to_str().unwrap()]);
        assert!(site.stop().success());
        let again = site.folder.path().join("again");
        site.say(&["restore", path.to_str().unwrap(), "--to", again.to_str().unwrap()]);
        site.set("CAUSEWAY__DATA__FOLDER", again.to_str().unwrap());
        site.environment.retain(|(name, _)| name != "CAUSEWAY__DATABASE__URL");
        site.start();
        let (_, page) = site.get("/en").await;
        assert!(page.contains("kept") && !page.contains("too late"), "{page}");
        assert!(site.publish(&token, "goes on").await, "the token was restored too");
        site.remove().await;
    });
}

#[test]
fn jobs_are_run_listed_and_shown() {
    each_engine(async |mut site: Running| {
        site.start();
        let id = site.say(&["job", "run", "backup.make"]).trim().to_owned();
        let started = std::time::Instant::now();
        loop {
            let job: Json = serde_json::from_str(&site.say(&["job", "show", &id])).unwrap();
            if job["state"] == "done" {
                break;
            }
            assert!(started.elapsed().as_secs() < 30, "{job}");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert_eq!(std::fs::read_dir(site.data().join("backups")).unwrap().count(), 1);
        assert!(site.say(&["job", "list", "--state", "done"]).contains("backup.make"));
        let ended = site.run(&["job", "stop", &id]);
        assert_eq!(ended.status.code(), Some(1));
        let routes: Json = serde_json::from_str(&site.say(&["routes", "--json"])).unwrap();
        assert!(routes.as_array().unwrap().iter().any(|route| route["name"] == "home"));
        assert!(site.say(&["routes"]).contains("/health/ready"));
        site.remove().await;
    });
}
