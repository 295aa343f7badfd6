//! Whose signatures are believed, and what is sealed at the end.

use serde_json::{Value as Json, json};

use super::{Running, each_engine};

/// Two nodes of one installation, and somebody who can write to the database and nowhere else.
#[test]
fn a_node_believes_another_when_its_operator_says_so_and_nobody_for_what_the_database_says() {
    each_engine(async |mut site: Running| {
        site.start();
        let token = site.token("editor");
        assert!(site.publish(&token, "by the first node").await);
        assert!(site.stop().success());
        let mine = site.data().join("keys/audit.pkcs8");
        let own: Json = serde_json::from_str(&site.say(&["audit", "keys", "--json"])).unwrap();
        assert_eq!(
            (own[0]["state"].as_str(), own[0]["has_signed"].as_bool()),
            (Some("believed"), Some(true))
        );
        // The second node: another key, and the same database.
        let (trusted, kept) = (site.data().join("keys/audit-trusted"), std::fs::read(&mine).unwrap());
        let believed = std::fs::read(&trusted).unwrap();
        std::fs::remove_file(&mine).unwrap();
        std::fs::remove_file(&trusted).unwrap();
        site.start();
        assert!(site.publish(&token, "by the second node").await);
        assert!(site.stop().success());
        std::fs::write(&mine, kept).unwrap();
        std::fs::write(&trusted, &believed).unwrap();
        // Back on the first node, which is told what to do.
        let keys: Json = serde_json::from_str(&site.say(&["audit", "keys", "--json"])).unwrap();
        let other = keys.as_array().unwrap().iter().find(|key| key["state"] == "waiting").unwrap();
        let key = other["key"].as_str().unwrap();
        let wrong = site.run(&["audit", "verify"]);
        let said = String::from_utf8_lossy(&wrong.stderr);
        assert!(
            wrong.status.code() == Some(1) && said.contains(key) && said.contains("audit trust"),
            "{said}"
        );
        let finding = |site: &Running| {
            site.findings().into_iter().find(|finding| finding["subject"] == "audit-keys").unwrap()
        };
        let found = finding(&site);
        assert_eq!(found["level"], "warning");
        assert!(
            found["sentence"].as_str().unwrap().contains(&format!("causeway audit trust {key}")),
            "{found}"
        );
        site.say(&["audit", "trust", key]);
        assert!(site.say(&["audit", "verify"]).contains("as it was written"));
        assert_eq!(finding(&site)["level"], "good");
        // A key that somebody has put into the database alone.
        let target = match site.database_url() {
            Some(url) => db::Target::Postgres(url.to_owned()),
            None => db::Target::Sqlite(site.data().join("causeway.db")),
        };
        let db = db::Db::open(&db::Settings::new(target)).await.unwrap();
        let forger = domain::change::Signer::generate().unwrap();
        let forger = domain::change::Signer::from_document(&forger).unwrap();
        domain::node::announce_key(&db, "node-3", &forger.public_key()).await.unwrap();
        while domain::change::seal(&db, &forger, 1000).await.unwrap().is_some() {}
        db.close().await;
        assert_eq!(site.run(&["audit", "verify"]).status.code(), Some(1), "no row makes a key believed");
        assert_eq!(finding(&site)["level"], "warning");
        site.remove().await;
    });
}

/// A request that was begun before the end and is answered after the sealer's last round.
#[test]
fn what_the_last_request_changes_is_sealed_before_the_end() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    each_engine(async |mut site: Running| {
        site.start();
        let token = site.token("editor");
        let address = site.address.trim_start_matches("http://").to_owned();
        let body = json!({ "language": "en", "title": { "en": "the last" }, "body": { "en": "A text." } })
            .to_string();
        let mut slow = tokio::net::TcpStream::connect(&address).await.unwrap();
        let head = format!(
            "POST /api/v1/publications HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\ncontent-type: \
             application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        slow.write_all(head.as_bytes()).await.unwrap();
        slow.write_all(&body.as_bytes()[..10]).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        rustix::process::kill_process(site.id(), rustix::process::Signal::TERM).unwrap();
        // Long enough for every round of the sealer that there will be.
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        slow.write_all(&body.as_bytes()[10..]).await.unwrap();
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        assert!(site.wait().success());
        let verdict: Json = serde_json::from_str(&site.say(&["audit", "verify", "--json"])).unwrap();
        assert_eq!((&verdict["fault"], &verdict["unsealed"]), (&json!(null), &json!(0)));
        let shown = site.say(&["audit", "show", &answer[answer.find("N2").unwrap()..][..16]]);
        assert!(!shown.contains("unsealed"), "{shown}");
        site.remove().await;
    });
}
