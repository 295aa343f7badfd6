//! The sealed change log.

use db::Db;
use domain::change::{self, Signer};
use serde_json::json;

use crate::world::{World, masked};

fn signer() -> Signer {
    Signer::from_document(&Signer::generate().unwrap()).unwrap()
}

#[db::test]
async fn the_sealed_log_is_read_by_position(db: Db) {
    let world = World::new(&db).await;
    world.news("Logged").published().await;
    assert_eq!(
        world.auditor().get("/api/v1/changes").await.json()["items"],
        json!([]),
        "nothing is sealed yet"
    );
    let signer = signer();
    while change::seal(&db, &signer, 1000).await.unwrap().is_some() {}
    let all = world.auditor().get("/api/v1/changes").await.json();
    let count = all["items"].as_array().unwrap().len();
    assert_eq!(all["next"], json!(count.to_string()));
    let mut newest = masked(all["items"][count - 1].clone());
    assert_eq!(newest["position"].take(), json!(count), "as many as were sealed");
    insta::allow_duplicates! {
        insta::assert_json_snapshot!(newest, @r#"
    {
      "position": null,
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
    assert_eq!(end, json!({ "items": [], "next": count.to_string() }));
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

#[db::test]
async fn the_history_of_one_thing_is_asked_by_its_reference(db: Db) {
    let world = World::new(&db).await;
    let draft = json!({ "language": "en", "title": { "en": "T" }, "body": { "en": "B" } });
    let made = world.editor().post("/api/v1/publications", &draft).await.json();
    let reference = made["reference"].as_str().unwrap();
    world.editor().post("/api/v1/publications", &draft).await;
    let signer = signer();
    while change::seal(&db, &signer, 1000).await.unwrap().is_some() {}
    let withdrawn = world.editor().delete(&format!("/api/v1/publications/{reference}"));
    assert_eq!(withdrawn.header("if-match", "\"1\"").await.status, 204);
    let path = format!("/api/v1/changes?subject={reference}");
    let history = world.auditor().get(&path).await.json();
    let verbs: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|item| item["verb"].clone()).collect();
    assert_eq!(verbs, ["publication.publish", "publication.withdraw"]);
    assert_eq!(
        (&history["items"][1]["position"], &history["next"]),
        (&json!(null), &json!(history["items"][0]["position"].to_string()))
    );
    let id = history["items"][0]["subject"].as_str().unwrap();
    let by_id = world.auditor().get(&format!("/api/v1/changes?subject={id}&limit=1")).await.json();
    assert_eq!(by_id["items"].as_array().unwrap().len(), 1);
    for (client, subject, status) in [
        (world.auditor(), "nothing", 422),
        (world.editor(), "nothing", 404),
        (world.editor(), reference, 404),
        (world.visitor(), reference, 401),
    ] {
        let answer = client.get(&format!("/api/v1/changes?subject={subject}")).await;
        assert_eq!(answer.status, status, "{subject}");
    }
}
