//! Sessions of browsers: what their cookies are like, and when they begin and end (twelve cases).

use db::Db;
use domain::account::{self, grant};
use domain::actor::{Actor, Grant, Role};

use crate::world::{Client, World};

/// Everything that an answer sets.
fn set_cookies(answer: &crate::world::Answer) -> Vec<String> {
    let lines = answer.headers.get_all("set-cookie").iter();
    lines.map(|line| line.to_str().unwrap().to_owned()).collect()
}

fn is_signed_in(page: &crate::world::Answer) -> bool {
    page.text().contains("/account/sign-out")
}

#[db::test]
async fn over_tls_the_cookie_is_for_this_host_alone_and_out_of_reach(db: Db) {
    let world = World::with(&db, |settings| settings.base_url = "https://causeway.test".to_owned()).await;
    let editor = world.editor();
    let out = editor.submit("/en", "/en/account/sign-out", &[]).await;
    let lines = set_cookies(&out);
    assert_eq!(lines.len(), 2, "{lines:?}");
    for line in lines {
        assert!(line.starts_with("__Host-causeway"), "{line}");
        for flag in ["; Path=/;", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(line.contains(flag), "{line} lacks {flag}");
        }
        assert!(!line.contains("Domain"), "{line}");
    }
    let plain = World::new(&db).await;
    let out = plain.editor().submit("/en", "/en/account/sign-out", &[]).await;
    assert!(set_cookies(&out).iter().all(|line| line.starts_with("causeway") && !line.contains("Secure")));
}

#[db::test]
async fn a_visitor_gets_no_cookie_until_there_is_a_form(db: Db) {
    let world = World::new(&db).await;
    world.news("News").published().await;
    for path in ["/", "/en", "/en/nowhere", "/robots.txt", "/api/v1"] {
        assert_eq!(set_cookies(&world.visitor().get(path).await), Vec::<String>::new(), "{path}");
    }
}

#[db::test]
async fn signing_out_ends_the_session_here_and_in_the_database(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let stolen = editor.cookie("causeway").unwrap();
    assert!(is_signed_in(&editor.get("/en").await));
    let out = editor.submit("/en", "/en/account/sign-out", &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/en"));
    let home = editor.get("/en").await;
    assert!(!is_signed_in(&home) && home.text().contains("You are signed out."));
    assert!(!editor.get("/en").await.text().contains("You are signed out."), "it is said once");
    let thief = world.visitor().with_cookie("causeway", &stolen);
    assert!(!is_signed_in(&thief.get("/en").await), "the old cookie opens nothing");
    let desk = thief.get("/en/desk/news").await;
    assert_eq!(desk.header("location"), "/en/account/sign-in?return=%2Fen%2Fdesk%2Fnews");
}

#[db::test]
async fn a_cookie_that_was_planted_signs_nobody_in(db: Db) {
    let world = World::new(&db).await;
    for planted in ["visit_AAAA", "cwses_AAAA", &format!("cwses_{}", "A".repeat(43)), "x", "\"'<"] {
        let visitor = world.visitor().with_cookie("causeway", planted);
        let page = visitor.get("/en").await;
        assert!(page.status == 200 && !is_signed_in(&page), "{planted}");
        assert_eq!(visitor.get("/en/account/sessions").await.status, 303, "{planted}");
    }
}

#[db::test]
async fn a_change_of_rights_changes_the_cookie(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let before = editor.cookie("causeway").unwrap();
    assert!(is_signed_in(&editor.get("/en").await));
    assert_eq!(editor.cookie("causeway").unwrap(), before, "it stays as long as nothing changes");
    let id = world.actor(Role::Editor).account().unwrap();
    grant::grant(&db, &Actor::operator(), id, Grant::platform(Role::Broker)).await.unwrap();
    let page = editor.get("/en").await;
    let after = editor.cookie("causeway").unwrap();
    assert!(is_signed_in(&page) && after != before);
    assert!(is_signed_in(&editor.get("/en").await), "the new one works");
    let thief = world.visitor().with_cookie("causeway", &before);
    assert!(!is_signed_in(&thief.get("/en").await), "and the old one does not");
}

#[db::test]
async fn a_session_ends_when_it_was_idle_for_too_long(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    world.pass(11 * 3600);
    assert!(is_signed_in(&editor.get("/en").await));
    world.pass(11 * 3600);
    assert!(is_signed_in(&editor.get("/en").await), "each sign of life keeps it");
    world.pass(13 * 3600);
    assert!(!is_signed_in(&editor.get("/en").await));
    let tireless = world.auditor();
    for _ in 0..40 {
        world.pass(10 * 3600);
        tireless.get("/en").await;
    }
    assert!(!is_signed_in(&tireless.get("/en").await), "none lasts for ever");
}

#[db::test]
async fn one_sees_where_one_is_signed_in_and_ends_it(db: Db) {
    let world = World::new(&db).await;
    let id = world.actor(Role::Editor).account().unwrap();
    let here = world.editor();
    let phone = world.visitor().with_cookie("causeway", &world.open_session(id).await);
    let tablet = world.visitor().with_cookie("causeway", &world.open_session(id).await);
    let page = here.get("/en/account/sessions").await;
    assert_eq!(page.text().matches("A browser of the tests").count(), 3);
    let phones = ends(&phone.get("/en/account/sessions").await, true);
    let ended = here.submit("/en/account/sessions", &phones, &[]).await;
    assert_eq!((ended.status, ended.header("location")), (303, "/en/account/sessions"));
    assert!(!is_signed_in(&phone.get("/en").await));
    assert!(is_signed_in(&tablet.get("/en").await));
    let again = here.submit("/en/account/sessions", &phones, &[]).await;
    assert_eq!(again.status, 303, "sent twice is sent once");
    let rest = here.submit("/en/account/sessions", "/en/account/sessions/end", &[]).await;
    assert_eq!(rest.status, 303);
    assert!(!is_signed_in(&tablet.get("/en").await) && is_signed_in(&here.get("/en").await));
    let own = ends(&here.get("/en/account/sessions").await, true);
    let out = here.submit("/en/account/sessions", &own, &[]).await;
    assert_eq!((out.status, out.header("location")), (303, "/en"));
    assert!(!is_signed_in(&here.get("/en").await));
}

/// Where the session is ended that a page is shown in, or else the first other one.
fn ends(page: &crate::world::Answer, is_this: bool) -> String {
    let mut entries = page.text().split("<li>\n<h2>").skip(1);
    let entry = entries.find(|entry| entry.starts_with("This browser") == is_this).unwrap();
    let (_, rest) = entry.split_once("action=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[db::test]
async fn nobody_ends_the_session_of_another(db: Db) {
    let world = World::new(&db).await;
    let (editor, auditor) = (world.editor(), world.auditor());
    let editors = ends(&editor.get("/en/account/sessions").await, true);
    let answer = auditor.submit("/en/account/sessions", &editors, &[]).await;
    assert_eq!(answer.status, 303, "the same as for a session that is over");
    assert!(is_signed_in(&editor.get("/en").await));
}

#[db::test]
async fn a_cookie_says_nothing_to_the_api_and_a_token_nothing_to_pages(db: Db) {
    let world = World::new(&db).await;
    let cookie = world.editor().cookie("causeway").unwrap();
    let by_cookie = world.visitor().get("/api/v1/jobs").header("cookie", &format!("causeway={cookie}")).await;
    assert_eq!(by_cookie.status, 404, "a visitor's answer");
    let draft = serde_json::json!({ "language": "en", "title": { "en": "T" }, "body": { "en": "B" } });
    let posted = world.visitor().post("/api/v1/publications", &draft);
    assert_eq!(posted.header("cookie", &format!("causeway={cookie}")).await.status, 401);
    let account = world.actor(Role::Editor).account().unwrap();
    let token = account::issue_token(&db, &Actor::operator(), account, "t", None).await.unwrap();
    let bearer = format!("Bearer {}", token.secret.reveal());
    assert_eq!(world.visitor().get("/en/desk/news").header("authorization", &bearer).await.status, 303);
}

#[db::test]
async fn what_is_for_one_person_is_kept_by_nobody_else(db: Db) {
    let world = World::new(&db).await;
    let editor: Client = world.editor();
    let page = editor.get("/en").await;
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.headers.get_all("vary").iter().any(|line| line.to_str().unwrap().contains("Cookie")));
    assert!(!page.text().contains(&editor.cookie("causeway").unwrap()), "no page shows the cookie");
}
