//! What is kept of a request: its number, and in figures and one log line its route, status and duration. Not its path, its
//! query, its address or anything else that leads to a person.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

use crate::extract::{Peer, RequestId};
use crate::{App, routes};

/// The header that carries a request's number.
const HEADER: &str = "x-request-id";

/// What a request without a route is counted as.
const NOWHERE: &str = "none";

/// Numbers, counts and logs a request.
pub(super) async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = number(&app, &request);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let info = matched.as_ref().and_then(|matched| routes::find(&method, matched.as_str()));
    let counted = app.metrics().begin();
    let mut response = next.run(request).await;
    let status = response.status().as_u16();
    let took = begun.elapsed();
    counted.end(info.map_or(NOWHERE, |info| info.name), status, took);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(HEADER, value);
    }
    let route = info.map_or(NOWHERE, |info| info.path);
    let latency_ms = took.as_secs_f64() * 1000.0;
    tracing::info!(request_id = %id, %method, route, status, latency_ms, "request");
    response
}

/// The number that a trusted proxy gave, or a new one.
fn number(app: &App, request: &Request) -> RequestId {
    let is_trusted =
        request.extensions().get::<Peer>().is_some_and(|peer| (app.settings().trusts)(peer.0.to_canonical()));
    let given = if is_trusted { RequestId::given(request.headers().get(HEADER)) } else { None };
    given.unwrap_or_else(|| RequestId::new(app.new_request_id().simple().to_string()))
}
