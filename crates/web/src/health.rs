//! Whether this process lives, and whether it can do its work: conditions that the program's own tasks set, each with its
//! reason. Anybody may ask, so that a reason names no address, no account and no path of the machine.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::App;
use crate::app::RELEASE;

/// Where the process stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Not yet ready for requests.
    Starting,
    /// At work.
    Serving,
    /// Told to stop: it finishes what it has, and balancers are to send no more.
    Draining,
}

/// Something that must hold for the site to do its work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// What it is about: `database`, `storage`, `jobs`.
    pub name: &'static str,
    /// Whether it holds.
    pub ok: bool,
    /// Why it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The conditions and the phase. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Health(Arc<RwLock<Standing>>);

#[derive(Debug)]
struct Standing {
    phase: Phase,
    conditions: BTreeMap<&'static str, Result<(), String>>,
}

impl Health {
    /// A process that starts.
    pub fn starting() -> Self {
        Self(Arc::new(RwLock::new(Standing { phase: Phase::Starting, conditions: BTreeMap::new() })))
    }

    /// The process is ready for requests.
    pub fn started(&self) {
        self.enter(Phase::Serving);
    }

    /// The process was told to stop.
    pub fn draining(&self) {
        self.enter(Phase::Draining);
    }

    fn enter(&self, phase: Phase) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).phase = phase;
    }

    /// Where the process stands.
    pub fn phase(&self) -> Phase {
        self.0.read().unwrap_or_else(PoisonError::into_inner).phase
    }

    /// Says whether the condition `name` holds, and if not, why.
    pub fn set(&self, name: &'static str, outcome: Result<(), String>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).conditions.insert(name, outcome);
    }

    /// Every condition that was ever set, by name.
    pub fn conditions(&self) -> Vec<Condition> {
        let standing = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let condition = |(name, outcome): (&&'static str, &Result<(), String>)| Condition {
            name,
            ok: outcome.is_ok(),
            reason: outcome.clone().err(),
        };
        standing.conditions.iter().map(condition).collect()
    }

    /// Whether it serves and every condition holds.
    pub fn is_ready(&self) -> bool {
        let standing = self.0.read().unwrap_or_else(PoisonError::into_inner);
        standing.phase == Phase::Serving && standing.conditions.values().all(Result::is_ok)
    }
}

#[derive(Serialize)]
struct Report {
    ready: bool,
    phase: Phase,
    release: &'static str,
    conditions: Vec<Condition>,
}

/// `GET /health/live`: the process answers.
pub(crate) async fn live() -> &'static str {
    "live\n"
}

/// `GET /health/ready`: 200 where it can do its work, else 503 with the reasons.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let health = app.health();
    let ready = health.is_ready();
    let report = Report { ready, phase: health.phase(), release: RELEASE, conditions: health.conditions() };
    if ready {
        axum::Json(report).into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "2")], axum::Json(report)).into_response()
    }
}
