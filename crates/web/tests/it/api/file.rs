//! Files, up and down.

use axum::http::Method;
use db::Db;
use serde_json::json;

use crate::world::World;

#[db::test]
async fn a_file_comes_back_as_it_was_and_is_never_shown_as_a_page(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let upload = "/api/v1/files?tier=public&name=%E1%9E%80%E1%9E%B7%E1%9E%85%E1%9F%92%E1%9E%85.pdf";
    let kept = editor.ask(Method::POST, upload).bytes(b"%PDF-1.7\ntext").await;
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
    let again =
        world.visitor().get(kept.header("location")).header("if-none-match", file.header("etag")).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}

#[db::test]
async fn a_file_that_is_not_what_is_taken_is_refused(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let post = |query: &str| editor.ask(Method::POST, &format!("/api/v1/files?{query}"));
    assert_eq!(post("name=a.svg").bytes(b"<svg onload='alert(1)'/>").await.status, 422);
    assert_eq!(post("name=a.txt&tier=secret").bytes(b"text").await.status, 422);
    assert_eq!(post("").bytes(b"text").await.json()["fields"][0]["name"], "name");
    let large = post("name=a.txt").bytes(&vec![b'a'; (64 << 10) + 1]).await;
    assert_eq!((large.status, &large.json()["code"]), (413, &json!("too-large")));
}
