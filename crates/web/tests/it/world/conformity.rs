//! Every answer of a test is held against the description of the API: its status must stand there, and a refusal's code.

use std::sync::LazyLock;

use serde_json::Value as Json;

use super::Answer;

static DOCUMENT: LazyLock<Json> = LazyLock::new(web::api::document);

/// Panics where the API answers otherwise than it says.
pub(super) fn check(method: &str, path: &str, answer: &Answer) {
    let Some(operation) = find(method, path) else { return };
    let response = &operation["responses"][answer.status.to_string()];
    assert!(
        response.is_object(),
        "{method} {path} may not answer {}: {}",
        answer.status,
        operation["responses"]
    );
    if answer.header("content-type") == "application/problem+json" && !answer.bytes.is_empty() {
        let code = answer.json()["code"].clone();
        let codes = response["x-problem-codes"].as_array();
        let stands = codes.is_some_and(|codes| codes.contains(&code));
        assert!(stands, "{method} {path} may not be refused with {code}; does its row lack `refuses`?");
    }
}

/// What is said of the operation: of a path without variables before one with.
fn find(method: &str, path: &str) -> Option<&'static Json> {
    let method = if method == "HEAD" { "get".to_owned() } else { method.to_ascii_lowercase() };
    let paths = DOCUMENT["paths"].as_object()?;
    let fits = |pattern: &str| {
        let (pattern, path) = (pattern.split('/'), path.split('/'));
        pattern.clone().count() == path.clone().count()
            && pattern.zip(path).all(|(pattern, part)| pattern == part || pattern.starts_with('{'))
    };
    let exact = paths.get(path);
    let found =
        exact.or_else(|| paths.iter().find(|(pattern, _)| fits(pattern)).map(|(_, methods)| methods))?;
    found.get(&method)
}
