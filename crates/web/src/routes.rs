//! The route table: every address of the site, grouped by slice. The router and the list that `causeway routes` prints
//! are made from the same rows.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{self, MethodRouter};
use serde::Serialize;

use crate::api::{self, Described, Operation};
use crate::error::Refusal;
use crate::{
    App, account, asset, change, file, guard, health, home, job, letter, once, programme, publication,
};

/// Whom an address is for, which decides how a refusal looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Surface {
    /// People, in their language.
    Page,
    /// Programs, in JSON.
    Api,
    /// Feed readers and calendars.
    Feed,
    /// What pages are made of.
    Asset,
    /// Whoever runs the machine.
    Operation,
}

/// One address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct RouteInfo {
    /// The method. `HEAD` is answered wherever `GET` is.
    pub method: &'static str,
    /// The pattern of the path.
    pub path: &'static str,
    /// Its name, for ever: in the authorisation matrix and the figures.
    pub name: &'static str,
    /// Whom it is for.
    pub surface: Surface,
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Page => "page",
            Self::Api => "api",
            Self::Feed => "feed",
            Self::Asset => "asset",
            Self::Operation => "operation",
        })
    }
}

struct Route {
    info: RouteInfo,
    endpoint: MethodRouter<App>,
    /// What it says of itself to programs; a row for them without it fails a test.
    operation: Option<Operation>,
}

impl Route {
    /// It does nothing for somebody who is not signed in.
    fn signed_in(self) -> Self {
        Self { operation: self.operation.map(Operation::signed_in), ..self }
    }

    /// Its verb may refuse with these codes.
    fn refuses(self, codes: &'static [&'static str]) -> Self {
        Self { operation: self.operation.map(|operation| operation.refuses(codes)), ..self }
    }
}

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    use Surface::{Asset, Feed, Operation, Page};
    vec![
        // home
        get("/", "root", Page, home::choose_locale),
        get("/{locale}", "home", Page, home::home),

        // account
        post("/{locale}/account/sign-out", "sign-out", Page, account::sign_out),
        get("/{locale}/account/sessions", "sessions", Page, account::sessions),
        post("/{locale}/account/sessions/end", "sessions-end", Page, account::end_other_sessions),
        post("/{locale}/account/sessions/{id}/end", "session-end", Page, account::end_session),

        // programme
        api_get("/api/v1", "programme", "api-programme", programme::show),
        get("/{locale}/api", "api-docs", Page, api::docs),
        get("/api/docs", "api-docs-root", Page, api::choose_docs),
        api_get("/api/openapi.json", "openapi", "api-openapi", api::openapi),
        api_get("/api/v1/programme", "programme-data", "api-programme-data", programme::programme),
        api_get("/api/v1/countries", "countries", "api-countries", programme::countries),
        api_get("/api/v1/countries/{country}", "country", "api-country", programme::country),
        api_get("/api/v1/lists/{list}", "list", "api-list", programme::list),

        // publication
        get("/{locale}/news.atom", "news-feed", Feed, publication::feed),
        get("/{locale}/news.csv", "news-table", Feed, publication::table),
        get("/{locale}/news/{reference}", "news", Page, publication::page),
        get("/{locale}/desk/news", "news-desk", Page, publication::desk),
        post("/{locale}/desk/news", "news-publish", Page, publication::publish_by_form),
        get("/{locale}/desk/news/new", "news-write", Page, publication::write),
        get("/{locale}/desk/news/{reference}", "news-revision", Page, publication::revision),
        post("/{locale}/desk/news/{reference}", "news-revise", Page, publication::revise_by_form),
        get("/{locale}/desk/news/{reference}/withdrawal", "news-withdrawal", Page, publication::withdrawal_question),
        post("/{locale}/desk/news/{reference}/withdrawal", "news-withdraw", Page, publication::withdraw_by_form),
        api_get("/api/v1/publications", "publications", "api-publications", publication::list),
        api_post("/api/v1/publications", "publication-publish", "api-publication-publish", publication::publish)
            .signed_in().refuses(&["publication-editor-only"]),
        api_get("/api/v1/publications.ndjson", "publications-export", "api-publications-export", publication::export),
        api_get("/api/v1/publications/{reference}", "publication", "api-publication", publication::load),
        api_delete("/api/v1/publications/{reference}", "publication-withdraw", "api-publication-withdraw", publication::withdraw)
            .signed_in().refuses(&["publication-editor-only"]),

        // change
        api_get("/api/v1/changes", "changes", "api-changes", change::list).signed_in().refuses(&["not-found"]),

        // file
        api_post("/api/v1/files", "file-keep", "api-file-keep", file::keep)
            .signed_in().refuses(&["file-editor-only"]),
        api_get("/api/v1/files/{id}", "file", "api-file", file::load),

        // job
        api_get("/api/v1/jobs", "jobs", "api-jobs", job::list).signed_in().refuses(&["not-found"]),
        api_get("/api/v1/jobs/{id}", "job", "api-job", job::load).signed_in(),
        api_post("/api/v1/jobs/{id}/runs", "job-retry", "api-job-retry", job::retry)
            .signed_in().refuses(&["job-administrator-only", "job-not-ended"]),
        api_delete("/api/v1/jobs/{id}", "job-stop", "api-job-stop", job::stop)
            .signed_in().refuses(&["job-administrator-only", "job-ended"]),

        // notice
        api_get("/api/v1/letters", "letters", "api-letters", letter::list).signed_in().refuses(&["not-found"]),
        api_get("/api/v1/letters/{id}", "letter", "api-letter", letter::load).signed_in(),
        api_post("/api/v1/letters/{id}/deliveries", "letter-retry", "api-letter-retry", letter::retry)
            .signed_in().refuses(&["letter-not-waiting"]),

        // what pages are made of
        get("/assets/{name}", "asset", Asset, asset::load),
        get("/favicon.ico", "favicon", Asset, asset::favicon),
        get("/robots.txt", "robots", Asset, asset::robots),

        // whoever runs the machine
        get("/health/live", "health-live", Operation, health::live),
        get("/health/ready", "health-ready", Operation, health::ready),
    ]
}

/// Every address, in the order of the table.
pub fn table() -> Vec<RouteInfo> {
    routes().into_iter().map(|route| route.info).collect()
}

/// The rows for programs that say what they are, in the order of the table.
pub(crate) fn described() -> Vec<(RouteInfo, Operation)> {
    routes().into_iter().filter_map(|route| Some((route.info, route.operation?))).collect()
}

/// The site.
pub fn router(app: App) -> Router {
    let router = routes()
        .into_iter()
        .map(|route| (route.info.path, guarded(route, &app)))
        .fold(Router::new(), |router, (path, endpoint)| router.route(path, endpoint));
    let router =
        router.fallback(async || Refusal::NotFound).method_not_allowed_fallback(async || Refusal::Method);
    guard::around(router, &app).with_state(app)
}

/// The endpoint of a row, with what every row of its kind passes before its handler.
fn guarded(Route { info, endpoint, operation }: Route, app: &App) -> MethodRouter<App> {
    let endpoint = match (info.surface, info.method) {
        (Surface::Api, "POST") => endpoint.layer(from_fn_with_state(app.clone(), once::carry_out)),
        _ => endpoint,
    };
    if operation.is_some_and(|operation| operation.is_signed_in()) {
        endpoint.layer(from_fn_with_state(app.clone(), api::only_signed_in))
    } else {
        endpoint
    }
}

/// The row of a request, once its path has been matched.
pub(crate) fn find(method: &Method, path: &str) -> Option<RouteInfo> {
    static ROWS: LazyLock<HashMap<&'static str, Vec<RouteInfo>>> = LazyLock::new(|| {
        table().into_iter().fold(HashMap::new(), |mut rows, info| {
            rows.entry(info.path).or_default().push(info);
            rows
        })
    });
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    ROWS.get(path)?.iter().find(|info| info.method == method).copied()
}

/// A row for people, feed readers, browsers or whoever runs the machine.
fn row<H: Handler<T, App>, T: 'static>(
    method: &'static str,
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    let endpoint = match method {
        "POST" => routing::post(handler),
        "PUT" => routing::put(handler),
        "PATCH" => routing::patch(handler),
        "DELETE" => routing::delete(handler),
        _ => routing::get(handler),
    };
    Route { info: RouteInfo { method, path, name, surface }, endpoint, operation: None }
}

fn get<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    row("GET", path, name, surface, handler)
}

fn post<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    row("POST", path, name, surface, handler)
}

/// A row for programs; `summary` is the key of the message that says what it does.
fn api_row<H: Described<T>, T: 'static>(
    method: &'static str,
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Route {
    let operation = Some(Operation::of(summary, &handler));
    Route { operation, ..row(method, path, name, Surface::Api, handler) }
}

fn api_get<H: Described<T>, T: 'static>(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Route {
    api_row("GET", path, name, summary, handler)
}

fn api_post<H: Described<T>, T: 'static>(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Route {
    api_row("POST", path, name, summary, handler)
}

fn api_delete<H: Described<T>, T: 'static>(
    path: &'static str,
    name: &'static str,
    summary: &'static str,
    handler: H,
) -> Route {
    api_row("DELETE", path, name, summary, handler)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_for_programs_says_what_it_is() {
        let silent = |route: &Route| route.info.surface == Surface::Api && route.operation.is_none();
        let silent: Vec<_> = routes().into_iter().filter(silent).map(|route| route.info.name).collect();
        assert_eq!(silent, Vec::<&str>::new(), "make these rows with `api_get`, `api_post` and so on");
    }
}
