//! What whoever runs the machine sees: health with reasons, and figures.

use db::Db;
use serde_json::json;

use crate::world::World;

#[db::test]
async fn readiness_follows_the_conditions_and_names_the_reasons(db: Db) {
    let world = World::new(&db).await;
    let visitor = world.visitor();
    assert_eq!(visitor.get("/health/ready").await.status, 200);
    world.app.health().set("disk", Err("only 3 MiB are free".to_owned()));
    world.app.health().set("database", Ok(()));
    let refused = visitor.get("/health/ready").await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, "2"));
    let mut body = refused.json();
    body["release"] = json!("[release]");
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(body, @r#"
        {
          "ready": false,
          "phase": "serving",
          "release": "[release]",
          "conditions": [
            {
              "name": "database",
              "ok": true
            },
            {
              "name": "disk",
              "ok": false,
              "reason": "only 3 MiB are free"
            }
          ]
        }
        "#);
    }
    world.app.health().set("disk", Ok(()));
    assert_eq!(visitor.get("/health/ready").await.status, 200);
    world.app.health().draining();
    assert_eq!(visitor.get("/health/ready").await.json()["phase"], "draining");
    assert_eq!(visitor.get("/health/live").await.status, 200);
    assert_eq!(visitor.get("/en").await.status, 200, "what is sent all the same is answered");
}

#[db::test]
async fn figures_name_routes_and_never_paths(db: Db) {
    let world = World::new(&db).await;
    let jobs = world.app.metrics().gauge("causeway_jobs_due", "Jobs whose time has come.");
    jobs.set(4);
    let news = world.news("Counted").published().await;
    world.visitor().get(&format!("/en/news/{}", news.reference)).await;
    world.visitor().get("/en/nowhere/at-all").await;
    let text = world.app.metrics().text();
    for line in [
        "causeway_http_requests_total{route=\"news\",class=\"2xx\"} 1",
        "causeway_http_requests_total{route=\"none\",class=\"4xx\"} 1",
        "causeway_http_request_duration_seconds_count{route=\"news\"} 1",
        "causeway_http_requests_in_flight 0",
        "causeway_jobs_due 4",
        "# HELP causeway_jobs_due Jobs whose time has come.",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    assert!(!text.contains(news.reference.as_str()) && !text.contains("nowhere"));
}
