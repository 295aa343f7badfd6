//! The JSON API: its shapes, its versions, its pages and its refusals.

use db::Db;
use domain::change::{self, Signer};
use domain::job::{self, Job};
use i18n::Locale;
use serde_json::json;

use crate::world::World;

fn signer() -> Signer {
    Signer::from_document(&Signer::generate().unwrap()).unwrap()
}

#[db::test]
async fn the_programme_says_what_answers_and_where_the_rest_is(db: Db) {
    let world = World::new(&db).await;
    let mut body = world.visitor().get("/api/v1").await.json();
    body["release"] = json!("[release]");
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(body, @r#"
    {
      "name": "Causeway Test",
      "release": "[release]",
      "languages": [
        "en",
        "zh-Hans",
        "th",
        "lo",
        "km",
        "my",
        "vi",
        "ms",
        "id",
        "fil"
      ],
      "links": {
        "site": "http://causeway.test",
        "publications": "/api/v1/publications",
        "publications_export": "/api/v1/publications.ndjson"
      }
    }
    "#);
    }
}

#[db::test]
async fn news_is_published_read_and_withdrawn(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let draft = json!({
        "language": "km",
        "title": { "km": "កម្មវិធី", "en": "Programme" },
        "body": { "km": "អត្ថបទ", "en": "Text" },
    });
    let made = editor.post("/api/v1/publications", &draft).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let location = made.header("location").to_owned();
    assert_eq!(location, format!("/api/v1/publications/{}", made.json()["reference"].as_str().unwrap()));
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(made.shape(), @r#"
    {
      "reference": "N20261123-[6]",
      "language": "km",
      "published_at": "2026-11-23T08:00:00Z",
      "version": 1,
      "title": {
        "en": "Programme",
        "km": "កម្មវិធី"
      },
      "body": {
        "en": "Text",
        "km": "អត្ថបទ"
      },
      "url": "http://causeway.test/km/news/N20261123-[6]"
    }
    "#);
    }

    let read = world.visitor().get(&location).await;
    assert_eq!((read.status, read.header("etag")), (200, "\"1\""));
    assert_eq!(read.json(), made.json());
    let again = world.visitor().get(&location).header("if-none-match", "\"1\"").await;
    assert_eq!((again.status, again.header("etag"), again.text()), (304, "\"1\"", ""));

    assert_eq!(editor.delete(&location).await.status, 428);
    assert_eq!(editor.delete(&location).header("if-match", "\"9\"").await.status, 412);
    assert_eq!(editor.delete(&location).header("if-match", "\"1\"").await.status, 204);
    assert_eq!(world.visitor().get(&location).await.status, 404);
    assert_eq!(editor.delete(&location).header("if-match", "*").await.status, 404);
}

#[db::test]
async fn a_list_is_read_in_pages_without_gaps(db: Db) {
    let world = World::new(&db).await;
    for n in 0..7 {
        world.news(&format!("News {n}")).published().await;
    }
    let mut titles = Vec::new();
    let mut path = "/api/v1/publications?limit=3".to_owned();
    loop {
        let page = world.visitor().get(&path).await.json();
        titles.extend(page["items"].as_array().unwrap().iter().map(|item| item["title"]["en"].clone()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/v1/publications?limit=3&after={next}");
    }
    let expected: Vec<_> = (0..7).rev().map(|n| json!(format!("News {n}"))).collect();
    assert_eq!(titles, expected);
}

#[db::test]
async fn the_export_has_a_line_for_everything_public(db: Db) {
    let world = World::new(&db).await;
    // More than one page of the database.
    for n in 0..203 {
        world.news(&format!("News {n}")).published().await;
    }
    let export = world.visitor().get("/api/v1/publications.ndjson").await;
    assert_eq!(export.header("content-type"), "application/x-ndjson");
    let lines: Vec<serde_json::Value> =
        export.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 203);
    assert_eq!(lines[0]["title"]["en"], "News 202");
    assert_eq!(lines[202]["title"]["en"], "News 0");
}

#[db::test]
async fn a_refusal_names_every_field_in_the_readers_language(db: Db) {
    let world = World::new(&db).await;
    let draft = json!({ "language": "en", "title": { "en": " " }, "body": { "en": "x".repeat(20_001) } });
    let refused = world.editor().post("/api/v1/publications", &draft).await;
    assert_eq!((refused.status, refused.header("content-type")), (422, "application/problem+json"));
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(refused.shape(), @r#"
    {
      "type": "urn:causeway:problem:invalid",
      "title": "Some fields need correction",
      "status": 422,
      "code": "invalid",
      "detail": "The fields concerned are marked. Correct them and send again.",
      "request": "[id]",
      "fields": [
        {
          "name": "title",
          "code": "required",
          "message": "Fill in this field."
        },
        {
          "name": "body",
          "code": "too-long",
          "message": "Use at most 20,000 characters."
        }
      ]
    }
    "#);
    }
    assert_eq!(refused.json()["request"], refused.header("x-request-id"));

    let vietnamese =
        world.editor().post("/api/v1/publications", &draft).header("accept-language", "vi").await;
    assert_eq!(vietnamese.header("content-language"), "vi");
    assert_ne!(vietnamese.json()["title"], refused.json()["title"]);
}

#[db::test]
async fn what_cannot_be_read_is_refused_where_it_lies(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let cases = [
        (json!({ "language": "xx", "title": {}, "body": {} }), "language"),
        (json!({ "language": "en", "title": { "tlh": "a" }, "body": {} }), "title.tlh"),
        (json!({ "language": "en", "title": { "en": 5 }, "body": {} }), "title.en"),
        (json!({ "language": "en", "title": "a", "body": {} }), "title"),
    ];
    for (draft, field) in cases {
        let refused = editor.post("/api/v1/publications", &draft).await;
        assert_eq!(refused.status, 422, "{field}");
        assert_eq!(refused.json()["fields"][0]["name"], field);
    }
    for (query, field) in [("limit=many", "limit"), ("limit=0", "limit"), ("limit=201", "limit"), ("after=x", "after")] {
        let refused = world.visitor().get(&format!("/api/v1/publications?{query}")).await;
        assert_eq!(refused.status, 422, "{query}");
        assert_eq!(refused.json()["fields"][0]["name"], field, "{query}");
    }
    let broken = editor.post("/api/v1/publications", &json!(null)).body("{\"language\": ").await;
    assert_eq!((broken.status, &broken.json()["code"]), (400, &json!("not-json")));
    let form = editor.post("/api/v1/publications", &json!({})).header("content-type", "text/plain").await;
    assert_eq!((form.status, &form.json()["code"]), (415, &json!("media-type")));
}

#[db::test]
async fn nobody_is_told_more_by_a_token_that_does_not_work(db: Db) {
    let world = World::new(&db).await;
    for header in ["Bearer nonsense", "Bearer", "Basic dXNlcjpwYXNz", "Bearer cway_AAAA"] {
        let refused = world.visitor().get("/api/v1/jobs").header("authorization", header).await;
        assert_eq!((refused.status, &refused.json()["code"]), (401, &json!("bad-token")), "{header}");
        assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"causeway\"");
    }
}

#[db::test]
async fn the_sealed_log_is_read_by_position(db: Db) {
    let world = World::new(&db).await;
    world.news("Logged").published().await;
    assert_eq!(world.auditor().get("/api/v1/changes").await.json()["items"], json!([]), "nothing is sealed yet");
    let signer = signer();
    while change::seal(&db, &signer, 1000).await.unwrap().is_some() {}
    let all = world.auditor().get("/api/v1/changes").await.json();
    let count = all["items"].as_array().unwrap().len();
    assert_eq!(all["next"], json!(count));
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(crate::world::masked(all["items"][count - 1].clone()), @r#"
    {
      "position": 7,
      "id": "[id]",
      "at": "2026-11-23T08:00:01Z",
      "actor_kind": "account",
      "actor": "[id]",
      "behalf": null,
      "verb": "publication.publish",
      "subject_kind": "publication",
      "subject": "[id]",
      "before": null,
      "after": {
        "reference": "N20261123-[6]",
        "language": "en"
      },
      "request": null
    }
    "#);
    }
    let after = world.administrator().get(&format!("/api/v1/changes?after={}", count - 1)).await.json();
    assert_eq!(after["items"].as_array().unwrap().len(), 1);
    let end = world.administrator().get(&format!("/api/v1/changes?after={count}")).await.json();
    assert_eq!(end, json!({ "items": [], "next": count }));
}

#[db::test]
async fn a_change_carries_the_number_of_its_request(db: Db) {
    let world = World::new(&db).await;
    let draft = json!({ "language": "en", "title": { "en": "T" }, "body": { "en": "B" } });
    let made = world.editor().post("/api/v1/publications", &draft).await;
    let signer = signer();
    while change::seal(&db, &signer, 1000).await.unwrap().is_some() {}
    let log = world.auditor().get("/api/v1/changes").await.json();
    let last = log["items"].as_array().unwrap().last().unwrap();
    assert_eq!(last["request"], made.header("x-request-id"));
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Idle {}

impl Job for Idle {
    const KIND: &'static str = "test.idle";
}

#[db::test]
async fn a_job_is_stopped_and_run_again(db: Db) {
    let world = World::new(&db).await;
    let system = domain::actor::Actor::system();
    let id = db.write(async |tx| job::enqueue(&tx, &system, &Idle {}, tx.now()).await).await.unwrap();
    let administrator = world.administrator();
    let path = format!("/api/v1/jobs/{id}");
    let jobs = administrator.get("/api/v1/jobs").await.shape();
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(jobs, @r#"
    {
      "items": [
        {
          "id": "[id]",
          "kind": "test.idle",
          "state": "queued",
          "run_at": "2026-11-23T08:00:00Z",
          "attempts": 0,
          "worker": null,
          "stop_asked": false,
          "step": 0,
          "steps": null,
          "error": null,
          "request": null,
          "made_at": "2026-11-23T08:00:00Z",
          "ended_at": null
        }
      ]
    }
    "#);
    }
    assert_eq!(administrator.ask(axum::http::Method::POST, &format!("{path}/runs")).await.status, 409);
    let stopped = administrator.delete(&path).await;
    assert_eq!((stopped.status, &stopped.json()["state"]), (202, &json!("stopped")));
    assert_eq!(administrator.get("/api/v1/jobs?state=stopped").await.json()["items"][0]["id"], json!(id));
    let again = administrator.ask(axum::http::Method::POST, &format!("{path}/runs")).await;
    assert_eq!((again.status, &again.json()["state"]), (202, &json!("queued")));
    assert_eq!(administrator.get("/api/v1/jobs?state=lost").await.status, 422);
    assert_eq!(administrator.get("/api/v1/jobs/not-an-id").await.status, 404);
}

#[db::test]
async fn a_file_comes_back_as_it_was_and_is_never_shown_as_a_page(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let upload = "/api/v1/files?tier=public&name=%E1%9E%80%E1%9E%B7%E1%9E%85%E1%9F%92%E1%9E%85.pdf";
    let kept = editor.ask(axum::http::Method::POST, upload).bytes(b"%PDF-1.7\ntext").await;
    assert_eq!(kept.status, 201, "{}", kept.text());
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(kept.shape(), @r#"
    {
      "id": "[id]",
      "digest": "[id]",
      "bytes": 13,
      "media_type": "application/pdf",
      "name": "កិច្ច.pdf",
      "tier": "public",
      "made_at": "2026-11-23T08:00:00Z"
    }
    "#);
    }
    let file = world.visitor().get(kept.header("location")).await;
    assert_eq!(file.bytes, b"%PDF-1.7\ntext");
    assert_eq!(file.header("content-type"), "application/pdf");
    assert_eq!(file.header("x-content-type-options"), "nosniff");
    assert!(file.header("content-security-policy").contains("sandbox"));
    let name = "attachment; filename*=UTF-8''%E1%9E%80%E1%9E%B7%E1%9E%85%E1%9F%92%E1%9E%85.pdf";
    assert_eq!(file.header("content-disposition"), name);
    let again = world.visitor().get(kept.header("location")).header("if-none-match", file.header("etag")).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}

#[db::test]
async fn a_file_that_is_not_what_is_taken_is_refused(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let post = |query: &str| editor.ask(axum::http::Method::POST, &format!("/api/v1/files?{query}"));
    assert_eq!(post("name=a.svg").bytes(b"<svg onload='alert(1)'/>").await.status, 422);
    assert_eq!(post("name=a.txt&tier=secret").bytes(b"text").await.status, 422);
    assert_eq!(post("").bytes(b"text").await.json()["fields"][0]["name"], "name");
    let large = post("name=a.txt").bytes(&vec![b'a'; (64 << 10) + 1]).await;
    assert_eq!((large.status, &large.json()["code"]), (413, &json!("too-large")));
}

#[db::test]
async fn texts_come_in_every_language_they_have(db: Db) {
    let world = World::new(&db).await;
    let publication = world.news("One").text(Locale::Lo, "ໜຶ່ງ", "ຂ່າວ").published().await;
    let body = world.visitor().get(&format!("/api/v1/publications/{}", publication.reference)).await.json();
    assert_eq!(body["title"], json!({ "en": "One", "lo": "ໜຶ່ງ" }));
}
