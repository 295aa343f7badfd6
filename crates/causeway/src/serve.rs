//! Serving: the site, its metrics and its background work in one process, from start to an orderly end.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use domain::account::{self, Bounds, Cost, Gate, Hashing};
use domain::change::Signer;
use domain::node;
use jiff::SignedDuration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::audit::{self, AuditError};
use crate::background::{Background, Signals, node_name};
use crate::config::{Accounts, Config, Environment};
use crate::mail::{self, MailError};
use crate::notify::Notifier;
use crate::site::{Site, SiteError};

/// What closing the database may take beyond the grace that requests and jobs have.
const CLOSING: Duration = Duration::from_secs(30);

/// What sealing the changes of the last requests may take of that.
const SEALING: Duration = Duration::from_secs(15);

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The site cannot be opened.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// The audit key cannot be used.
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// Letters cannot be sent.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// An address cannot be listened on.
    #[error(
        "{setting} {address} cannot be listened on: {source}; choose another port, or stop what is using it"
    )]
    Listen {
        /// The setting that names it.
        setting: &'static str,
        /// The address.
        address: SocketAddr,
        /// The cause.
        source: std::io::Error,
    },
    /// The settings of the site are wrong.
    #[error(transparent)]
    Settings(#[from] web::SettingsError),
    /// Signals cannot be received.
    #[error("signals cannot be received: {0}")]
    Signals(#[source] std::io::Error),
}

/// Serves until the process is told to stop (SIGTERM, SIGINT). `ready` is called with the address once requests are
/// answered.
///
/// # Errors
/// [`ServeError`], for what prevents the start; nothing that happens later ends the process.
pub async fn serve(
    config: Config,
    environment: &Environment,
    ready: impl AsyncFnOnce(&Arc<Site>, SocketAddr),
) -> Result<(), ServeError> {
    let notifier = Notifier::new(environment);
    let mut terminated = signal(SignalKind::terminate()).map_err(ServeError::Signals)?;
    let mut interrupted = signal(SignalKind::interrupt()).map_err(ServeError::Signals)?;
    let opening = Box::pin(Site::serve(config));
    let opening = notifier.patiently("opening the site, migrating it if need be", opening);
    let site = Arc::new(opening.await?);
    let signer = audit::signer(&site.folder)?;
    announce(&site, &signer).await;
    let post = mail::post(&site)?;
    let listener = listen("server.listen", site.config.server.listen).await?;
    let address = listener.local_addr().unwrap_or(site.config.server.listen);
    let metrics_listener = listen("metrics.listen", site.config.metrics.listen).await?;

    let gate = gate(&site.config.accounts, signer.public_key());
    let signals = Signals { health: web::Health::starting(), metrics: web::Metrics::new() };
    let app = web::App::new(
        site.db.clone(),
        site.shelf.clone(),
        web::Settings { gate: gate.clone(), data: site.programme()?, ..settings(&site.config, address) },
        signals.health.clone(),
        signals.metrics.clone(),
    )?;
    let mut background = Background::start(&site, signer, post, &signals);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let until = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
        // A sender that is gone means that the process is ending too.
        stopped.wait_for(|stopped| *stopped).await.ok();
    };
    let bounds = bounds(&site.config);
    let serving = tokio::spawn(web::serve(listener, app, bounds.clone(), until(stopped.clone())));
    let figures =
        tokio::spawn(web::serve_metrics(metrics_listener, signals.metrics.clone(), bounds, until(stopped)));
    signals.health.started();
    ready(&site, address).await;
    invite_first(&site, &gate).await;
    notifier.ready();
    tracing::info!(listen = %address, engine = site.db.engine().name(), version = env!("CARGO_PKG_VERSION"), "ready");

    let told = tokio::select! {
        _ = terminated.recv() => "SIGTERM",
        _ = interrupted.recv() => "SIGINT",
    };
    tracing::info!(signal = told, "stopping");
    let grace = site.config.server.shutdown_grace;
    notifier.stopping(grace + CLOSING);
    signals.health.draining();
    stop.send_replace(true);
    let servers = async {
        for task in [serving, figures] {
            if let Err(error) = task.await {
                tracing::error!(%error, "a server did not end in order");
            }
        }
    };
    // At once, so that one grace is enough for both.
    tokio::join!(servers, background.end(grace));
    background.seal_rest(SEALING).await;
    site.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Makes this node's key known to the others. Not being able to does not keep the site from its visitors: the next start tries
/// again, and `doctor` misses the key until then.
async fn announce(site: &Site, signer: &Signer) {
    let key = signer.public_key();
    match node::announce_key(&site.db, &node_name(), &key).await {
        Ok(true) => tracing::info!(
            key,
            "this node's audit key was made known; other nodes believe it once `causeway audit trust` was run there"
        ),
        Ok(false) => {}
        Err(error) => tracing::warn!(%error, "this node's audit key cannot be made known"),
    }
}

async fn listen(setting: &'static str, address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| ServeError::Listen { setting, address, source })
}

fn settings(config: &Config, address: SocketAddr) -> web::Settings {
    let proxies = config.server.trusted_proxies.clone();
    web::Settings {
        programme: config.programme.name.clone(),
        centre: config.programme.centre.clone(),
        listen: Some(address),
        development: config.server.development,
        trusts: Arc::new(move |client| proxies.iter().any(|network| network.contains(client))),
        max_body: config.server.max_body.bytes(),
        writes_per_minute: config.limits.writes_per_minute,
        request_timeout: config.server.request_timeout,
        ..web::Settings::new(config.server.base_url.as_str())
    }
}

/// What signing in is bound by. The key that this installation made for itself tells it from a copy of its database.
fn gate(accounts: &Accounts, installation: String) -> Gate {
    let span = |duration| SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
    Gate {
        hashing: Hashing::new(Cost::SITE, accounts.hashes_at_once, accounts.hashes_waiting),
        bounds: Bounds { idle: span(accounts.session_idle), absolute: span(accounts.session_longest) },
        installation,
    }
}

/// Prints the link by which the first administrator is made, where there is no account yet.
async fn invite_first(site: &Site, gate: &Gate) {
    match account::first_link(&site.db, gate).await {
        Ok(None) => {}
        Ok(Some(link)) => {
            let base = site.config.server.base_url.as_str().trim_end_matches('/');
            let text = format!(
                "\nThere is no account yet. This link makes the first administrator; it works once, for an hour:\n  {base}{}\n\
                 Or run: causeway admin create --email ADDRESS --name NAME\n\n",
                link.reveal()
            );
            // Whoever closed the output does not want to read it; the command line makes an administrator as well.
            std::io::stdout().lock().write_all(text.as_bytes()).ok();
        }
        Err(error) => tracing::warn!(%error, "no link for the first administrator could be made"),
    }
}

fn bounds(config: &Config) -> web::ServeSettings {
    web::ServeSettings {
        header_timeout: config.server.header_timeout,
        max_connections: config.server.max_connections,
        grace: config.server.shutdown_grace,
        ..web::ServeSettings::default()
    }
}
