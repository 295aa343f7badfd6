//! What the parts say that handlers are given.

use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use domain::page::{Ask, MOST};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::{Part, Sketch};
use crate::entity_tag::{Known, Version};
use crate::extract::{CountryPath, Id, Json, ListPath, NewsPath, Query, Upload, Viewer};

/// Which page of a list.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PageQuery {
    /// How many at most
    #[schemars(range(min = 1, max = MOST), extend("default" = 20))]
    limit: Option<u32>,
    /// What the page before named as `next`
    #[schemars(regex(pattern = super::CURSOR))]
    after: Option<String>,
}

impl PageQuery {
    pub(crate) fn ask(self) -> Ask {
        Ask { limit: self.limit.unwrap_or(20), after: self.after }
    }
}

impl<S> Part for State<S> {
    fn describe(_: &mut Sketch<'_>) {}
}

impl Part for HeaderMap {
    fn describe(_: &mut Sketch<'_>) {}
}

impl Part for Uri {
    fn describe(_: &mut Sketch<'_>) {}
}

impl Part for Viewer {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.takes_token();
        sketch.refuses("bad-token");
        sketch.refuses("limited");
    }
}

impl<T: JsonSchema> Part for Query<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.query::<T>();
    }
}

impl<T: JsonSchema> Part for Json<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.json::<T>();
    }
}

impl<T: JsonSchema> Part for Id<T> {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.last_variable::<T>();
    }
}

impl Part for NewsPath {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.last_variable::<domain::id::Reference>();
    }
}

impl Part for CountryPath {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.last_variable::<domain::programme::CountryCode>();
    }
}

impl Part for ListPath {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.last_variable::<domain::programme::ListKind>();
    }
}

impl Part for Version {
    fn describe(sketch: &mut Sketch<'_>) {
        let about = "The version that the change is meant for, as its `ETag` named it; `*` for any";
        let schema = json!({ "type": "string", "pattern": "^(\\*|\"[0-9]{1,9}\")$", "examples": ["\"1\""] });
        sketch.header("If-Match", true, about, &schema);
        sketch.refuses("version-needed");
        sketch.refuses("stale");
    }
}

impl Part for Known {
    fn describe(sketch: &mut Sketch<'_>) {
        let about = "Versions that are known already: answered 304 where it is still one of them";
        let schema = json!({ "type": "string", "examples": ["\"1\""] });
        sketch.header("If-None-Match", false, about, &schema);
    }
}

impl Part for Upload {
    fn describe(sketch: &mut Sketch<'_>) {
        sketch.bytes();
    }
}
