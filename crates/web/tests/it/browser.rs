//! What a real browser makes of the pages: Chromium, driven through its WebDriver, with the accessibility checker axe.
//! `cargo xtask test` starts the driver and says where all three are.

use std::time::Duration;

use db::Db;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use i18n::Locale;
use serde_json::{Value as Json, json};
use web::ServeSettings;

use crate::organisation;
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

const PHONE: View = View { width: 360, is_dark: false };
const PHONE_AT_NIGHT: View = View { width: 360, is_dark: true };
const DESK: View = View { width: 1280, is_dark: false };
const DESK_AT_NIGHT: View = View { width: 1280, is_dark: true };

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
    // The accessibility checker takes its time over a long page on a busy machine.
    let capabilities = json!({ "goog:chromeOptions": options, "timeouts": { "script": 180_000 } });
    let capabilities = capabilities.as_object().unwrap().clone();
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

/// Every page, with one that is not there.
fn paths(news: &str, organisation: &str) -> Vec<String> {
    let fixed = [
        "",
        "/about",
        "/accessibility",
        "/privacy",
        "/programme",
        "/programme/LA",
        "/organisations",
        "/organisations?name=nobody",
        "/nowhere",
    ];
    let made = [format!("/news/{news}"), format!("/organisations/{organisation}")];
    fixed.into_iter().map(str::to_owned).chain(made).collect()
}

/// Runs a test on the embedded database alone: what a browser makes of a page does not depend on the engine.
fn on_one_engine(test: impl AsyncFnOnce(Db)) {
    db::testing::run(db::Engine::Sqlite, test);
}

async fn shuts_nobody_out(db: Db, view: View) {
    let (site, reference) = site(&db).await;
    let organisation = organisation::whole(&site.world).await.reference;
    let browser = browser(view).await;
    let mut wrong = Vec::new();
    let spoken = ["en", "zh-Hans", "km", "my"];
    let pages = spoken.iter().flat_map(|locale| {
        paths(&reference, organisation.as_str()).into_iter().map(move |rest| format!("/{locale}{rest}"))
    });
    // The style page has every script on it, whichever language it is in.
    for path in pages.chain(["/en/style".to_owned()]) {
        browser.goto(&format!("http://{}{path}", site.address)).await.unwrap();
        let dark = browser.execute("return matchMedia('(prefers-color-scheme: dark)').matches", Vec::new());
        assert_eq!(dark.await.unwrap(), json!(view.is_dark), "{view:?}");
        let found = violations(&browser).await;
        if found != json!([]) {
            wrong.push(format!("{path}: {found}"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "{view:?}");
    browser.close().await.unwrap();
    site.stop().await;
}

#[test]
fn pages_shut_nobody_out_on_a_phone() {
    on_one_engine(async |db| shuts_nobody_out(db, PHONE).await);
}

#[test]
fn pages_shut_nobody_out_on_a_phone_at_night() {
    on_one_engine(async |db| shuts_nobody_out(db, PHONE_AT_NIGHT).await);
}

#[test]
fn pages_shut_nobody_out_at_a_desk() {
    on_one_engine(async |db| shuts_nobody_out(db, DESK).await);
}

#[test]
fn pages_shut_nobody_out_at_a_desk_at_night() {
    on_one_engine(async |db| shuts_nobody_out(db, DESK_AT_NIGHT).await);
}

async fn pages_fit(db: Db) {
    let (site, reference) = site(&db).await;
    let organisation = organisation::whole(&site.world).await.reference;
    let browser = browser(PHONE).await;
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        for rest in paths(&reference, organisation.as_str()).into_iter().chain(["/style".to_owned()]) {
            let path = format!("/{}{rest}", locale.tag());
            browser.goto(&format!("http://{}{path}", site.address)).await.unwrap();
            let width = number(&browser, "return document.documentElement.scrollWidth").await;
            let window = number(&browser, "return document.documentElement.clientWidth").await;
            if width > window {
                wrong.push(format!("{path}: {width} wide in a window of {window}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    browser.close().await.unwrap();
    site.stop().await;
}

#[test]
fn every_page_fits_a_phone_in_every_language() {
    on_one_engine(pages_fit);
}

/// What has the focus, in a word.
async fn focused(browser: &Client) -> String {
    let script = "const at = document.activeElement;
        return at.className || at.getAttribute('hreflang') || at.id || at.tagName;";
    browser.execute(script, Vec::new()).await.unwrap().as_str().unwrap().to_owned()
}

async fn press(browser: &Client, key: Key) {
    let keys = [KeyAction::Down { value: key.into() }, KeyAction::Up { value: key.into() }];
    let keys = keys.into_iter().fold(KeyActions::new("keys".to_owned()), KeyActions::then);
    browser.perform_actions(keys).await.unwrap();
}

async fn keyboard(db: Db) {
    let (site, reference) = site(&db).await;
    let browser = browser(PHONE).await;
    browser.goto(&format!("http://{}/en/news/{reference}", site.address)).await.unwrap();
    // The first stop is the way past the header.
    press(&browser, Key::Tab).await;
    assert_eq!(focused(&browser).await, "skip");
    press(&browser, Key::Enter).await;
    assert_eq!(focused(&browser).await, "main");
    // From the top: the name, the sections, the languages.
    browser.goto(&format!("http://{}/en/about", site.address)).await.unwrap();
    browser.goto(&format!("http://{}/en/news/{reference}", site.address)).await.unwrap();
    let mut stops = Vec::new();
    for _ in 0..4 {
        press(&browser, Key::Tab).await;
        stops.push(focused(&browser).await);
    }
    assert_eq!(stops, ["skip", "wordmark", "opens menu", "opens switch"]);
    let is_open = "return document.querySelector('#languages').matches(':popover-open')";
    press(&browser, Key::Enter).await;
    assert_eq!(browser.execute(is_open, Vec::new()).await.unwrap(), json!(true));
    press(&browser, Key::Tab).await;
    assert_eq!(focused(&browser).await, "en");
    press(&browser, Key::Escape).await;
    assert_eq!(browser.execute(is_open, Vec::new()).await.unwrap(), json!(false));
    assert_eq!(focused(&browser).await, "opens switch", "the focus goes back to where it came from");
    press(&browser, Key::Enter).await;
    for _ in 0..2 {
        press(&browser, Key::Tab).await;
    }
    assert_eq!(focused(&browser).await, "zh-Hans");
    press(&browser, Key::Enter).await;
    let arrived =
        browser.wait().at_most(Duration::from_secs(10)).for_element(Locator::Css("html[lang=zh-Hans]"));
    arrived.await.unwrap();
    assert_eq!(browser.current_url().await.unwrap().path(), format!("/zh-Hans/news/{reference}"));
    browser.close().await.unwrap();
    site.stop().await;
}

#[test]
fn a_keyboard_is_enough() {
    on_one_engine(keyboard);
}

#[db::test]
async fn a_reader_finds_the_news_and_changes_the_language_without_leaving_it(db: Db) {
    let (site, reference) = site(&db).await;
    let browser = browser(PHONE).await;
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
