//! The pages, each in every language: what they say, in which language they say it, and that they weigh little.

use db::Db;
use i18n::{Locale, Typography};

use crate::world::World;

/// Every page that there is, with something on it; and one that is not there.
async fn paths(world: &World) -> Vec<String> {
    let mut first = None;
    for n in 0..11 {
        first = Some(world.news(&format!("News {n}")).text(Locale::Km, "ព័ត៌មាន", "អត្ថបទ").published().await);
    }
    let page = world.visitor().get("/api/v1/publications?limit=10").await.json();
    let next = page["next"].as_str().unwrap();
    let news = format!("/news/{}", first.unwrap().reference);
    vec![
        String::new(),
        format!("?after={next}"),
        news,
        "/api".to_owned(),
        "/nowhere".to_owned(),
        "?after=nonsense".to_owned(),
    ]
}

#[db::test]
async fn every_page_speaks_every_language_without_a_missing_message(db: Db) {
    // The messages of a test are strict: one that a language lacks panics, and the page answers 500.
    let world = World::new(&db).await;
    let empty = world.visitor();
    for locale in Locale::ALL {
        let page = empty.get(&format!("/{}", locale.tag())).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(&*i18n::Translator::new(locale).text("publication-none-yet")));
    }
    for rest in paths(&world).await {
        for locale in Locale::ALL {
            let tag = locale.tag();
            let page = world.visitor().get(&format!("/{tag}{rest}")).await;
            assert!(matches!(page.status, 200 | 404 | 422), "/{tag}{rest}: {}", page.status);
            assert_eq!(page.header("content-language"), tag);
            let html = page.text();
            assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{tag}\"")), "{html}");
            assert!(!html.contains('⟦') && !html.contains('\u{2068}'), "/{tag}{rest}");
            for script in ["<script", "style=", " onclick", " onload"] {
                assert!(!html.contains(script), "/{tag}{rest}: {script}");
            }
            for other in Locale::ALL {
                let href = format!("<a href=\"/{}{}\"", other.tag(), rest.replace('&', "&#38;"));
                assert!(html.contains(&href), "/{tag}{rest}: the switch stays on the page: {href}");
            }
        }
    }
}

#[db::test]
async fn every_page_behind_the_door_speaks_every_language(db: Db) {
    let world = World::new(&db).await;
    let news = world.news("News").published().await;
    let reference = news.reference;
    let pages = [
        "/account/sessions".to_owned(),
        "/desk/news".to_owned(),
        "/desk/news/new".to_owned(),
        format!("/desk/news/{reference}"),
        format!("/desk/news/{reference}/withdrawal"),
    ];
    for rest in &pages {
        for locale in Locale::ALL {
            let page = world.editor().get(&format!("/{}{rest}", locale.tag())).await;
            assert_eq!((page.status, page.header("content-language")), (200, locale.tag()), "{rest}");
            assert!(!page.text().contains('⟦') && !page.text().contains("<script"), "{rest}");
            assert!(world.visitor().get(&format!("/{}{rest}", locale.tag())).await.status == 401, "{rest}");
        }
    }
}

#[db::test]
async fn a_text_in_another_language_says_so(db: Db) {
    let world = World::new(&db).await;
    let news = world.news("English only").published().await;
    for path in ["/th".to_owned(), format!("/th/news/{}", news.reference)] {
        let page = world.visitor().get(&path).await;
        assert!(page.text().contains("lang=\"en\">English only"), "{}", page.text());
        assert!(page.text().contains("lang=\"en\">It happened."));
    }
    let page = world.visitor().get("/en").await;
    assert!(!page.text().contains("lang=\"en\">English only"), "the page's own language is not repeated");
}

#[db::test]
async fn what_people_write_is_text_and_never_markup(db: Db) {
    let world = World::new(&db).await;
    let evil = "<script>alert(1)</script>\" onmouseover=\"x";
    let news =
        world.news("Plain").text(Locale::En, evil, "a <b>bold</b> claim\n\nand another").published().await;
    for path in ["/en".to_owned(), format!("/en/news/{}", news.reference)] {
        let html = world.visitor().get(&path).await;
        assert!(!html.text().contains("<script") && !html.text().contains("<b>"), "{path}");
        assert!(html.text().contains("&#60;script&#62;alert(1)"), "{}", html.text());
    }
}

#[db::test]
async fn news_are_paged_to_the_last(db: Db) {
    let world = World::new(&db).await;
    for n in 0..12 {
        world.news(&format!("News number {n:02}.")).published().await;
    }
    let first = world.visitor().get("/en").await;
    assert!(first.text().contains("News number 11.") && first.text().contains("News number 02."));
    assert!(!first.text().contains("News number 01."));
    let (_, rest) = first.text().split_once("rel=\"next\" href=\"").unwrap();
    let next = rest.split(['#', '"']).next().unwrap();
    let second = world.visitor().get(next).await;
    assert!(second.text().contains("News number 01.") && second.text().contains("News number 00."));
    assert!(!second.text().contains("rel=\"next\""));
}

#[db::test]
async fn the_root_leads_to_the_language_that_the_browser_asks_for(db: Db) {
    let world = World::new(&db).await;
    for (asked, given) in
        [("km-KH,km;q=0.9,en;q=0.5", "/km"), ("zh-CN", "/zh-Hans"), ("de", "/en"), ("", "/en")]
    {
        let answer = world.visitor().get("/").header("accept-language", asked).await;
        assert_eq!((answer.status, answer.header("location")), (303, given), "{asked}");
        assert!(answer.header("vary").to_ascii_lowercase().contains("accept-language"));
    }
    let fixed = world.visitor().get("/km").header("accept-language", "th").await;
    assert_eq!(fixed.header("content-language"), "km", "asked at the root alone");
}

#[db::test]
async fn an_error_says_what_happened_and_shows_the_way_back(db: Db) {
    let world = World::new(&db).await;
    let missing = world.visitor().get("/vi/news/N20260101-AAAAAA").await;
    assert_eq!((missing.status, missing.header("content-language")), (404, "vi"));
    assert!(missing.text().contains("href=\"/vi\""));
    assert!(missing.text().contains(missing.header("x-request-id")));
    let nowhere = world.visitor().get("/xx/yy").header("accept-language", "lo").await;
    assert_eq!((nowhere.status, nowhere.header("content-language")), (404, "lo"));
    let api = world.visitor().get("/api/v1/nothing").await;
    assert_eq!((api.status, api.header("content-type")), (404, "application/problem+json"));
}

#[db::test]
async fn a_page_weighs_little(db: Db) {
    let world = World::new(&db).await;
    for n in 0..10 {
        let body = "A paragraph of the length that news have, with a few facts and a date. ".repeat(8);
        world.news(&format!("News {n}")).text(Locale::Km, &"ព័ត៌មាន ".repeat(8), &body).published().await;
    }
    let page = world.visitor().get("/km").header("accept-encoding", "gzip, br").await;
    assert_eq!(page.header("content-encoding"), "br");
    let plain = world.visitor().get("/km").await;
    let mut weight = page.bytes.len();
    for asset in plain.text().split("\"/assets/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let path = format!("/assets/{asset}");
        let asset = world.visitor().get(&path).header("accept-encoding", "gzip, br").await;
        assert_eq!((asset.status, asset.header("content-encoding")), (200, "br"), "{path}");
        assert!(asset.header("cache-control").contains("immutable"));
        weight += asset.bytes.len();
    }
    assert!(weight <= 60_000, "{weight} bytes");
}

#[db::test]
async fn each_script_is_set_as_the_languages_say(db: Db) {
    let world = World::new(&db).await;
    let home = world.visitor().get("/en").await;
    let (_, rest) = home.text().split_once("rel=\"stylesheet\" href=\"").unwrap();
    let style = world.visitor().get(rest.split('"').next().unwrap()).await;
    for locale in Locale::ALL {
        let typography = Typography::of(locale);
        let selector = format!(":lang({})", locale.tag());
        let mut rules = style.text().split('}').filter(|rule| rule.contains(&selector));
        let rule = rules.next_back().unwrap_or_else(|| panic!("{selector} is not in the style sheet"));
        assert!(rule.contains(&format!("--font: {};", typography.font_family)), "{selector}: {rule}");
        assert!(rule.contains(&format!("--leading: {};", typography.line_height)), "{selector}: {rule}");
    }
}
