//! What the API refuses, and how it says so.

use db::Db;
use serde_json::json;

use crate::world::World;

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
    for (query, field) in
        [("limit=many", "limit"), ("limit=0", "limit"), ("limit=201", "limit"), ("after=x", "after")]
    {
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
