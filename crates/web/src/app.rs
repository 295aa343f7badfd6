//! What every handler shares: the database, the file store, the programme and the bounds. Reads no configuration itself.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use db::{Db, Timestamp, Uuid};
use domain::account::Gate;
use domain::file::Shelf;
use domain::programme::Programme;
use i18n::{Catalogue, Locale, Translator};
use tokio::sync::Semaphore;

use crate::base_url::{BaseUrl, SettingsError};
use crate::error::BusyPages;
use crate::guard::{Buckets, Rooms};
use crate::{Health, Metrics};

/// The release that answers, as `/api/v1` and `/health/ready` name it.
pub(crate) const RELEASE: &str = env!("CARGO_PKG_VERSION");

/// What the site is and what it bears. [`Settings::new`] gives the defaults of the operator's guide.
#[derive(Clone)]
pub struct Settings {
    /// The name of the programme, on every page.
    pub programme: String,
    /// The name of the centre that operates the installation; may be empty.
    pub centre: String,
    /// The address that people type, `scheme://host[:port]`.
    pub base_url: String,
    /// The address listened on: a request that names it as its host is taken too.
    pub listen: Option<SocketAddr>,
    /// Whether an address is that of a proxy whose `X-Forwarded-For` and `X-Request-Id` are believed.
    pub trusts: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    /// The most bytes of a body; uploads have the bound of the file store.
    pub max_body: u64,
    /// The most bytes of all uploads held in memory at once; one more is answered 503. One upload of the largest size that
    /// the file store takes is always let in.
    pub max_uploads: u64,
    /// Changes that one client may make in a minute; 0 sets no bound.
    pub writes_per_minute: u32,
    /// The longest that a handler may take, the body of the request included.
    pub request_timeout: Duration,
    /// Requests worked on at once; one more is answered 503.
    pub max_in_flight: u32,
    /// The programme's data.
    pub data: Arc<Programme>,
    /// What signing in is bound by.
    pub gate: Gate,
    /// Whether the style page is shown, for those who work on the software.
    pub development: bool,
    /// The messages of the pages.
    pub messages: &'static Catalogue,
}

impl Settings {
    /// The defaults, for a site at `base_url`.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            programme: "Causeway".to_owned(),
            centre: String::new(),
            base_url: base_url.into(),
            listen: None,
            trusts: Arc::new(|_| false),
            max_body: 10 << 20,
            max_uploads: 256 << 20,
            writes_per_minute: 120,
            request_timeout: Duration::from_secs(30),
            max_in_flight: 256,
            data: Programme::embedded(),
            gate: Gate::site(),
            development: false,
            messages: Catalogue::embedded(),
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("programme", &self.programme)
            .field("base_url", &self.base_url)
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

/// What every handler shares. Cloning shares it.
#[derive(Clone, Debug)]
pub struct App(Arc<Inner>);

struct Inner {
    db: Db,
    shelf: Shelf,
    settings: Settings,
    base_url: BaseUrl,
    hosts: Vec<String>,
    health: Health,
    metrics: Metrics,
    writes: Buckets,
    slots: Arc<Semaphore>,
    uploads: Rooms,
    busy_pages: BusyPages,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("db", &self.db).field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl App {
    /// A site over `db` and `shelf`. It tells `health` and `metrics` nothing but of its own requests: the program sets
    /// conditions and gauges.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn new(
        db: Db,
        shelf: Shelf,
        settings: Settings,
        health: Health,
        metrics: Metrics,
    ) -> Result<Self, SettingsError> {
        let base_url = BaseUrl::parse(&settings.base_url)?;
        let hosts = hosts(&base_url, settings.listen);
        let slots = Arc::new(Semaphore::new(settings.max_in_flight as usize));
        let writes = Buckets::per_minute(settings.writes_per_minute);
        let busy_pages = BusyPages::new(settings.messages);
        let uploads = Rooms::of(settings.max_uploads.max(shelf.most()));
        Ok(Self(Arc::new(Inner {
            db,
            shelf,
            settings,
            base_url,
            hosts,
            health,
            metrics,
            writes,
            slots,
            uploads,
            busy_pages,
        })))
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The file store.
    pub fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    /// What signing in is bound by.
    pub fn gate(&self) -> &Gate {
        &self.0.settings.gate
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The programme's data: countries, partners, lists, calendars.
    pub fn programme(&self) -> &Programme {
        &self.0.settings.data
    }

    /// The address of the site.
    pub fn base_url(&self) -> &BaseUrl {
        &self.0.base_url
    }

    /// What `/health/ready` tells.
    pub fn health(&self) -> &Health {
        &self.0.health
    }

    /// The figures.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    pub(crate) fn translator(&self, locale: Locale) -> Translator {
        self.0.settings.messages.translator(locale)
    }

    pub(crate) fn writes(&self) -> &Buckets {
        &self.0.writes
    }

    pub(crate) fn slots(&self) -> &Arc<Semaphore> {
        &self.0.slots
    }

    pub(crate) fn uploads(&self) -> &Rooms {
        &self.0.uploads
    }

    pub(crate) fn busy_pages(&self) -> &BusyPages {
        &self.0.busy_pages
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.0.db.clock().now()
    }

    /// Whether a request for the host `authority` is meant for this site.
    pub(crate) fn is_at(&self, authority: &str) -> bool {
        self.0.hosts.iter().any(|host| host.eq_ignore_ascii_case(authority))
    }

    /// A number for a request: it sorts by time, and nobody can guess it.
    pub(crate) fn new_request_id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanos = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
    }
}

impl FromRef<App> for Db {
    fn from_ref(app: &App) -> Self {
        app.db().clone()
    }
}

/// The hosts by which a browser may name this site: that of its address, and the one it listens on.
fn hosts(base_url: &BaseUrl, listen: Option<SocketAddr>) -> Vec<String> {
    let mut hosts = vec![base_url.authority().to_owned()];
    if let Some(listen) = listen.filter(|listen| !listen.ip().is_unspecified()) {
        hosts.push(listen.to_string());
        if listen.ip().is_loopback() {
            hosts.push(format!("localhost:{}", listen.port()));
        }
    }
    hosts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_are_the_sites_own_and_the_one_listened_on() {
        let url = BaseUrl::parse("https://a.example").unwrap();
        assert_eq!(hosts(&url, None), ["a.example"]);
        assert_eq!(
            hosts(&url, Some("127.0.0.1:8080".parse().unwrap())),
            ["a.example", "127.0.0.1:8080", "localhost:8080"]
        );
        assert_eq!(hosts(&url, Some("0.0.0.0:80".parse().unwrap())), ["a.example"]);
    }
}
