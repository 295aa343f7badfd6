//! The programme and its publications as JSON.

use db::Db;
use i18n::Locale;
use serde_json::json;

use crate::world::World;

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
        "programme": "/api/v1/programme",
        "countries": "/api/v1/countries",
        "publications": "/api/v1/publications",
        "publications_export": "/api/v1/publications.ndjson",
        "openapi": "/api/openapi.json"
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
async fn texts_come_in_every_language_they_have(db: Db) {
    let world = World::new(&db).await;
    let publication = world.news("One").text(Locale::Lo, "ໜຶ່ງ", "ຂ່າວ").published().await;
    let body = world.visitor().get(&format!("/api/v1/publications/{}", publication.reference)).await.json();
    assert_eq!(body["title"], json!({ "en": "One", "lo": "ໜຶ່ງ" }));
}
