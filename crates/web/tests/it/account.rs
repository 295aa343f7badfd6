//! The way of an account by pages alone: registered, verified, signed in to, kept, lost and closed.

use db::Db;
use domain::account::{self, Gate};
use domain::actor::{Actor, Role};
use domain::notice;
use ring::hmac;

use crate::world::{Answer, Client, World};

const EMAIL: &str = "kham@example.org";
const PASSWORD: &str = "rice fields at dawn";
const OTHER: &str = "boats on the Mekong";

/// The path and the query of the link in the newest letter to `email`.
async fn link(world: &World, email: &str) -> String {
    let listed = notice::list(world.app.db(), &Actor::operator(), None, 200).await.unwrap();
    let letter = listed.into_iter().find(|letter| letter.to.as_str() == email).expect("a letter");
    let outgoing = notice::take(world.app.db(), letter.id).await.unwrap().unwrap();
    let facts = serde_json::to_value(&outgoing.kind).unwrap();
    facts["link"].as_str().unwrap().to_owned()
}

/// Sends a form to the address it stands at, its hidden fields included.
async fn fill(client: &Client, page: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = client.get(page).await;
    assert_eq!(shown.status, 200, "{page}: {}", shown.text());
    fill_shown(client, &shown, fields).await
}

async fn fill_shown(client: &Client, shown: &Answer, fields: &[(&str, &str)]) -> Answer {
    let (_, form) = shown.text().split_once("<form class=\"form\"").expect("a form");
    let (form, _) = form.split_once("</form>").unwrap();
    let (_, action) = form.split_once("action=\"").unwrap();
    let action = action.split('"').next().unwrap();
    let hidden: Vec<(String, String)> = form
        .split("<input type=\"hidden\" name=\"")
        .skip(1)
        .map(|rest| {
            let (name, rest) = rest.split_once("\" value=\"").unwrap();
            (name.to_owned(), rest.split('"').next().unwrap().replace("&#38;", "&"))
        })
        .collect();
    let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    client.form(action, &hidden.chain(fields.iter().copied()).collect::<Vec<_>>()).await
}

/// Somebody who has registered by pages and is signed in.
async fn somebody(world: &World) -> Client {
    let client = world.visitor();
    let sent = fill(&client, "/en/account/register", &[("name", "Kham"), ("email", EMAIL), ("country", "LA")]).await;
    assert_eq!(sent.header("location"), "/en/account/check-mail", "{}", sent.text());
    let verify = link(world, EMAIL).await;
    let opened = fill(&client, &verify, &[("password", PASSWORD)]).await;
    assert_eq!(opened.header("location"), "/en/account", "{}", opened.text());
    client
}

async fn sign_in(client: &Client, password: &str) -> Answer {
    fill(client, "/en/account/sign-in", &[("email", EMAIL), ("password", password)]).await
}

fn is_signed_in(page: &Answer) -> bool {
    page.text().contains("/account/sign-out")
}

/// What the app shows at this moment.
fn shown_code(world: &World, secret: &str) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bits: String = secret
        .bytes()
        .filter(|letter| *letter != b' ')
        .map(|letter| format!("{:05b}", letters.iter().position(|known| *known == letter).unwrap()))
        .collect();
    let key: Vec<u8> =
        bits.as_bytes().chunks_exact(8).map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap()).collect();
    let step = world.app.db().clock().now().as_second() / 30;
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let offset = usize::from(tag[19] & 15);
    let word = u32::from_be_bytes(tag[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}

/// Turns the second factor on, and gives the secret and the recovery codes.
async fn with_code(world: &World, client: &Client) -> (String, Vec<String>) {
    let shown = fill(client, "/en/account/second-factor", &[]).await;
    assert!(shown.text().contains("<svg class=\"qr\"") && shown.text().contains("shape-rendering"));
    let (_, rest) = shown.text().split_once("<p class=\"secret\"><code>").unwrap();
    let secret = rest.split('<').next().unwrap().to_owned();
    let wrong = fill_shown(client, &shown, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    assert!(!wrong.text().contains(&secret), "the secret is shown once");
    let codes = fill_shown(client, &wrong, &[("code", &shown_code(world, &secret))]).await;
    assert_eq!(codes.status, 200, "{}", codes.text());
    let codes = codes.text().split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
    (secret, codes.collect())
}

#[db::test]
async fn somebody_registers_verifies_signs_out_and_in_again(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let own = client.get("/en/account").await;
    assert!(is_signed_in(&own) && own.text().contains("Your account is open") && own.text().contains("Kham"));
    assert!(own.text().contains("Laos") || own.text().contains("Lao"), "{}", own.text());
    client.submit("/en", "/en/account/sign-out", &[]).await;
    assert!(!is_signed_in(&client.get("/en").await));
    let answer = sign_in(&client, PASSWORD).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/en/account"));
    assert!(is_signed_in(&client.get("/en").await));
    let again = client.get("/en/account/sign-in").await;
    assert_eq!((again.status, again.header("location")), (303, "/en/account"));
}

#[db::test]
async fn a_link_is_looked_at_as_often_as_one_likes_and_used_once(db: Db) {
    let world = World::new(&db).await;
    let client = world.visitor();
    fill(&client, "/lo/account/register", &[("name", "ຄຳ"), ("email", EMAIL)]).await;
    let verify = link(&world, EMAIL).await;
    assert!(verify.starts_with("/lo/account/verify?voucher="), "{verify}");
    for _ in 0..3 {
        assert_eq!(client.get(&verify).await.status, 200);
    }
    let weak = fill(&client, &verify, &[("password", "short")]).await;
    assert_eq!(weak.status, 422);
    assert!(weak.text().contains("href=\"#password\"") && !weak.text().contains("value=\"short\""));
    assert_eq!(fill_shown(&client, &weak, &[("password", PASSWORD)]).await.status, 303);
    assert_eq!(client.get(&verify).await.status, 409);
    for wrong in ["", "cwvch_x", "%00"] {
        assert_eq!(client.get(&format!("/en/account/verify?voucher={wrong}")).await.status, 409, "{wrong}");
    }
}

#[db::test]
async fn nobody_learns_whether_an_address_has_an_account(db: Db) {
    let world = World::new(&db).await;
    somebody(&world).await;
    let ask = async |page: &str, email: &str, more: &[(&str, &str)]| {
        let visitor = world.visitor();
        let answer = fill(&visitor, page, &[&[("email", email)], more].concat()).await;
        let text = answer.text().replace(email, "EMAIL");
        // Tokens and the number of the request differ by chance, and are as long.
        let parts = text.split("value=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
        (answer.status, answer.header("location").to_owned(), parts.collect::<String>())
    };
    for (page, more) in [
        ("/en/account/sign-in", &[("password", "not the password")][..]),
        ("/en/account/reset", &[]),
        ("/en/account/register", &[("name", "Kham"), ("country", "")]),
    ] {
        let (known, unknown) = (ask(page, EMAIL, more).await, ask(page, "nobody@example.org", more).await);
        assert_eq!(known, unknown, "{page}");
    }
}

#[db::test]
async fn signing_in_leads_back_to_where_one_was_and_nowhere_else(db: Db) {
    let world = World::new(&db).await;
    somebody(&world).await;
    let back = async |to: &str| {
        let client = world.visitor();
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("return", to).finish();
        let answer = fill(&client, &format!("/en/account/sign-in?{query}"), &[("email", EMAIL), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303);
        let own = client.get(&format!("/en/account/sign-in?{query}")).await;
        assert_eq!(own.header("location"), answer.header("location"), "also for whoever is signed in");
        // So that no bound on guesses is met.
        world.pass(1000);
        answer.header("location").to_owned()
    };
    assert_eq!(back("/km/news/N20261123-4KX9QD?a=b").await, "/km/news/N20261123-4KX9QD?a=b");
    let evils = [
        "//evil.example", "///evil.example", "////evil.example", "https://evil.example", "http://evil.example",
        "HTTPS://evil.example", "https:evil.example", "https:/evil.example", "/\\evil.example", "\\\\evil.example",
        "\\/evil.example", "/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example",
        "/ /evil.example", "//evil.example/en", "//evil.example%2f..", "/%2f/evil.example", "/%5cevil.example",
        "/.evil.example", "/@evil.example", "@evil.example", "evil.example", "javascript:alert(1)",
        "data:text/html,x", "//user@evil.example", "//evil.example:80", "/en\r\nLocation: //evil.example",
        "/..//evil.example", "/xx/en", "/api/v1", "//[::1]", "/en\\@evil.example",
    ];
    assert!(evils.len() >= 30);
    for evil in evils {
        assert_eq!(back(evil).await, "/en/account", "{evil:?}");
    }
}

#[db::test]
async fn a_visitors_cookie_is_worth_nothing_after_signing_in(db: Db) {
    let world = World::new(&db).await;
    somebody(&world).await;
    let victim = world.visitor();
    victim.get("/en/account/sign-in").await;
    let planted = victim.cookie("causeway").unwrap();
    assert!(planted.starts_with("visit_"));
    sign_in(&victim, PASSWORD).await;
    assert!(is_signed_in(&victim.get("/en").await));
    assert_ne!(victim.cookie("causeway").unwrap(), planted);
    let attacker = world.visitor().with_cookie("causeway", &planted);
    assert!(!is_signed_in(&attacker.get("/en").await));
    // Nor can somebody be signed in by a form of another browser.
    let token = attacker.token_on("/en/account/sign-in").await;
    let other = world.visitor();
    other.get("/en/account/sign-in").await;
    let fields = [("email", EMAIL), ("password", PASSWORD), ("token", token.as_str())];
    let forged = other.form("/en/account/sign-in", &fields).await;
    assert_eq!(forged.status, 403);
    assert!(!is_signed_in(&other.get("/en").await));
}

#[db::test]
async fn a_code_is_asked_for_once_it_is_set_up(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let (secret, codes) = with_code(&world, &client).await;
    assert_eq!(codes.len(), 10);
    assert!(!client.get("/en/account").await.text().contains("Your password alone"));

    let phone = world.visitor();
    let step = sign_in(&phone, PASSWORD).await;
    assert_eq!(step.status, 200);
    assert!(!is_signed_in(&phone.get("/en").await), "a password alone is half of it");
    world.pass(30);
    let wrong = fill_shown(&phone, &step, &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    let done = fill_shown(&phone, &wrong, &[("code", &shown_code(&world, &secret))]).await;
    assert_eq!(done.header("location"), "/en/account", "{}", done.text());

    let lost = world.visitor();
    let step = sign_in(&lost, PASSWORD).await;
    assert_eq!(fill_shown(&lost, &step, &[("code", &codes[0])]).await.status, 303);
    let again = world.visitor();
    let step = sign_in(&again, PASSWORD).await;
    assert_eq!(fill_shown(&again, &step, &[("code", &codes[0])]).await.status, 422, "it works once");

    let renewed = fill(&client, "/en/account/second-factor/recovery", &[]).await;
    assert_eq!(renewed.status, 200);
    assert!(!renewed.text().contains(&codes[1]) && renewed.text().matches("<li><code>").count() == 10);
    let off = fill(&client, "/en/account/second-factor/off", &[]).await;
    assert_eq!(off.header("location"), "/en/account");
    world.pass(1000);
    assert_eq!(sign_in(&world.visitor(), PASSWORD).await.header("location"), "/en/account");
}

#[db::test]
async fn a_step_that_was_begun_long_ago_is_begun_again(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let (secret, _) = with_code(&world, &client).await;
    let phone = world.visitor();
    let step = sign_in(&phone, PASSWORD).await;
    world.pass(660);
    let late = fill_shown(&phone, &step, &[("code", &shown_code(&world, &secret))]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("The first step was too long ago"), "{}", late.text());
}

#[db::test]
async fn a_forgotten_password_is_chosen_anew_and_ends_every_session(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let visitor = world.visitor();
    let asked = fill(&visitor, "/en/account/reset", &[("email", EMAIL)]).await;
    assert_eq!(asked.header("location"), "/en/account/check-mail");
    let reset = link(&world, EMAIL).await;
    let chosen = fill(&visitor, &reset, &[("password", OTHER)]).await;
    assert_eq!(chosen.header("location"), "/en/account/sign-in", "{}", chosen.text());
    assert!(!is_signed_in(&client.get("/en").await), "every session has ended");
    assert_eq!(visitor.get(&reset).await.status, 409, "the link works once");
    assert_eq!(sign_in(&visitor, PASSWORD).await.status, 422);
    assert_eq!(sign_in(&visitor, OTHER).await.status, 303);
}

#[db::test]
async fn changing_the_password_ends_other_sessions_and_changes_the_cookie(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let other = world.visitor();
    sign_in(&other, PASSWORD).await;
    let before = client.cookie("causeway").unwrap();
    let page = "/en/account/password/change";
    let wrong = fill(&client, page, &[("current", OTHER), ("password", OTHER)]).await;
    assert_eq!(wrong.status, 422);
    assert!(!wrong.text().contains(OTHER));
    let changed = fill(&client, page, &[("current", PASSWORD), ("password", OTHER)]).await;
    assert_eq!(changed.header("location"), "/en/account", "{}", changed.text());
    assert!(is_signed_in(&client.get("/en").await) && client.cookie("causeway").unwrap() != before);
    assert!(!is_signed_in(&other.get("/en").await));
    let thief = world.visitor().with_cookie("causeway", &before);
    assert!(!is_signed_in(&thief.get("/en").await));
}

#[db::test]
async fn who_was_away_proves_it_again_before_the_account_is_touched(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    world.pass(16 * 60);
    let page = "/en/account/password/change";
    let first = client.get(page).await;
    assert_eq!(first.header("location"), "/en/account/prove?return=%2Fen%2Faccount%2Fpassword%2Fchange");
    let before = client.cookie("causeway").unwrap();
    let wrong = fill(&client, first.header("location"), &[("password", OTHER)]).await;
    assert_eq!(wrong.status, 422);
    let proved = fill(&client, first.header("location"), &[("password", PASSWORD)]).await;
    assert_eq!((proved.status, proved.header("location")), (303, page), "{}", proved.text());
    assert_ne!(client.cookie("causeway").unwrap(), before, "the cookie is another");
    assert_eq!(client.get(page).await.status, 200);
}

#[db::test]
async fn an_address_moves_once_both_letters_were_answered(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let asked = fill(&client, "/en/account/email/change", &[("email", "new@example.org")]).await;
    assert_eq!(asked.header("location"), "/en/account", "{}", asked.text());
    let (new, old) = (link(&world, "new@example.org").await, link(&world, EMAIL).await);
    let first = fill(&client, &new, &[]).await;
    assert_eq!(first.header("location"), "/en", "{}", first.text());
    assert!(client.get("/en").await.text().contains("One of two links is confirmed."));
    let second = fill(&client, &old, &[]).await;
    assert_eq!(second.header("location"), "/en/account/sign-in");
    let fields = [("email", "new@example.org"), ("password", PASSWORD)];
    assert_eq!(fill(&client, "/en/account/sign-in", &fields).await.status, 303);
}

#[db::test]
async fn what_is_known_of_oneself_is_kept_up_and_nobody_overwrites_another(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let page = "/en/account/profile";
    let shown = client.get(page).await;
    let fields = [
        ("name", "ຄຳ ວົງສາ"), ("latin_name", "Kham Vongsa"), ("language", "lo"), ("country", "LA"),
        ("time_zone", "Asia/Vientiane"),
    ];
    let saved = fill_shown(&client, &shown, &fields).await;
    assert_eq!(saved.header("location"), "/en/account", "{}", saved.text());
    let own = client.get("/en/account").await;
    assert!(own.text().contains("ຄຳ ວົງສາ (Kham Vongsa)") && own.text().contains("Asia/Vientiane"));
    let stale = fill_shown(&client, &shown, &fields).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("value=\"Kham Vongsa\""), "what was typed is kept");
    let bad = fill(&client, page, &[("name", ""), ("latin_name", "ຄຳ"), ("language", "xx")]).await;
    assert_eq!(bad.status, 422);
}

#[db::test]
async fn an_account_is_closed_by_whoever_ticks_the_box(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let kept = fill(&client, "/en/account/close", &[]).await;
    assert_eq!(kept.status, 422);
    let closed = fill(&client, "/en/account/close", &[("agreed", "on")]).await;
    assert_eq!(closed.header("location"), "/en");
    assert!(client.get("/en").await.text().contains("Your account is closed."));
    assert_eq!(sign_in(&client, PASSWORD).await.status, 422);
}

#[db::test]
async fn suspending_an_account_ends_its_sessions_at_once(db: Db) {
    let world = World::new(&db).await;
    let client = somebody(&world).await;
    let found = account::find(&db, &Actor::operator(), EMAIL).await.unwrap();
    account::suspend(&db, world.actor(Role::Administrator), found.id).await.unwrap();
    assert!(!is_signed_in(&client.get("/en").await));
    let refused = sign_in(&client, PASSWORD).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("This account is suspended."));
}

#[db::test]
async fn guesses_are_bounded_and_the_form_says_when_to_come_again(db: Db) {
    let world = World::new(&db).await;
    somebody(&world).await;
    let guesser = world.visitor();
    let mut statuses = Vec::new();
    for _ in 0..12 {
        statuses.push(sign_in(&guesser, "not the password").await.status);
    }
    assert!(statuses.starts_with(&[422, 422, 422]) && statuses.ends_with(&[429]), "{statuses:?}");
    let held = sign_in(&guesser, "not the password").await;
    assert!(!held.header("retry-after").is_empty());
    assert!(held.text().contains("value=\"kham@example.org\""), "the address is kept");
}

#[db::test]
async fn the_first_administrator_is_made_by_the_link_that_was_printed(db: Db) {
    let world = World::without_accounts(&db);
    let printed = account::first_link(&db, &Gate::cheap()).await.unwrap().unwrap();
    let path = printed.reveal().to_owned();
    let visitor = world.visitor();
    let fields = [("name", "Ana"), ("email", "ana@example.org"), ("password", PASSWORD)];
    let made = fill(&visitor, &path, &fields).await;
    assert_eq!(made.header("location"), "/en/account", "{}", made.text());
    assert!(visitor.get("/en/account").await.text().contains("/desk/news"));
    assert_eq!(visitor.get(&path).await.status, 409);
}
