//! The server: connections with timers on everything that a client can drag out, a bound on how many there are, and an
//! orderly end. (`axum::serve` sets no timers: it holds slow clients for ever.)

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower::ServiceExt as _;

use crate::extract::Peer;
use crate::stream::Impatient;
use crate::{App, Metrics, metrics, routes};

/// The most bytes of a request's line and headers, and of what is read ahead of its body.
const BUFFER_MAX: usize = 64 << 10;

/// Connections to the figures at once.
const WATCHERS_MAX: u32 = 16;

/// Bounds on connections.
#[derive(Clone, Debug)]
pub struct ServeSettings {
    /// The longest that a client may take to send its headers; also the longest that an idle connection is kept.
    pub header_timeout: Duration,
    /// The longest that a client may leave what is sent to it unread.
    pub write_timeout: Duration,
    /// Connections at once; more wait in the system's queue until one closes.
    pub max_connections: u32,
    /// How long requests may finish once the server is told to stop.
    pub grace: Duration,
}

impl Default for ServeSettings {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(20),
            max_connections: 1024,
            grace: Duration::from_secs(20),
        }
    }
}

/// Serves the site on `listener` until `shutdown` ends, then lets requests finish for the grace period; what
/// is open then is cut off.
pub async fn serve(
    listener: TcpListener,
    app: App,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) {
    serve_router(listener, routes::router(app), settings, shutdown).await;
}

/// Serves the figures at `/metrics` on `listener` until `shutdown` ends, in the same bounds but for few connections. For an
/// address that only those who watch the machine can reach.
pub async fn serve_metrics(
    listener: TcpListener,
    metrics: Metrics,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) {
    let settings = ServeSettings { max_connections: WATCHERS_MAX, ..settings };
    serve_router(listener, metrics::router(metrics), settings, shutdown).await;
}

async fn serve_router(
    listener: TcpListener,
    router: Router,
    settings: ServeSettings,
    shutdown: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(settings.max_connections as usize));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let place = tokio::select! {
            place = Arc::clone(&places).acquire_owned() => place.expect("the semaphore is never closed"),
            () = &mut shutdown => break,
        };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    refused(&error).await;
                    continue;
                }
            },
            () = &mut shutdown => break,
        };
        // Answers are written whole; waiting for more of them gains nothing.
        stream.set_nodelay(true).ok();
        let peer = Peer(peer.ip());
        let site = router.clone().map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request
        });
        let stream = TokioIo::new(Impatient::new(stream, settings.write_timeout));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(settings.header_timeout)
            .max_buf_size(BUFFER_MAX)
            .serve_connection(stream, TowerToHyperService::new(site));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // What ends a connection early is the client's affair: gone away, too slow, or no HTTP at all.
            let _ended: Result<(), hyper::Error> = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(settings.grace, graceful.shutdown()).await.is_err() {
        let cut = settings.max_connections as usize - places.available_permits();
        tracing::warn!(count = cut, "connections were cut off at the end of the grace period");
    }
}

/// A connection that ended before it was accepted concerns nobody; where the system has no room for another, a pause lets
/// some close.
async fn refused(error: &std::io::Error) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(error = %error, "no connection can be accepted; is the limit on open files too low?");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
