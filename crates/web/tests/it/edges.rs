//! What is kept out, and what is said of it: other sites, other hosts, too much, too often, and a database that cannot.

use std::time::Duration;

use axum::http::Method;
use db::Db;
use serde_json::json;

use crate::world::{BASE_URL, World};

fn draft() -> serde_json::Value {
    json!({ "language": "en", "title": { "en": "T" }, "body": { "en": "B" } })
}

#[db::test]
async fn every_answer_tells_the_browser_what_it_may_not_do(db: Db) {
    let world = World::with(&db, |settings| settings.base_url = "https://causeway.test".to_owned()).await;
    for path in ["/en", "/en/nowhere", "/", "/api/v1", "/api/v1/nothing", "/robots.txt", "/health/ready"] {
        let answer = world.visitor().get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"), "{path}");
        assert_eq!(answer.header("x-request-id").len(), 32, "{path}");
        assert!(answer.headers.get("server").is_none() && answer.headers.get("set-cookie").is_none());
    }
    let plain = World::new(&db).await;
    assert_eq!(plain.visitor().get("/en").await.header("strict-transport-security"), "");
}

#[db::test]
async fn a_page_of_another_site_changes_nothing(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let refused = editor.post("/api/v1/publications", &draft()).header(name, value).await;
        assert_eq!((refused.status, &refused.json()["code"]), (403, &json!("cross-site")), "{name}: {value}");
    }
    assert_eq!(world.visitor().get("/api/v1/publications").await.json()["items"], json!([]));
    let own = editor.post("/api/v1/publications", &draft()).header("origin", BASE_URL);
    assert_eq!(own.header("sec-fetch-site", "same-origin").await.status, 201);
    let read = world.visitor().get("/en").header("sec-fetch-site", "cross-site").await;
    assert_eq!(read.status, 200, "a link from elsewhere is followed");
}

#[db::test]
async fn another_host_is_not_served(db: Db) {
    let world = World::with(&db, |settings| settings.listen = Some("127.0.0.1:8080".parse().unwrap())).await;
    let visitor = world.visitor();
    for other in ["evil.example", "causeway.test.evil.example", "causeway.test:81", "127.0.0.1"] {
        let answer = visitor.get("/en").header("host", other).await;
        assert_eq!(answer.status, 421, "{other}");
        assert!(!answer.text().contains(other), "it is not echoed");
    }
    for own in ["causeway.test", "Causeway.Test", "127.0.0.1:8080", "localhost:8080"] {
        assert_eq!(visitor.get("/en").header("host", own).await.status, 200, "{own}");
    }
    let health = visitor.get("/health/live").header("host", "10.1.2.3").await;
    assert_eq!(health.status, 200, "a balancer asks by whatever address it has");
}

#[db::test]
async fn nothing_in_a_request_leads_a_browser_off_the_site(db: Db) {
    let world = World::new(&db).await;
    let evils = [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "%2f%2fevil.example",
        "javascript:alert(1)",
    ];
    for evil in evils {
        for name in ["next", "return", "url", "redirect", "after"] {
            for path in ["/", "/favicon.ico", "/en"] {
                let answer =
                    world.visitor().get(&format!("{path}?{name}={}", evil.replace('\\', "%5c"))).await;
                let location = answer.header("location");
                assert!(
                    location.is_empty() || location.starts_with('/') && !location.starts_with("//"),
                    "{location}"
                );
            }
        }
    }
    let answer = world.visitor().get("//evil.example/").await;
    assert!(answer.header("location").is_empty());
}

#[db::test]
async fn too_much_is_refused_before_it_is_read(db: Db) {
    let world = World::with(&db, |settings| settings.max_body = 1000).await;
    let large = json!({ "language": "en", "title": { "en": "x".repeat(2000) }, "body": {} });
    let refused = world.editor().post("/api/v1/publications", &large).await;
    assert_eq!((refused.status, &refused.json()["code"]), (413, &json!("too-large")));
    let declared =
        world.editor().post("/api/v1/publications", &draft()).header("content-length", "1001").await;
    assert_eq!(declared.status, 413, "its declared length is enough");
}

#[db::test]
async fn whoever_writes_too_often_waits(db: Db) {
    let world = World::with(&db, |settings| settings.writes_per_minute = 3).await;
    let editor = world.editor();
    for _ in 0..3 {
        assert_eq!(editor.post("/api/v1/publications", &draft()).await.status, 201);
    }
    let refused = editor.post("/api/v1/publications", &draft()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, "20"));
    assert_eq!(editor.get("/api/v1/publications").await.status, 200, "reading goes on");
    assert_eq!(world.administrator().post("/api/v1/publications", &draft()).await.status, 201, "others too");
    world.pass(20);
    assert_eq!(editor.post("/api/v1/publications", &draft()).await.status, 201);

    let statuses: Vec<u16> = futures_statuses(&world).await;
    assert_eq!(statuses, [401, 401, 401, 429], "guesses at tokens are counted by address");
}

#[db::test]
async fn an_ipv6_network_is_one_client(db: Db) {
    let world = World::with(&db, |settings| {
        settings.writes_per_minute = 2;
        settings.trusts = std::sync::Arc::new(|address| address.is_loopback());
    })
    .await;
    let guess =
        async |from: &str| world.stranger().get("/api/v1/jobs").header("x-forwarded-for", from).await.status;
    assert_eq!(guess("2001:db8:1:2::1").await, 401);
    assert_eq!(guess("2001:db8:1:2::2").await, 401);
    assert_eq!(guess("2001:db8:1:2:ffff::3").await, 429, "another address of the same network");
    assert_eq!(guess("2001:db8:1:3::1").await, 401, "another network");
}

async fn futures_statuses(world: &World) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(world.stranger().get("/api/v1/jobs").await.status);
    }
    statuses
}

#[db::test]
async fn a_body_that_does_not_come_is_not_waited_for(db: Db) {
    let world = World::with(&db, |settings| settings.request_timeout = Duration::from_millis(50)).await;
    let silent = axum::body::Body::from_stream(futures_util::stream::pending::<
        Result<bytes::Bytes, std::io::Error>,
    >());
    let answer = world.editor().post("/api/v1/publications", &draft()).body(silent).await;
    assert_eq!((answer.status, &answer.json()["code"]), (408, &json!("timed-out")));
}

#[db::test]
async fn one_request_too_many_is_told_to_come_back(db: Db) {
    let world = World::with(&db, |settings| settings.max_in_flight = 1).await;
    let (reached, is_reached) = tokio::sync::oneshot::channel();
    let mut reached = Some(reached);
    // A body that tells when it is waited for, which is once its request has been let in; and never comes.
    let silent = axum::body::Body::from_stream(futures_util::stream::poll_fn(move |_| {
        reached.take().map(|reached| reached.send(()));
        std::task::Poll::<Option<Result<bytes::Bytes, std::io::Error>>>::Pending
    }));
    let held = world.editor().post("/api/v1/publications", &draft()).body(silent);
    let held = tokio::spawn(async move { held.await.status });
    is_reached.await.unwrap();
    for locale in i18n::Locale::ALL {
        let tag = locale.tag();
        let answer = world.visitor().get(&format!("/{tag}")).await;
        assert_eq!(
            (answer.status, answer.header("retry-after"), answer.header("content-language")),
            (503, "1", tag)
        );
        assert!(
            answer.text().contains(&format!("<html lang=\"{tag}\"")) && answer.bytes.len() < 1200,
            "{tag}"
        );
    }
    let api = world.visitor().get("/api/v1/publications").await;
    assert_eq!((api.status, api.header("retry-after"), &api.json()["code"]), (503, "1", &json!("busy")));
    assert_eq!(world.visitor().get("/health/live").await.status, 200);
    held.abort();
    held.await.unwrap_err();
    assert_eq!(world.visitor().get("/en").await.status, 200);
}

#[db::test]
async fn without_its_database_the_site_says_so_and_lives(db: Db) {
    let world = World::new(&db).await;
    db.close().await;
    let page = world.visitor().get("/lo").await;
    assert_eq!((page.status, page.header("retry-after"), page.header("content-language")), (503, "5", "lo"));
    let api = world.visitor().get("/api/v1/publications").await;
    assert_eq!((api.status, &api.json()["code"]), (503, &json!("unavailable")));
    assert_eq!(world.visitor().get("/health/live").await.status, 200);
    assert_eq!(world.visitor().get("/robots.txt").await.status, 200);
}

#[db::test]
async fn the_wrong_method_is_told_the_right_ones(db: Db) {
    let world = World::new(&db).await;
    let refused = world.visitor().ask(Method::PUT, "/api/v1/publications").await;
    assert_eq!((refused.status, refused.header("content-type")), (405, "application/problem+json"));
    assert_eq!(refused.header("allow"), "GET,HEAD,POST");
    let head = world.visitor().ask(Method::HEAD, "/en").await;
    assert_eq!((head.status, head.bytes.len()), (200, 0));
}
