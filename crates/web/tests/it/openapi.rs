//! The description of the API: as it was committed, true of what is taken, and whole.

use axum::http::Method;
use db::Db;
use serde_json::{Value as Json, json};

use crate::world::{Asking, Client, World};

/// The description as it was committed.
const SNAPSHOT: &str = include_str!("../../../../docs/api/openapi.json");

#[test]
fn the_description_is_the_one_that_was_committed() {
    let now = serde_json::to_string_pretty(&web::api::document()).unwrap();
    let found = concat!(env!("CARGO_TARGET_TMPDIR"), "/openapi.json");
    std::fs::write(found, format!("{now}\n")).unwrap();
    assert!(
        SNAPSHOT.trim_end() == now,
        "the API is no longer as docs/api/openapi.json says; if that is meant: cp {found} docs/api/openapi.json"
    );
}

#[test]
fn every_reference_leads_somewhere_and_every_variable_is_described() {
    let document = web::api::document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(!references.is_empty());
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for (path, _, operation) in operations(&document) {
        let variables: Vec<_> = path.split('/').filter_map(|part| part.strip_prefix('{')).collect();
        let described = parameters(&operation, "path");
        assert_eq!(variables.len(), described.len(), "{path}");
        assert!(!operation["summary"].as_str().unwrap().is_empty(), "{path}");
    }
}

#[db::test]
async fn the_description_is_served_with_its_digest(db: Db) {
    let world = World::new(&db).await;
    let served = world.visitor().get("/api/openapi.json").await;
    assert_eq!(served.json(), web::api::document());
    let again = world.visitor().get("/api/openapi.json").header("if-none-match", served.header("etag")).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
}

#[db::test]
async fn every_number_of_a_query_is_read_under_its_name(db: Db) {
    let world = World::new(&db).await;
    let mut tried = 0;
    for (path, method, operation) in operations(&web::api::document()) {
        for parameter in parameters(&operation, "query") {
            if parameter["schema"]["type"] == "integer" {
                let name = parameter["name"].as_str().unwrap();
                let path = format!("{path}?{name}=x");
                let refused = world.administrator().ask(method.parse().unwrap(), &path).await;
                assert_eq!(
                    (refused.status, refused.json()["fields"][0]["name"].clone()),
                    (422, json!(name)),
                    "{path}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 0);
}

#[db::test]
async fn every_field_of_a_body_is_read_and_no_other_is_taken(db: Db) {
    let world = World::new(&db).await;
    let document = web::api::document();
    let mut tried = 0;
    for (path, method, operation) in operations(&document) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let Some(reference) = schema["$ref"].as_str() else { continue };
        let schema = document.pointer(reference.strip_prefix('#').unwrap()).unwrap();
        let fields = schema["properties"].as_object().unwrap();
        assert_eq!(schema["additionalProperties"], json!(false), "{path}: what nobody reads is refused");
        let path = path.replace("{id}", "0193e3a0-0000-7000-8000-000000000000");
        for name in fields.keys().map(String::as_str).chain(["nobody-reads-this"]) {
            // No field is a list of lists of numbers.
            let refused = send(&world.administrator(), &method, &path, &json!({ name: [[0]] })).await;
            assert_eq!(refused.status, 422, "{path}: {name}");
            assert_eq!(refused.json()["fields"][0]["name"], json!(name), "{path}");
            tried += 1;
        }
    }
    assert!(tried > 0);
}

fn send(client: &Client, method: &str, path: &str, body: &Json) -> Asking {
    let method: Method = method.parse().unwrap();
    client.ask(method, path).header("content-type", "application/json").body(body.to_string())
}

/// Every operation: its path, its method and what is said of it.
fn operations(document: &Json) -> Vec<(String, String, Json)> {
    let paths = document["paths"].as_object().unwrap().iter();
    paths
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(|(method, operation)| (path.clone(), method.to_uppercase(), operation.clone()))
        })
        .collect()
}

fn parameters(operation: &Json, place: &str) -> Vec<Json> {
    let all = operation["parameters"].as_array().into_iter().flatten();
    all.filter(|parameter| parameter["in"] == place).cloned().collect()
}

fn collect(value: &Json, references: &mut Vec<String>) {
    match value {
        Json::Object(fields) => {
            references.extend(fields.get("$ref").and_then(Json::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, references));
        }
        Json::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
