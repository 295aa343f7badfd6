//! Forms that no page of ours gave to this browser change nothing: every page that takes a form, in every way to forge one.

use axum::http::Method;
use db::Db;
use serde_json::json;
use web::Surface;

use crate::world::{Answer, BASE_URL, Client, World};

/// A number for everything in the database.
async fn fingerprint(db: &Db) -> String {
    let mut hasher = blake3::Hasher::new();
    let hashed = db.read(async |read| {
        for table in read.tables().await? {
            hasher.update(table.name.as_bytes());
            read.dump(&table, |row| {
                hasher.update(row.to_string().as_bytes());
                Ok::<_, db::Error>(())
            })
            .await?;
        }
        Ok::<_, db::Error>(())
    });
    hashed.await.unwrap();
    hasher.finalize().to_hex().to_string()
}

/// Every page that changes something, with a thing of `client` to change.
async fn targets(world: &World, client: &Client) -> Vec<String> {
    let news = world.news("A thing to change").published().await;
    let sessions = client.get("/en/account/sessions").await;
    let (before, _) = sessions.text().split_once("/end\"").unwrap();
    let session = before.rsplit('/').next().unwrap();
    let routes = web::routes::table().into_iter();
    routes
        .filter(|route| route.surface == Surface::Page && route.method != "GET")
        .map(|route| {
            let path = route.path.replace("{locale}", "en").replace("{id}", session);
            let path = path.replace("{reference}", news.reference.as_str());
            assert!(!path.contains('{'), "{path}: give it something to change");
            path
        })
        .collect()
}

#[db::test]
async fn a_forged_form_is_refused_and_changes_nothing(db: Db) {
    let world = World::new(&db).await;
    let (client, other) = (world.administrator(), world.editor());
    let own = client.token_on("/en/desk/news/new").await;
    let others = other.token_on("/en/desk/news/new").await;
    let targets = targets(&world, &client).await;
    assert!(targets.len() >= 6, "{targets:?}");
    let before = fingerprint(&db).await;
    let fields = [("language", "en"), ("title.en", "Forged"), ("body.en", "Forged."), ("version", "1")];
    let with = |token: &str| fields.iter().copied().chain([("token", token)]).map(owned).collect::<Vec<_>>();
    for path in &targets {
        let send = async |fields: Vec<(String, String)>, headers: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let asking = client.form(path, &fields);
            headers.iter().fold(asking, |asking, (name, value)| asking.header(name, value)).await
        };
        let without = fields.iter().copied().map(owned).collect();
        let json = client
            .ask(Method::POST, path)
            .header("content-type", "text/plain")
            .body(json!({ "token": &own, "language": "en", "title": { "en": "Forged" } }).to_string());
        let answers = [
            ("no token", send(without, &[]).await),
            ("no such token", send(with("AAAA"), &[]).await),
            ("another's token", send(with(&others), &[]).await),
            ("another site", send(with(&own), &[("origin", "https://evil.example")]).await),
            ("a page without an origin", send(with(&own), &[("origin", "null")]).await),
            ("the browser says so", send(with(&own), &[("sec-fetch-site", "cross-site")]).await),
            ("a neighbour", send(with(&own), &[("sec-fetch-site", "same-site")]).await),
            ("plain text", json.await),
            ("nobody's cookie", world.visitor().form(path, &[("token", &own)]).await),
        ];
        for (how, answer) in answers {
            assert_eq!(answer.status, 403, "{path}: {how}");
            assert_eq!(answer.header("content-language"), "en", "{path}: {how}");
        }
    }
    assert_eq!(fingerprint(&db).await, before, "nothing was changed");
    // The control: the same form with the token of its page does change something.
    let sent = client.submit("/en/desk/news/new", "/en/desk/news", &fields[..3]).await;
    assert_eq!(sent.status, 303);
    assert_ne!(fingerprint(&db).await, before);
}

fn owned((name, value): (&str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

#[db::test]
async fn what_was_typed_is_kept_when_the_form_is_not_taken(db: Db) {
    let world = World::new(&db).await;
    let editor = world.editor();
    let typed = [("language", "km"), ("title.km", "ចំណងជើង"), ("body.km", "អត្ថបទ")];
    let refused = editor.form("/km/desk/news", &typed).await;
    assert_eq!(refused.status, 403);
    assert!(refused.text().contains("value=\"ចំណងជើង\"") && refused.text().contains("អត្ថបទ</textarea>"));
    assert!(refused.text().contains("role=\"alert\""));
    // The page that was shown again carries a token that is good.
    let token = token_in(&refused);
    let again: Vec<_> =
        typed.iter().copied().chain([("token", token.as_str()), ("step", "publish")]).collect();
    assert_eq!(editor.form("/km/desk/news", &again).await.status, 303);
}

fn token_in(answer: &Answer) -> String {
    let (_, rest) = answer.text().rsplit_once("name=\"token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[db::test]
async fn a_form_with_a_field_of_its_own_is_no_form_of_ours(db: Db) {
    let world = World::new(&db).await;
    let fields = [("language", "en"), ("title.en", "T"), ("body.en", "B"), ("state", "published")];
    let refused = world.editor().submit("/en/desk/news/new", "/en/desk/news", &fields).await;
    assert_eq!(refused.status, 400);
    let own = world.editor().form("/en/desk/news", &[]).header("origin", BASE_URL).await;
    assert_eq!(own.status, 403, "our own origin alone is not enough");
}
