//! What every request passes before its route: a number, the figures, the bounds on how much goes on at once and how long
//! it takes, and the questions whether it is meant for this site. And what every answer is given: headers, compression.

mod admission;
mod bucket;
mod headers;
mod observation;
mod room;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};

pub(crate) use bucket::Buckets;
pub(crate) use room::{Room, Rooms};

use crate::App;
use crate::error::{self, Refusal};
use crate::session;

/// Answers smaller than this gain nothing by compression.
const COMPRESSED_FROM: u64 = 860;

/// `router` with the guards around it, the outermost last.
pub(crate) fn around(router: Router<App>, app: &App) -> Router<App> {
    // Pictures and archives among the files are compressed already.
    let worthwhile = SizeAbove::new(COMPRESSED_FROM)
        .and(NotForContentType::IMAGES)
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::const_new("application/vnd."));
    router
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(app.clone(), session::recognise))
        .layer(from_fn_with_state(app.clone(), admission::admit))
        .layer(from_fn_with_state(app.clone(), error::answer))
        .layer(from_fn_with_state(app.clone(), session::carry))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worthwhile))
        .layer(from_fn_with_state(headers::Policy::of(app), headers::add))
        .layer(from_fn_with_state(app.clone(), observation::observe))
}

/// The program's panic hook has logged where; the visitor is told as little as of any fault of ours.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Refusal::Domain(domain::Error::internal("a request panicked")).into_response()
}
