//! What a real browser makes of the pages: Chromium, driven through its WebDriver, with the accessibility checker axe.
//! `cargo xtask test` starts the driver and says where all three are.

use std::time::Duration;

use db::Db;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use i18n::Locale;
use serde_json::{Value as Json, json};
use web::ServeSettings;

use crate::serving::Served;

/// What `cargo xtask test` tells in the variable `name`.
#[expect(
    clippy::disallowed_methods,
    reason = "the tests are told by `cargo xtask test` where their tools are"
)]
fn told(name: &str) -> String {
    std::env::var(name).ok().filter(|value| !value.is_empty()).unwrap_or_else(|| {
        panic!(
            "no {name}: run the browser tests with `cargo xtask test`, which starts the driver and sets it"
        )
    })
}

/// How the browser shows pages.
#[derive(Clone, Copy, Debug)]
struct View {
    width: u32,
    is_dark: bool,
}

/// A phone, and a desk at night.
const VIEWS: [View; 2] = [View { width: 360, is_dark: false }, View { width: 1280, is_dark: true }];

async fn browser(view: View) -> Client {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        format!("--window-size={},900", view.width.max(500)),
    ];
    if view.is_dark {
        arguments.push("--force-dark-mode".to_owned());
    }
    let mut options = json!({ "binary": told("CAUSEWAY_TEST_CHROMIUM"), "args": arguments });
    if view.width < 500 {
        // A window is never that narrow; a device is.
        options["mobileEmulation"] =
            json!({ "deviceMetrics": { "width": view.width, "height": 740, "pixelRatio": 2.0 } });
    }
    let capabilities = json!({ "goog:chromeOptions": options }).as_object().unwrap().clone();
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&told("CAUSEWAY_TEST_WEBDRIVER"))
        .await
        .expect("the driver opens a browser")
}

/// A site with news in English and Khmer.
async fn site(db: &Db) -> (Served, String) {
    let site = Served::start(db, ServeSettings::default()).await;
    let long = "ស្នាមប្រេះដ៏វែងមួយដែលគ្មានចន្លោះសោះឡើយនៅក្នុងចំណងជើង".repeat(2);
    site.world
        .news("A long title without a place to break: Donaudampfschifffahrtsgesellschaft")
        .published()
        .await;
    let news = site
        .world
        .news("Joint laboratory opens")
        .text(Locale::Km, &format!("បើកមន្ទីរពិសោធន៍រួម {long}"), "អត្ថបទទីមួយ។\n\nអត្ថបទទីពីរ។")
        .published()
        .await;
    (site, news.reference.to_string())
}

async fn number(browser: &Client, script: &str) -> i64 {
    browser.execute(script, Vec::new()).await.unwrap().as_i64().unwrap()
}

/// What axe has against the page.
async fn violations(browser: &Client) -> Json {
    let axe = std::fs::read_to_string(told("CAUSEWAY_TEST_AXE")).expect("CAUSEWAY_TEST_AXE names axe.min.js");
    browser.execute(&axe, Vec::new()).await.unwrap();
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
            .then(result => done(result.violations.map(v => [v.id, v.nodes.map(n => n.html)])), error => done(String(error)));";
    browser.execute_async(run, Vec::new()).await.unwrap()
}

#[db::test]
async fn pages_fit_their_window_and_shut_nobody_out(db: Db) {
    let (site, reference) = site(&db).await;
    for view in VIEWS {
        let browser = browser(view).await;
        for locale in ["en", "zh-Hans", "km", "my"] {
            for rest in [String::new(), format!("/news/{reference}"), "/nowhere".to_owned()] {
                let path = format!("/{locale}{rest}");
                browser.goto(&format!("http://{}{path}", site.address)).await.unwrap();
                let dark =
                    browser.execute("return matchMedia('(prefers-color-scheme: dark)').matches", Vec::new());
                assert_eq!(dark.await.unwrap(), json!(view.is_dark), "{view:?}");
                let width = number(&browser, "return document.documentElement.scrollWidth").await;
                let window = number(&browser, "return document.documentElement.clientWidth").await;
                assert!(width <= window, "{path} at {view:?}: {width} wide in a window of {window}");
                assert_eq!(violations(&browser).await, json!([]), "{path} at {view:?}");
            }
        }
        browser.close().await.unwrap();
    }
    site.stop().await;
}

#[db::test]
async fn a_reader_finds_the_news_and_changes_the_language_without_leaving_it(db: Db) {
    let (site, reference) = site(&db).await;
    let browser = browser(VIEWS[0]).await;
    browser.goto(&format!("http://{}/en", site.address)).await.unwrap();
    browser.find(Locator::LinkText("Joint laboratory opens")).await.unwrap().click().await.unwrap();
    let news = format!("/en/news/{reference}");
    assert_eq!(browser.current_url().await.unwrap().path(), news);
    let heading = browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
    assert_eq!(heading, "Joint laboratory opens");

    browser.find(Locator::Css(".switch")).await.unwrap().click().await.unwrap();
    let khmer =
        browser.wait().at_most(Duration::from_secs(5)).for_element(Locator::Css(".languages a[hreflang=km]"));
    khmer.await.unwrap().click().await.unwrap();
    assert_eq!(browser.current_url().await.unwrap().path(), format!("/km/news/{reference}"));
    let heading = browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
    assert!(heading.starts_with("បើកមន្ទីរពិសោធន៍រួម"), "{heading}");
    let language = browser.execute("return document.documentElement.lang", Vec::new()).await.unwrap();
    assert_eq!(language, json!("km"));

    browser.find(Locator::Css(".wordmark")).await.unwrap().click().await.unwrap();
    assert_eq!(browser.current_url().await.unwrap().path(), "/km");
    assert_eq!(browser.find_all(Locator::Css(".news-list li")).await.unwrap().len(), 2);
    browser.close().await.unwrap();
    site.stop().await;
}
