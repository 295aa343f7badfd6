//! `Idempotency-Key`: sent twice, carried out once.

use std::future::IntoFuture as _;

use db::Db;
use serde_json::json;

use crate::world::{Asking, Client, World};

fn draft(title: &str) -> serde_json::Value {
    json!({ "language": "en", "title": { "en": title }, "body": { "en": "B" } })
}

fn publish(client: &Client, key: &str, title: &str) -> Asking {
    client.post("/api/v1/publications", &draft(title)).header("idempotency-key", key)
}

async fn count(world: &World) -> usize {
    let list = world.visitor().get("/api/v1/publications?limit=200").await.json();
    list["items"].as_array().unwrap().len()
}

#[db::test]
async fn what_is_sent_again_is_answered_again_and_carried_out_once(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let first = publish(&editor, "a", "One").await;
    let again = publish(&editor, "a", "One").await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.json(), again.json());
    for name in ["location", "etag", "content-type"] {
        assert_eq!(first.header(name), again.header(name), "{name}");
    }
    assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), ("", "true"));
    assert_eq!(count(&world).await, 1);
    let other = publish(&editor, "a", "Two").await;
    assert_eq!((other.status, other.json()["code"].clone()), (422, json!("once-other-request")));
    let theirs = publish(&world.administrator(), "a", "Two").await;
    assert_eq!(theirs.status, 201, "keys are each account's own");
    assert_eq!(count(&world).await, 2);
}

#[db::test]
async fn a_refusal_is_not_kept(db: Db) {
    let world = World::new(&db).await;
    let refused = publish(&world.editor(), "a", "").await;
    assert_eq!(refused.status, 422);
    let corrected = publish(&world.editor(), "a", "One").await;
    assert_eq!(corrected.status, 201, "{}", corrected.text());
    for key in ["", &"k".repeat(256)] {
        let refused = publish(&world.editor(), key, "One").await;
        assert_eq!(refused.json()["fields"][0]["name"], "Idempotency-Key");
    }
    assert_eq!(publish(&world.visitor(), "v", "One").await.status, 401);
    assert_eq!(publish(&world.stranger(), "v", "One").await.status, 401);
}

#[db::test]
async fn of_several_at_once_one_is_carried_out(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let sent = (0..6).map(|_| publish(&editor, "a", "One").into_future());
    let answers = futures_util::future::join_all(sent).await;
    for answer in &answers {
        let running = answer.status == 409 && answer.json()["code"] == "once-running";
        assert!(answer.status == 201 || running, "{} {}", answer.status, answer.text());
    }
    assert!(answers.iter().any(|answer| answer.status == 201));
    assert_eq!(count(&world).await, 1);
}

#[db::test]
async fn uploads_have_keys_too_and_are_told_apart_by_their_bytes(db: Db) {
    let world = World::new(&db).await;
    let upload = |bytes: &'static [u8]| {
        let path = "/api/v1/files?name=a.txt";
        world.editor().ask(axum::http::Method::POST, path).header("idempotency-key", "f").bytes(bytes)
    };
    let (first, again, other) = (upload(b"text").await, upload(b"text").await, upload(b"other").await);
    assert_eq!((first.status, again.status, other.status), (201, 201, 422));
    assert_eq!(first.json()["id"], again.json()["id"]);
}
