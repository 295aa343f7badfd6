//! The news for feed readers and for spreadsheet programs.

use db::Db;
use i18n::Locale;

use crate::world::World;

#[db::test]
async fn the_feed_comes_in_pages_and_in_the_readers_language(db: Db) {
    let world = World::new(&db).await;
    for n in 0..21 {
        world.news(&format!("News <{n}> & more")).text(Locale::Km, "ព័ត៌មាន", "អត្ថបទ").published().await;
    }
    let first = world.visitor().get("/en/news.atom").await;
    assert_eq!((first.status, first.header("content-language")), (200, "en"));
    assert!(first.header("content-type").starts_with("application/atom+xml"));
    let text = first.text();
    assert_eq!(text.matches("<entry>").count(), 20);
    assert!(text.contains("<title>News &lt;20&gt; &amp; more</title>"), "{text}");
    let (_, rest) =
        text.split_once("rel=\"next\" type=\"application/atom+xml\" href=\"http://causeway.test").unwrap();
    let second = world.visitor().get(rest.split('"').next().unwrap()).await;
    assert_eq!(second.text().matches("<entry>").count(), 1);
    assert!(second.text().contains("News &lt;0&gt;") && !second.text().contains("rel=\"next\""));
    let again = world.visitor().get("/en/news.atom").header("if-none-match", first.header("etag")).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    let khmer = world.visitor().get("/km/news.atom").await;
    assert!(khmer.text().contains("xml:lang=\"km\"") && khmer.text().contains("<title>ព័ត៌មាន</title>"));
    let thai = world.visitor().get("/th/news.atom").await;
    assert!(thai.text().contains("<title xml:lang=\"en\">"), "a text in another language says so");
    let home = world.visitor().get("/km").await;
    assert!(
        home.text().contains("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"/km/news.atom\"")
    );
    assert_eq!(world.visitor().get("/xx/news.atom").await.status, 404);
    assert_eq!(world.visitor().get("/en/news.atom?after=x").await.status, 422);
}

#[db::test]
async fn the_table_holds_all_news_and_no_formula(db: Db) {
    let world = World::new(&db).await;
    for n in 0..201 {
        world.news(&format!("=cmd|{n}, \"x\"")).published().await;
    }
    let table = world.visitor().get("/km/news.csv?bom=1").await;
    assert_eq!((table.status, table.header("content-language")), (200, "km"));
    let name =
        "attachment; filename*=UTF-8''%E1%9E%96%E1%9F%90%E1%9E%8F%E1%9F%8C%E1%9E%98%E1%9E%B6%E1%9E%93.csv";
    assert_eq!(table.header("content-disposition"), name);
    let lines: Vec<_> = table.text().split("\r\n").collect();
    assert_eq!(lines.len(), 203, "a head, 201 lines, and nothing behind the last");
    assert!(lines[0].starts_with("\u{feff}លេខយោង,"), "{}", lines[0]);
    assert!(lines[1].contains(",en,\"'=cmd|200, \"\"x\"\"\","), "{}", lines[1]);
    assert!(!world.visitor().get("/km/news.csv").await.text().starts_with('\u{feff}'));
}
