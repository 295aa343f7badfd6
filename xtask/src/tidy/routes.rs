//! Check: the route table and the authorisation matrix name the same routes, and every row answers for every
//! role. Whether the server answers as the matrix says, the matrix tests of `web` show.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use toml::Table;

use super::finding::Finding;
use super::tree::Tree;

/// Where the matrix lies.
pub const MATRIX: &str = "crates/web/tests/it/matrix.toml";

/// The key of a row that is no role.
const PATH: &str = "path";

/// What differs between the routes the binary printed (`causeway routes --json`, or why it did not) and the matrix.
pub fn check(tree: &Tree, routes: &Result<String, String>) -> Vec<Finding> {
    let routes = match routes.as_ref().map_err(Clone::clone).and_then(|json| read_routes(json)) {
        Ok(routes) => routes,
        Err(problem) => {
            let problem = format!("the routes are not known: {problem}");
            return vec![Finding::new("crates/web", 0, problem, "make `causeway routes --json` work")];
        }
    };
    let Some(text) = tree.text(MATRIX) else {
        return vec![Finding::new(
            MATRIX,
            0,
            "does not exist",
            "write a table for each route, named as the route",
        )];
    };
    let matrix: Table = match text.parse() {
        Ok(matrix) => matrix,
        Err(error) => return vec![Finding::new(MATRIX, 0, format!("is not TOML: {error}"), "correct it")],
    };
    let roles: BTreeSet<&String> = matrix
        .values()
        .filter_map(toml::Value::as_table)
        .flat_map(|row| row.keys().filter(|key| *key != PATH))
        .collect();
    let missing = routes.iter().filter(|(name, _)| !matrix.contains_key(*name)).map(|(name, path)| {
        let problem = format!("the route {name} ({path}) has no row");
        Finding::new(MATRIX, 0, problem, format!("add `[{name}]` with the status each role is to see"))
    });
    let rows = matrix.iter().flat_map(|(name, row)| check_row(text, name, row, routes.get(name), &roles));
    missing.chain(rows).collect()
}

/// The path of each route by its name.
fn read_routes(json: &str) -> Result<BTreeMap<String, String>, String> {
    let list: Value =
        serde_json::from_str(json).map_err(|error| format!("what it printed is no JSON: {error}"))?;
    let list =
        list.as_array().filter(|list| !list.is_empty()).ok_or("what it printed is no list of routes")?;
    let mut routes = BTreeMap::new();
    for route in list {
        let (Some(name), Some(path)) = (route["name"].as_str(), route["path"].as_str()) else {
            return Err(format!("a route lacks its name or path: {route}"));
        };
        let first = routes.insert(name.to_owned(), path.to_owned());
        if let Some(first) = first.filter(|first| first != path) {
            return Err(format!("two routes are called {name}: {first} and {path}"));
        }
    }
    Ok(routes)
}

fn check_row(
    text: &str,
    name: &str,
    row: &toml::Value,
    path: Option<&String>,
    roles: &BTreeSet<&String>,
) -> Vec<Finding> {
    let line = text.lines().position(|line| line.trim() == format!("[{name}]")).map_or(0, |at| at + 1);
    let find = |problem: String, remedy: &str| Finding::new(MATRIX, line, problem, remedy);
    let Some(path) = path else {
        return vec![find(format!("{name} is no route"), "take the row out, or correct its name")];
    };
    let Some(row) = row.as_table() else {
        return vec![find(format!("{name} is no table"), "write `[name]` and a line for each role")];
    };
    let mut findings = Vec::new();
    if row.get(PATH).and_then(toml::Value::as_str) != Some(path) {
        findings.push(find(
            format!("{name} lies at {path}, the row says otherwise"),
            "correct `path` in the row",
        ));
    }
    if row.keys().all(|key| key == PATH) {
        findings
            .push(find(format!("{name} says nothing for any role"), "add the status each role is to see"));
    } else {
        let silent = roles.iter().filter(|role| !row.contains_key(**role));
        findings.extend(silent.map(|role| {
            find(
                format!("{name} says nothing for {role}, as other rows do"),
                "add the status that role is to see",
            )
        }));
    }
    findings
}
