//! The news desk: news written, shown, revised and withdrawn by forms alone.

use db::Db;
use i18n::Locale;

use crate::world::World;

const WRITE: &str = "/en/desk/news/new";
const DESK: &str = "/en/desk/news";

#[db::test]
async fn an_editor_writes_sees_publishes_revises_and_withdraws(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let news = [
        ("language", "en"),
        ("title.en", "A laboratory opens"),
        ("body.en", "First.\r\n\r\nSecond."),
        ("title.km", "មន្ទីរពិសោធន៍"),
    ];
    let shown = editor.submit(WRITE, DESK, &[&news[..], &[("step", "preview")]].concat()).await;
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("<p>First.</p>\n<p>Second.</p>"), "{}", shown.text());
    assert!(shown.text().contains("<h3>មន្ទីរពិសោធន៍</h3>"));
    assert!(world.visitor().get("/api/v1/publications").await.json()["items"].as_array().unwrap().is_empty());

    let published = editor.submit(WRITE, DESK, &[&news[..], &[("step", "publish")]].concat()).await;
    assert_eq!((published.status, published.header("location")), (303, DESK));
    let list = world.visitor().get("/api/v1/publications").await.json();
    let reference = list["items"][0]["reference"].as_str().unwrap().to_owned();
    let desk = editor.get(DESK).await;
    assert!(desk.text().contains(&format!("{reference} has been published.")), "{}", desk.text());
    assert!(!editor.get(DESK).await.text().contains("has been published"), "it is said once");

    let page = format!("{DESK}/{reference}");
    let form = editor.get(&page).await;
    assert!(
        form.text().contains("value=\"A laboratory opens\"")
            && form.text().contains("\nFirst.\n\nSecond.</textarea>")
    );
    let revised =
        [("language", "en"), ("title.en", "Two laboratories open"), ("body.en", "Both."), ("version", "1")];
    let answer = editor.submit(&page, &page, &revised).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(world.visitor().get("/en").await.text().contains("Two laboratories open"));

    let overtaken = editor
        .submit(
            &page,
            &page,
            &[("language", "en"), ("title.en", "Late"), ("body.en", "Mine."), ("version", "1")],
        )
        .await;
    assert_eq!(overtaken.status, 409);
    assert!(
        overtaken.text().contains("value=\"Late\"") && overtaken.text().contains("\nMine.</textarea>"),
        "it is kept"
    );

    let question = editor.get(&format!("{page}/withdrawal")).await;
    assert!(question.text().contains("Withdraw “Two laboratories open”?"), "{}", question.text());
    let stale = editor
        .submit(&format!("{page}/withdrawal"), &format!("{page}/withdrawal"), &[("version", "1")])
        .await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("name=\"version\" value=\"2\""), "what is confirmed next is what is shown");
    let gone = editor
        .submit(&format!("{page}/withdrawal"), &format!("{page}/withdrawal"), &[("version", "2")])
        .await;
    assert_eq!(gone.status, 303);
    assert_eq!(world.visitor().get(&format!("/en/news/{reference}")).await.status, 404);
    let desk = editor.get(DESK).await;
    assert!(desk.text().contains("Withdrawn") && desk.text().contains(&reference), "the desk remembers it");
}

#[db::test]
async fn what_is_missing_is_said_at_the_top_and_at_its_field(db: Db) {
    let world = World::new(&db).await;
    for locale in Locale::ALL {
        let tag = locale.tag();
        let (write, desk) = (format!("/{tag}/desk/news/new"), format!("/{tag}/desk/news"));
        let other = if locale == Locale::En { "body.km" } else { "body.en" };
        let refused = world.editor().submit(&write, &desk, &[("language", tag), (other, "kept")]).await;
        assert_eq!(refused.status, 422, "{tag}");
        let html = refused.text();
        assert!(html.contains("<a href=\"#title\">") && html.contains("<a href=\"#body\">"), "{html}");
        assert!(html.contains("id=\"title-note\"") && html.contains("aria-invalid=\"true\""));
        assert!(html.contains("\nkept</textarea>"));
    }
}

#[db::test]
async fn the_desk_is_for_those_who_may_publish(db: Db) {
    let world = World::new(&db).await;
    for path in [WRITE, DESK] {
        let asked = world.visitor().get(path).await;
        assert!(asked.header("location").starts_with("/en/account/sign-in?return="), "{path}");
        assert_eq!(world.auditor().get(path).await.status, 403);
        assert_eq!(world.administrator().get(path).await.status, 200);
    }
    assert!(world.editor().get("/en").await.text().contains("href=\"/en/desk/news\""));
    assert!(!world.auditor().get("/en").await.text().contains("/desk/news"));
}

#[db::test]
async fn the_desk_is_paged_to_the_last(db: Db) {
    let world = World::new(&db).await;
    for n in 0..21 {
        world.news(&format!("News number {n:02}.")).published().await;
    }
    let first = world.editor().get(DESK).await;
    assert!(first.text().contains("News number 20.") && !first.text().contains("News number 00."));
    let (_, rest) = first.text().split_once("rel=\"next\" href=\"").unwrap();
    let second = world.editor().get(&rest.split('"').next().unwrap().replace("&#38;", "&")).await;
    assert!(second.text().contains("News number 00."));
}
