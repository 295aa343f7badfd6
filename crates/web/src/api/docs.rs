//! The page that describes the API to people, made from the same document as programs read.

use askama::Template;
use axum::extract::State;
use axum::http::header::{LOCATION, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use i18n::{Locale, Translator};
use serde_json::Value as Json;

use super::document;
use crate::App;
use crate::error::{self, Refusal};
use crate::extract::Asked;
use crate::page::{InLanguage, Page, Shell};

/// Everything that programs can ask.
#[derive(Debug, Template)]
#[template(path = "api/docs.html")]
pub(crate) struct DocsPage {
    shell: Shell,
    groups: Vec<Group>,
    problems: Vec<ProblemRow>,
}

/// The operations that belong together.
#[derive(Debug)]
struct Group {
    name: String,
    operations: Vec<OperationRow>,
}

#[derive(Debug)]
struct OperationRow {
    id: String,
    method: String,
    path: String,
    summary: String,
    needs_token: bool,
    parameters: Vec<FieldRow>,
    body: Vec<FieldRow>,
    example: Option<String>,
    answers: Vec<AnswerRow>,
}

/// A parameter, or a field of a body.
#[derive(Debug)]
struct FieldRow {
    name: String,
    kind: String,
    is_required: bool,
    /// What it means, in English: shown on the English page alone.
    about: Option<String>,
}

#[derive(Debug)]
struct AnswerRow {
    status: String,
    /// What the body is, or the codes of a refusal.
    says: Vec<String>,
}

#[derive(Debug)]
struct ProblemRow {
    code: &'static str,
    status: u16,
    title: String,
    advice: String,
}

impl InLanguage for DocsPage {
    fn locale(&self) -> Locale {
        self.shell.locale()
    }
}

/// `GET /api/docs`: the page in the language that the browser asks for.
pub(crate) async fn choose_docs(asked: Asked) -> Response {
    let location = HeaderValue::from_str(&format!("/{}/api", asked.locale.tag())).expect("a tag is ASCII");
    let vary = HeaderValue::from_static("Accept-Language");
    (StatusCode::SEE_OTHER, [(LOCATION, location), (VARY, vary)]).into_response()
}

/// `GET /{locale}/api`.
pub(crate) async fn docs(State(app): State<App>, asked: Asked) -> Result<Page<DocsPage>, Refusal> {
    asked.fixed()?;
    let shell = Shell::new(&app, &asked);
    let groups = groups(&document(), shell.t);
    let problems = error::explained(shell.t)
        .into_iter()
        .map(|(code, status, title, advice)| ProblemRow { code, status, title, advice })
        .collect();
    Ok(Page(DocsPage { shell, groups, problems }))
}

fn groups(document: &Json, t: Translator) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (path, methods) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            let name = operation["tags"][0].as_str().unwrap_or_default();
            let row = row(document, path, method, operation, t);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(row),
                None => groups.push(Group { name: name.to_owned(), operations: vec![row] }),
            }
        }
    }
    groups
}

fn row(document: &Json, path: &str, method: &str, operation: &Json, t: Translator) -> OperationRow {
    let shows_about = t.locale() == Locale::En;
    let about = |value: &Json| value["description"].as_str().filter(|_| shows_about).map(str::to_owned);
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| FieldRow {
        name: text(&parameter["name"]),
        kind: format!("{}, {}", text(&parameter["in"]), kind(document, &parameter["schema"])),
        is_required: parameter["required"] == true,
        about: about(parameter),
    });
    let content = operation["requestBody"]["content"].as_object().and_then(|content| content.iter().next());
    let schema = content.map(|(_, content)| followed(document, &content["schema"])).unwrap_or(&Json::Null);
    let required = schema["required"].as_array();
    let body = schema["properties"].as_object().into_iter().flatten().map(|(name, field)| FieldRow {
        name: name.clone(),
        kind: kind(document, field),
        is_required: required.is_some_and(|required| required.iter().any(|one| one == name)),
        about: about(field),
    });
    let answers = operation["responses"].as_object().into_iter().flatten();
    OperationRow {
        id: text(&operation["operationId"]),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: t.text(operation["x-summary-key"].as_str().unwrap_or_default()).into_owned(),
        needs_token: operation["security"]
            .as_array()
            .is_some_and(|all| !all.is_empty() && !all.contains(&serde_json::json!({}))),
        parameters: parameters.collect(),
        body: body.collect(),
        example: schema["examples"].get(0).and_then(|example| serde_json::to_string_pretty(example).ok()),
        answers: answers
            .map(|(status, answer)| AnswerRow { status: status.clone(), says: says(document, answer) })
            .collect(),
    }
}

/// The codes of a refusal, or what the body of an answer is.
fn says(document: &Json, answer: &Json) -> Vec<String> {
    if let Some(codes) = answer["x-problem-codes"].as_array() {
        return codes.iter().map(text).collect();
    }
    let content = answer["content"].as_object().into_iter().flatten();
    content.map(|(media, content)| format!("{media}: {}", kind(document, &content["schema"]))).collect()
}

fn text(value: &Json) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a reference leads to; anything else is itself.
fn followed<'a>(document: &'a Json, schema: &'a Json) -> &'a Json {
    let pointer = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    pointer.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// The type in short, with its bounds: `integer 1..200`, `"public" | "centre"`, `[Job]`.
fn kind(document: &Json, schema: &Json) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        let choices = choices(followed(document, schema));
        return if choices.is_empty() { name.to_owned() } else { choices.join(" | ") };
    }
    if let Some(any) = schema["anyOf"].as_array() {
        return any.iter().map(|one| kind(document, one)).collect::<Vec<_>>().join(" | ");
    }
    let choices = choices(schema);
    if !choices.is_empty() {
        return choices.join(" | ");
    }
    let base = match &schema["type"] {
        Json::String(name) if name == "array" => format!("[{}]", kind(document, &schema["items"])),
        Json::String(name) if name == "object" && schema["properties"]["items"].is_object() => {
            format!("{{ items: {}, next }}", kind(document, &schema["properties"]["items"]))
        }
        Json::String(name) => name.clone(),
        Json::Array(names) => names.iter().map(text).collect::<Vec<_>>().join(" | "),
        _ => "…".to_owned(),
    };
    let bound = |low: &str, high: &str| match (schema[low].as_u64(), schema[high].as_u64()) {
        (None | Some(0), None) => None,
        (low, high) => {
            Some(format!(" {}..{}", low.unwrap_or(0), high.map(|high| high.to_string()).unwrap_or_default()))
        }
    };
    let bounds = bound("minimum", "maximum").or_else(|| bound("minLength", "maxLength")).unwrap_or_default();
    let format =
        schema["format"].as_str().filter(|format| !format.starts_with("int") && !format.starts_with("uint"));
    format!("{base}{bounds}{}", format.map(|format| format!(" ({format})")).unwrap_or_default())
}

/// The values of a choice.
fn choices(schema: &Json) -> Vec<String> {
    if let Some(values) = schema["enum"].as_array() {
        return values.iter().map(Json::to_string).collect();
    }
    let one_of = schema["oneOf"].as_array().into_iter().flatten();
    one_of.filter_map(|one| one.get("const")).map(Json::to_string).collect()
}
