//! Files, up and down.

use std::future::IntoFuture as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;

use axum::body::Body;
use axum::http::Method;
use bytes::Bytes;
use db::Db;
use domain::actor::Role;
use domain::file::{self, CHUNK, File, Tier};
use futures_util::stream;
use http_body_util::BodyExt as _;
use serde_json::json;

use crate::world::{UPLOAD_MAX, World};

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
    let large = post("name=a.txt").bytes(&vec![b'a'; usize::try_from(UPLOAD_MAX).unwrap() + 1]).await;
    assert_eq!((large.status, &large.json()["code"]), (413, &json!("too-large")));
}

/// A body that never comes, and calls `asked` when it is waited for.
fn silent(asked: impl Fn() + Send + 'static) -> Body {
    Body::from_stream(stream::poll_fn(move |_| {
        asked();
        Poll::<Option<Result<Bytes, std::io::Error>>>::Pending
    }))
}

#[db::test]
async fn whoever_may_not_upload_is_refused_before_a_byte_is_read(db: Db) {
    let world = World::new(&db).await;
    for (client, status) in [(world.visitor(), 401), (world.auditor(), 403)] {
        let is_read = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&is_read);
        let body = silent(move || seen.store(true, Ordering::Relaxed));
        let upload = client.ask(Method::POST, "/api/v1/files?name=a.txt").body(body);
        let refused = tokio::time::timeout(Duration::from_secs(5), upload.into_future()).await;
        assert_eq!(refused.expect("the body is not waited for").status, status);
        assert!(!is_read.load(Ordering::Relaxed), "{status}");
    }
}

#[db::test]
async fn uploads_hold_no_more_memory_at_once_than_they_may(db: Db) {
    let world = World::with(&db, |settings| settings.max_uploads = UPLOAD_MAX + 2048).await;
    let editor = world.editor();
    let post = || editor.ask(Method::POST, "/api/v1/files?name=a.txt");
    let (reached, mut is_reached) = tokio::sync::mpsc::unbounded_channel();
    // It does not say how long it is, so that it may be as long as the longest.
    let held = post().body(silent(move || reached.send(()).unwrap()));
    let held = tokio::spawn(held.into_future());
    is_reached.recv().await.unwrap();
    let refused = post().header("content-length", "4096").bytes(&[b'a'; 4096]).await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, "1"));
    let small = post().header("content-length", "4").bytes(b"text").await;
    assert_eq!(small.status, 201, "there is room for a small one: {}", small.text());
    held.abort();
    assert!(held.await.is_err());
    let later = post().header("content-length", "4096").bytes(&[b'a'; 4096]).await;
    assert_eq!(later.status, 201, "{}", later.text());
}

async fn kept(world: &World, length: u64) -> File {
    let content = Bytes::from(vec![b'a'; usize::try_from(length).unwrap()]);
    let (app, editor) = (&world.app, world.actor(Role::Editor));
    file::keep(app.db(), app.shelf(), editor, "a.txt", Tier::Public, content).await.unwrap()
}

#[db::test]
async fn whoever_has_a_file_already_costs_no_reading(db: Db) {
    let world = World::new(&db).await;
    let file = kept(&world, 10).await;
    world.app.shelf().remove(&file.digest).await.unwrap();
    let path = format!("/api/v1/files/{}", file.id);
    let again = world.visitor().get(&path).header("if-none-match", &format!("\"{}\"", file.digest)).await;
    assert_eq!(again.status, 304);
    assert_eq!(world.visitor().get(&path).await.status, 500, "whoever has it not learns that it is gone");
}

#[db::test]
async fn a_download_is_read_as_it_is_sent(db: Db) {
    let world = World::new(&db).await;
    let file = kept(&world, 3 * CHUNK).await;
    let path = format!("/api/v1/files/{}", file.id);
    let whole = world.visitor().get(&path).await;
    assert_eq!(whole.bytes, vec![b'a'; whole.bytes.len()]);
    assert_eq!(whole.header("content-length"), (3 * CHUNK).to_string());
    assert_eq!(whole.bytes.len() as u64, 3 * CHUNK);

    let mut body = world.visitor().get(&path).unread().await.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first.len() as u64, CHUNK);
    world.app.shelf().remove(&file.digest).await.unwrap();
    // What the site had not read is not there to be sent; the answer ends in an error and not as if it were whole.
    let mut rest = 0;
    let end = loop {
        match body.frame().await {
            Some(Ok(frame)) => rest += frame.into_data().unwrap().len() as u64,
            end => break end,
        }
    };
    assert!(matches!(end, Some(Err(_))), "it was cut off");
    assert!(rest <= CHUNK, "{rest}");
}
