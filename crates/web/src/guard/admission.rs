//! Whether a request is let in: meant for this site, not sent by a page of another one, and not one too many.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::App;
use crate::error::Refusal;
use crate::extract::Asked;

/// Lets a request in, for as long as it may take.
pub(super) async fn admit(State(app): State<App>, asked: Asked, request: Request, next: Next) -> Response {
    // A balancer asks after our health by whatever address it has, and above all when much goes on.
    if asked.is_operation {
        return next.run(request).await;
    }
    if let Err(refusal) = judge(&app, request.method(), request.uri(), request.headers()) {
        return refusal.into_response();
    }
    let Ok(_slot) = Arc::clone(app.slots()).try_acquire_owned() else {
        return Refusal::Overloaded.into_response();
    };
    match tokio::time::timeout(app.settings().request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::TimedOut.into_response(),
    }
}

fn judge(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let host = match uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => headers.get(HOST).and_then(|value| value.to_str().ok()),
    };
    if !host.is_some_and(|host| app.is_at(host)) {
        return Err(Refusal::Misdirected);
    }
    if !method.is_safe() && is_cross_site(app, headers) {
        return Err(Refusal::CrossSite);
    }
    Ok(())
}

/// Whether a browser says that a page of another site sent it. Programs say nothing, and show a token instead.
fn is_cross_site(app: &App, headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if says("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return true;
    }
    says(ORIGIN.as_str()).is_some_and(|origin| {
        let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
        !app.is_at(authority)
    })
}
