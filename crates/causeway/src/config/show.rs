//! `config show`: what the program understood, as TOML that could be used again, or as JSON. Secrets stay out.

use serde_json::{Map, Value as Json, json};

use super::given::Place;
use super::table::Effective;

/// The values as TOML, section by section; with `origin`, each line says where its value comes from.
pub fn as_toml(effective: &[Effective], origin: bool) -> String {
    let mut out = String::new();
    let mut section = "";
    for Effective { setting, value, place } in effective {
        if setting.section() != section {
            section = setting.section();
            let gap = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{gap}[{section}]\n"));
        }
        let line = format!("{} = {}", setting.name(), value.toml());
        match origin {
            true => out.push_str(&format!("{line:<40} # {place}\n")),
            false => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

/// The values as one JSON object by key; with `origin`, each is an object with its value and where it comes from.
pub fn as_json(effective: &[Effective], origin: bool) -> Json {
    let entry = |Effective { setting, value, place }: &Effective| {
        let value = value.json();
        let entry = if origin { json!({ "value": value, "origin": origin_json(place) }) } else { value };
        (setting.key.to_owned(), entry)
    };
    Json::Object(effective.iter().map(entry).collect::<Map<_, _>>())
}

fn origin_json(place: &Place) -> Json {
    match place {
        Place::Default => json!({ "from": "default" }),
        Place::File(path, line) => json!({ "from": "file", "file": path.to_string_lossy(), "line": line }),
        Place::Variable(name) => json!({ "from": "environment", "variable": name }),
        Place::SecretFile { variable, path } => {
            json!({ "from": "secret file", "variable": variable, "file": path.to_string_lossy() })
        }
    }
}
