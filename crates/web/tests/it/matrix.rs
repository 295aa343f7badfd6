//! Who may do what: every route as every role, against `matrix.toml`. A route without a row fails, and a row without a
//! route.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use db::Db;
use domain::actor::Role;
use domain::file::{self, Tier};
use domain::job::{self, Job};
use serde_json::json;

use crate::world::{Client, World};

/// The roles of the matrix.
const ROLES: [&str; 5] = ["visitor", "editor", "auditor", "administrator", "bad-token"];

#[derive(serde::Serialize, serde::Deserialize)]
struct Idle {}

impl Job for Idle {
    const KIND: &'static str = "test.idle";
}

fn rows() -> BTreeMap<String, toml::Table> {
    let text = include_str!("matrix.toml");
    let table: toml::Table = text.parse().unwrap();
    table.into_iter().map(|(name, row)| (name, row.as_table().unwrap().clone())).collect()
}

#[test]
fn every_route_has_a_row_and_every_row_a_route() {
    let rows = rows();
    let routes = web::routes::table();
    let named: BTreeSet<_> = routes.iter().map(|route| route.name).collect();
    let written: BTreeSet<_> = rows.keys().map(String::as_str).collect();
    assert_eq!(named, written);
    assert_eq!(named.len(), routes.len(), "two routes share a name");
    for route in &routes {
        let row = &rows[route.name];
        assert_eq!(row["path"].as_str(), Some(route.path), "{}", route.name);
        let roles: BTreeSet<_> = row.keys().map(String::as_str).filter(|key| *key != "path").collect();
        assert_eq!(roles, BTreeSet::from(ROLES), "{}", route.name);
    }
}

#[db::test]
async fn every_route_answers_every_role_as_the_matrix_says(db: Db) {
    let world = World::new(&db).await;
    let rows = rows();
    let mut wrong = Vec::new();
    for route in web::routes::table() {
        for role in ROLES {
            // Each cell has things of its own, since some are gone afterwards.
            let subject = Subject::make(&world).await;
            let client = match role {
                "visitor" => world.visitor(),
                "bad-token" => world.stranger(),
                code => world.freshly_signed_in(Role::parse(code).unwrap()).await,
            };
            let expected = rows[route.name][role].as_integer().unwrap();
            let status = subject.ask(&client, route).await;
            if i64::from(status) != expected {
                wrong.push(format!("{} as {role}: {status}, not {expected}", route.name));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// One of each thing that a route may name.
struct Subject {
    reference: String,
    organisation: String,
    file: String,
    job: String,
    letter: String,
    asset: String,
}

impl Subject {
    async fn make(world: &World) -> Self {
        let publication = world.news("A thing to ask for").published().await;
        let (db, editor) = (world.app.db(), world.actor(Role::Editor));
        let text = bytes::Bytes::from_static(b"for the centre");
        let file = file::keep(db, world.app.shelf(), editor, "note.txt", Tier::Centre, text).await.unwrap();
        let job = db.write(async |tx| job::enqueue(&tx, editor, &Idle {}, tx.now()).await).await.unwrap();
        let home = world.visitor().get("/en").await;
        let (_, rest) = home.text().split_once("/assets/").unwrap();
        Self {
            reference: publication.reference.to_string(),
            organisation: world.organisation("A body to ask for").await.reference.to_string(),
            file: file.id.to_string(),
            job: job.to_string(),
            letter: world.letter().await.to_string(),
            asset: rest.split('"').next().unwrap().to_owned(),
        }
    }

    async fn ask(&self, client: &Client, route: web::RouteInfo) -> u16 {
        let id = match route.path {
            path if path.contains("/files/") => &self.file,
            path if path.contains("/letters/") => &self.letter,
            _ => &self.job,
        };
        let reference = match route.path {
            path if path.contains("/organisations/") => &self.organisation,
            _ => &self.reference,
        };
        let path = route
            .path
            .replace("{locale}", "en")
            .replace("{country}", "TH")
            .replace("{list}", "organisation-kinds")
            .replace("{reference}", reference)
            .replace("{name}", &self.asset)
            .replace("{id}", id);
        let method: Method = route.method.parse().unwrap();
        let request = match route.name {
            "publication-publish" => {
                let body = json!({ "language": "en", "title": { "en": "T" }, "body": { "en": "B" } });
                client.post(&path, &body)
            }
            "publication-withdraw" => client.delete(&path).header("if-match", "\"1\""),
            // Forms carry the token of a page of this browser; what comes without, `forgery` tries.
            _ if method == Method::POST && route.surface == web::Surface::Page => {
                let token = match client.token_somewhere("/en").await {
                    Some(token) => token,
                    None => client.token_on("/en/account/sign-in").await,
                };
                let news = [("language", "en"), ("title.en", "T"), ("body.en", "B"), ("version", "1")];
                let fields: &[(&str, &str)] = match route.name {
                    "news-publish" | "news-revise" => &news,
                    "news-withdraw" => &news[3..],
                    _ => &[],
                };
                let token = ("token", token.as_str());
                client.form(&path, &fields.iter().copied().chain([token]).collect::<Vec<_>>())
            }
            "file-keep" => client.ask(method, &format!("{path}?name=a.txt")).bytes(b"text"),
            _ => client.ask(method, &path),
        };
        request.await.status
    }
}
