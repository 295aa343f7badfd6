//! All operations in one document.

use i18n::{Catalogue, Locale};
use serde_json::{Map, Value as Json, json};

use super::Sketch;
use super::sketch::Schemas;
use crate::app::RELEASE;
use crate::error::ProblemBody;
use crate::once;
use crate::routes::described;

/// What any operation may be refused with, before its handler is asked.
const ANY: [&str; 5] = ["misdirected", "timed-out", "busy", "unavailable", "internal"];

/// What a change may be refused with besides.
const CHANGE: [&str; 4] = ["cross-site", "full", "limited", "token-read-only"];

/// The document, OpenAPI 3.1: the same for every installation of a release.
pub fn document() -> Json {
    let mut schemas = Schemas::new();
    let t = Catalogue::embedded().translator(Locale::En);
    let mut paths: Map<String, Json> = Map::new();
    for (info, operation) in described() {
        let mut sketch = Sketch::new(&mut schemas, info.path);
        ANY.into_iter().for_each(|code| sketch.refuses(code));
        if info.method != "GET" {
            CHANGE.into_iter().for_each(|code| sketch.refuses(code));
        }
        if info.method == "POST" {
            keyed(&mut sketch);
        }
        if operation.signed_in {
            sketch.refuses("unauthenticated");
        }
        operation.refuses.iter().for_each(|code| sketch.refuses(code));
        (operation.describe)(&mut sketch);
        let mut entry = Map::new();
        entry.insert("operationId".into(), info.name.into());
        entry.insert("tags".into(), json!([group(info.path)]));
        entry.insert("summary".into(), t.text(operation.summary).into());
        entry.insert("x-summary-key".into(), operation.summary.into());
        entry.extend(sketch.finish(operation.signed_in));
        let path = paths.entry(info.path).or_insert_with(|| json!({}));
        path[info.method.to_ascii_lowercase()] = entry.into();
    }
    schemas.given.subschema_for::<ProblemBody>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Causeway",
            "version": RELEASE,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": merged(schemas),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// What every `POST` reads besides: see [`once`].
fn keyed(sketch: &mut Sketch<'_>) {
    let about =
        "Under the same key, the same request is carried out once; its answer is given again for 24 hours";
    let schema = json!({ "type": "string", "minLength": 1, "maxLength": once::KEY_MAX });
    sketch.header("Idempotency-Key", false, about, &schema);
    for code in ["invalid", "once-other-request", "once-running", "once-unknown"] {
        sketch.refuses(code);
    }
}

/// What an operation stands under: the first part of its path behind the version.
fn group(path: &str) -> &str {
    let rest = path.trim_start_matches("/api").trim_start_matches("/v1").trim_start_matches('/');
    let group = rest.split(['/', '.']).next().unwrap_or_default();
    if group.is_empty() { "programme" } else { group }
}

/// The named schemas of both directions. A name means one thing: where a type looks different when it is taken and when it is
/// given, each has a name of its own.
fn merged(mut schemas: Schemas) -> Map<String, Json> {
    let mut named = schemas.taken.take_definitions(true);
    for (name, schema) in schemas.given.take_definitions(true) {
        let before = named.insert(name.clone(), schema.clone());
        assert!(before.is_none_or(|before| before == schema), "two schemas are called {name}");
    }
    named.sort_keys();
    named
}
