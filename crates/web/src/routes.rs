//! The route table: every address of the site, grouped by slice. The router and the list that `causeway routes` prints
//! are made from the same rows.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{self, MethodRouter};
use serde::Serialize;

use crate::error::Refusal;
use crate::{
    App, account, asset, change, file, guard, health, home, job, letter, organisation, programme,
    publication, statement, style,
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
}

#[rustfmt::skip]
fn routes() -> Vec<Route> {
    use Surface::{Api, Asset, Operation, Page};
    vec![
        // home
        get("/", "root", Page, home::choose_locale),
        get("/{locale}", "home", Page, home::home),

        // account
        get("/{locale}/account", "account", Page, account::own::own),
        get("/{locale}/account/register", "register-page", Page, account::register::page),
        post("/{locale}/account/register", "register", Page, account::register::register),
        get("/{locale}/account/check-mail", "check-mail", Page, account::register::check_mail),
        get("/{locale}/account/verify", "verify-page", Page, account::register::verify_page),
        post("/{locale}/account/verify", "verify", Page, account::register::verify),
        get("/{locale}/account/first", "first-page", Page, account::register::first_page),
        post("/{locale}/account/first", "first", Page, account::register::first),
        get("/{locale}/account/sign-in", "sign-in-page", Page, account::sign_in::page),
        post("/{locale}/account/sign-in", "sign-in", Page, account::sign_in::sign_in),
        get("/{locale}/account/code", "code-page", Page, account::sign_in::code_first),
        post("/{locale}/account/code", "code", Page, account::sign_in::code),
        get("/{locale}/account/reset", "reset-page", Page, account::reset::ask_page),
        post("/{locale}/account/reset", "reset", Page, account::reset::ask),
        get("/{locale}/account/password", "password-page", Page, account::reset::choose_page),
        post("/{locale}/account/password", "password", Page, account::reset::choose),
        get("/{locale}/account/password/change", "password-change-page", Page, account::password::page),
        post("/{locale}/account/password/change", "password-change", Page, account::password::change),
        get("/{locale}/account/email", "email-page", Page, account::email::confirm_page),
        post("/{locale}/account/email", "email", Page, account::email::confirm),
        get("/{locale}/account/email/change", "email-change-page", Page, account::email::page),
        post("/{locale}/account/email/change", "email-change", Page, account::email::ask),
        get("/{locale}/account/profile", "profile-page", Page, account::own::profile),
        post("/{locale}/account/profile", "profile", Page, account::own::revise),
        get("/{locale}/account/prove", "prove-page", Page, account::prove::page),
        post("/{locale}/account/prove", "prove", Page, account::prove::prove),
        get("/{locale}/account/second-factor", "second-factor-page", Page, account::second_factor::page),
        post("/{locale}/account/second-factor", "second-factor", Page, account::second_factor::set_up),
        post("/{locale}/account/second-factor/code", "second-factor-on", Page, account::second_factor::turn_on),
        get("/{locale}/account/second-factor/recovery", "recovery-page", Page, account::second_factor::renew_page),
        post("/{locale}/account/second-factor/recovery", "recovery", Page, account::second_factor::renew),
        get("/{locale}/account/second-factor/off", "second-factor-off-page", Page, account::second_factor::turn_off_page),
        post("/{locale}/account/second-factor/off", "second-factor-off", Page, account::second_factor::turn_off),
        get("/{locale}/account/close", "account-close-page", Page, account::own::close_page),
        post("/{locale}/account/close", "account-close", Page, account::own::close),
        post("/{locale}/account/sign-out", "sign-out", Page, account::sign_out),
        get("/{locale}/account/sessions", "sessions", Page, account::sessions),
        post("/{locale}/account/sessions/end", "sessions-end", Page, account::end_other_sessions),
        post("/{locale}/account/sessions/{id}/end", "session-end", Page, account::end_session),

        // programme
        get("/api/v1", "programme", Api, programme::show),
        get("/{locale}/programme", "programme-page", Page, programme::page),
        get("/{locale}/programme/{country}", "country-page", Page, programme::country_page),
        get("/api/v1/programme", "programme-data", Api, programme::programme),
        get("/api/v1/countries", "countries", Api, programme::countries),
        get("/api/v1/countries/{country}", "country", Api, programme::country),
        get("/api/v1/lists/{list}", "list", Api, programme::list),

        // pages that are read
        get("/{locale}/about", "about", Page, statement::about),
        get("/{locale}/accessibility", "accessibility", Page, statement::accessibility),
        get("/{locale}/privacy", "privacy", Page, statement::privacy),
        get("/{locale}/style", "style", Page, style::show),

        // organisation
        get("/{locale}/organisations", "organisations", Page, organisation::directory),
        get("/{locale}/organisations/{reference}", "organisation", Page, organisation::page),

        // publication
        get("/{locale}/news/{reference}", "news", Page, publication::page),
        get("/{locale}/desk/news", "news-desk", Page, publication::desk),
        post("/{locale}/desk/news", "news-publish", Page, publication::publish_by_form),
        get("/{locale}/desk/news/new", "news-write", Page, publication::write),
        get("/{locale}/desk/news/{reference}", "news-revision", Page, publication::revision),
        post("/{locale}/desk/news/{reference}", "news-revise", Page, publication::revise_by_form),
        get("/{locale}/desk/news/{reference}/withdrawal", "news-withdrawal", Page, publication::withdrawal_question),
        post("/{locale}/desk/news/{reference}/withdrawal", "news-withdraw", Page, publication::withdraw_by_form),
        get("/api/v1/publications", "publications", Api, publication::list),
        post("/api/v1/publications", "publication-publish", Api, publication::publish),
        get("/api/v1/publications.ndjson", "publications-export", Api, publication::export),
        get("/api/v1/publications/{reference}", "publication", Api, publication::load),
        delete("/api/v1/publications/{reference}", "publication-withdraw", Api, publication::withdraw),

        // change
        get("/api/v1/changes", "changes", Api, change::list),

        // file
        post("/api/v1/files", "file-keep", Api, file::keep),
        get("/api/v1/files/{id}", "file", Api, file::load),

        // job
        get("/api/v1/jobs", "jobs", Api, job::list),
        get("/api/v1/jobs/{id}", "job", Api, job::load),
        post("/api/v1/jobs/{id}/runs", "job-retry", Api, job::retry),
        delete("/api/v1/jobs/{id}", "job-stop", Api, job::stop),

        // notice
        get("/api/v1/letters", "letters", Api, letter::list),
        get("/api/v1/letters/{id}", "letter", Api, letter::load),
        post("/api/v1/letters/{id}/deliveries", "letter-retry", Api, letter::retry),

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

/// The site.
pub fn router(app: App) -> Router {
    let router = routes()
        .into_iter()
        .fold(Router::new(), |router, Route { info, endpoint }| router.route(info.path, endpoint));
    let router =
        router.fallback(async || Refusal::NotFound).method_not_allowed_fallback(async || Refusal::Method);
    guard::around(router, &app).with_state(app)
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

fn get<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    Route { info: RouteInfo { method: "GET", path, name, surface }, endpoint: routing::get(handler) }
}

fn post<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    Route { info: RouteInfo { method: "POST", path, name, surface }, endpoint: routing::post(handler) }
}

fn delete<H: Handler<T, App>, T: 'static>(
    path: &'static str,
    name: &'static str,
    surface: Surface,
    handler: H,
) -> Route {
    Route { info: RouteInfo { method: "DELETE", path, name, surface }, endpoint: routing::delete(handler) }
}
