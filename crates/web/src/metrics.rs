//! Figures for Prometheus: what the site did, and what the program says of itself. Served on a port of their own.

use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::{Router, routing};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// The upper bounds of the histogram, in seconds: from a page out of memory to the longest that a request may take.
const BOUNDS: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    class: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRoute {
    route: &'static str,
}

/// A figure that the program sets, such as the jobs that wait or the size of the database.
pub type Figure = Gauge<i64, AtomicI64>;

/// The figures. Cloning shares them.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Mutex<Registry>,
    answered: Family<Answered, Counter>,
    seconds: Family<OfRoute, Histogram, fn() -> Histogram>,
    in_flight: Figure,
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Metrics")
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Figures that all stand at nothing.
    pub fn new() -> Self {
        let mut registry = Registry::default();
        let answered = Family::<Answered, Counter>::default();
        let seconds: Family<OfRoute, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(|| Histogram::new(BOUNDS));
        let in_flight = Figure::default();
        registry.register(
            "causeway_http_requests",
            "Requests answered, by route and class of status",
            answered.clone(),
        );
        registry.register_with_unit(
            "causeway_http_request_duration",
            "Time from a request's headers to its answer's headers, by route",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register("causeway_http_requests_in_flight", "Requests being worked on", in_flight.clone());
        Self(Arc::new(Inner { registry: Mutex::new(registry), answered, seconds, in_flight }))
    }

    /// A new figure called `name`, for the program to set. Prometheus shows `explanation` with it.
    pub fn gauge(&self, name: &str, explanation: &str) -> Figure {
        let figure = Figure::default();
        // The encoder ends each explanation with a full stop of its own.
        self.registry().register(name, explanation.trim_end_matches('.'), figure.clone());
        figure
    }

    /// Every figure, as Prometheus reads them.
    pub fn text(&self) -> String {
        let mut out = String::new();
        text::encode(&mut out, &self.registry()).expect("writing to a string does not fail");
        out
    }

    /// Counts a request that begins.
    pub(crate) fn begin(&self) -> InFlight {
        self.0.in_flight.inc();
        InFlight(self.clone())
    }

    fn registry(&self) -> std::sync::MutexGuard<'_, Registry> {
        self.0.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that is being worked on: no longer once this is dropped, however it ends.
pub(crate) struct InFlight(Metrics);

impl InFlight {
    /// Counts its end.
    pub(crate) fn end(self, route: &'static str, status: u16, took: Duration) {
        let class = match status {
            0..=199 => "1xx",
            200..=299 => "2xx",
            300..=399 => "3xx",
            400..=499 => "4xx",
            _ => "5xx",
        };
        let inner = &self.0.0;
        inner.answered.get_or_create(&Answered { route, class }).inc();
        inner.seconds.get_or_create(&OfRoute { route }).observe(took.as_secs_f64());
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.0.in_flight.dec();
    }
}

/// The site of the figures: `GET /metrics` alone.
pub(crate) fn router(metrics: Metrics) -> Router {
    Router::new().route("/metrics", routing::get(show)).with_state(metrics)
}

async fn show(State(metrics): State<Metrics>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(CONTENT_TYPE, kind)], metrics.text()).into_response()
}
