//! An operation while it is being described.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value as Json, json};

use crate::error::known;

/// The media type of a problem document.
const PROBLEM: &str = "application/problem+json";

/// The schemas of what is sent to us and of what we send: one type may look different in the two.
pub(super) struct Schemas {
    pub(super) taken: SchemaGenerator,
    pub(super) given: SchemaGenerator,
}

impl Schemas {
    pub(super) fn new() -> Self {
        let settings = || {
            SchemaSettings::draft2020_12().with(|settings| {
                settings.definitions_path = "/components/schemas".into();
                settings.meta_schema = None;
            })
        };
        Self {
            taken: settings().for_deserialize().into_generator(),
            given: settings().for_serialize().into_generator(),
        }
    }
}

/// An operation while it is being described.
pub(crate) struct Sketch<'a> {
    schemas: &'a mut Schemas,
    /// The names of the variable parts of its path.
    variables: Vec<&'a str>,
    parameters: Vec<Json>,
    body: Option<Json>,
    answers: BTreeMap<u16, Json>,
    codes: BTreeSet<&'static str>,
    takes_token: bool,
}

impl<'a> Sketch<'a> {
    pub(super) fn new(schemas: &'a mut Schemas, path: &'a str) -> Self {
        let variables =
            path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}')).collect();
        Self {
            schemas,
            variables,
            parameters: Vec::new(),
            body: None,
            answers: BTreeMap::new(),
            codes: BTreeSet::new(),
            takes_token: false,
        }
    }

    /// The last variable part of the path is a `T`. One that is none is not found.
    pub(crate) fn last_variable<T: JsonSchema>(&mut self) {
        let schema = self.schemas.taken.subschema_for::<T>();
        if let Some(name) = self.variables.pop() {
            self.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
        self.refuses("not-found");
    }

    /// The fields of `T` are read from the query.
    pub(crate) fn query<T: JsonSchema>(&mut self) {
        let schema = T::json_schema(&mut self.schemas.taken);
        let required = names(schema.get("required"));
        let fields = schema.get("properties").and_then(Json::as_object).cloned().unwrap_or_default();
        for (name, mut field) in fields {
            without_null(&mut field);
            let about = field.as_object_mut().and_then(|field| field.shift_remove("description"));
            let mut parameter = Map::new();
            parameter.insert("name".into(), name.as_str().into());
            parameter.insert("in".into(), "query".into());
            parameter.insert("required".into(), required.contains(&name).into());
            if let Some(about) = about {
                parameter.insert("description".into(), about);
            }
            parameter.insert("schema".into(), field);
            self.parameters.push(parameter.into());
        }
        self.refuses("invalid");
    }

    /// The header `name` is read.
    pub(crate) fn header(&mut self, name: &str, required: bool, about: &str, schema: &Json) {
        self.parameters.push(json!({
            "name": name, "in": "header", "required": required, "description": about, "schema": schema,
        }));
    }

    /// The body is a `T` in JSON.
    pub(crate) fn json<T: JsonSchema>(&mut self) {
        let schema = self.schemas.taken.subschema_for::<T>();
        self.body =
            Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }));
        for code in ["not-json", "media-type", "too-large", "invalid"] {
            self.refuses(code);
        }
    }

    /// The body is bytes.
    pub(crate) fn bytes(&mut self) {
        self.body = Some(json!({ "required": true, "content": { "application/octet-stream": {} } }));
        for code in ["not-json", "too-large"] {
            self.refuses(code);
        }
    }

    /// It may be refused with `code`.
    pub(crate) fn refuses(&mut self, code: &'static str) {
        self.codes.insert(code);
    }

    /// A token is read.
    pub(crate) fn takes_token(&mut self) {
        self.takes_token = true;
    }

    /// The schema of what is sent.
    pub(crate) fn given<T: JsonSchema>(&mut self) -> Schema {
        self.schemas.given.subschema_for::<T>()
    }

    /// It may be answered with `status`: the media type with the schema of its body, and headers by name.
    pub(crate) fn answers(
        &mut self,
        status: StatusCode,
        body: Option<(&str, Json)>,
        headers: &[(&str, &str)],
    ) {
        let mut answer = json!({ "description": status.canonical_reason().unwrap_or_default() });
        for (name, about) in headers {
            answer["headers"][name] = json!({ "description": about, "schema": { "type": "string" } });
        }
        if let Some((kind, schema)) = body {
            answer["content"][kind] = json!({ "schema": schema });
        }
        self.answers.insert(status.as_u16(), answer);
    }

    /// The operation, as it stands in the document. `signed_in`: whether it does nothing without a token.
    pub(super) fn finish(mut self, signed_in: bool) -> Map<String, Json> {
        let mut operation = Map::new();
        if !self.parameters.is_empty() {
            operation.insert("parameters".into(), std::mem::take(&mut self.parameters).into());
        }
        if let Some(body) = self.body.take() {
            operation.insert("requestBody".into(), body);
        }
        let problems = self.problems();
        let answers = self.answers.into_iter().chain(problems);
        let answers: Map<String, Json> =
            answers.map(|(status, answer)| (status.to_string(), answer)).collect();
        operation.insert("responses".into(), answers.into());
        let security = match (self.takes_token, signed_in) {
            (false, _) => json!([]),
            (true, false) => json!([{}, { "token": [] }]),
            (true, true) => json!([{ "token": [] }]),
        };
        operation.insert("security".into(), security);
        operation
    }

    /// The refusals, by status.
    fn problems(&self) -> BTreeMap<u16, Json> {
        let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
        for code in &self.codes {
            let cases = known().iter().filter(|known| known.code == *code);
            for case in cases {
                by_status.entry(case.status).or_default().push(code);
            }
        }
        by_status
            .into_iter()
            .map(|(status, codes)| {
                let answer = json!({
                    "description": codes.join(", "),
                    "content": { PROBLEM: { "schema": { "$ref": "#/components/schemas/Problem" } } },
                    "x-problem-codes": codes,
                });
                (status, answer)
            })
            .collect()
    }
}

fn names(list: Option<&Json>) -> BTreeSet<String> {
    let list = list.and_then(Json::as_array).into_iter().flatten();
    list.filter_map(Json::as_str).map(str::to_owned).collect()
}

/// In a query, what is not given is left out; there is no null.
fn without_null(field: &mut Json) {
    if let Some(kinds) = field["type"].as_array() {
        let kinds: Vec<_> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        field["type"] = if let [kind] = kinds.as_slice() { kind.clone() } else { kinds.into() };
    }
    if let Some(choices) = field.get_mut("anyOf").and_then(Json::as_array_mut) {
        choices.retain(|choice| choice["type"] != "null");
        if let [choice] = choices.as_slice() {
            let choice = choice.clone();
            if let Some(field) = field.as_object_mut() {
                field.shift_remove("anyOf");
                field.extend(choice.as_object().cloned().unwrap_or_default());
            }
        }
    }
    if let Some(field) = field.as_object_mut()
        && field.get("default") == Some(&Json::Null)
    {
        field.shift_remove("default");
    }
}
