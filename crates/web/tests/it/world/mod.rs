//! A site over a fresh database, with somebody of each role, and the verbs by which a test makes its situation.

mod answer;
mod client;
mod conformity;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use axum::Router;
use db::Db;
use domain::account::{self, Bounds, Device};
use domain::actor::{Actor, Grant, Role, Who};
use domain::file::Shelf;
use domain::id::{AccountId, LetterId};
use domain::notice::{self, Address, Kind, Letter};
use domain::publication::{self, Draft, Publication};
use domain::words::Words;
use i18n::{Catalogue, Locale};
use web::{App, Health, Metrics, Settings};

pub(crate) use answer::{Answer, masked};
pub(crate) use client::{Asking, Client};

/// Where the site of a test is.
pub(crate) const BASE_URL: &str = "http://causeway.test";

/// Its host.
pub(crate) const HOST: &str = "causeway.test";

/// The most bytes of an upload there.
pub(crate) const UPLOAD_MAX: u64 = 512 << 10;

/// The roles that somebody on a fresh site holds, each for the whole programme.
pub(crate) const ENROLLED: [Role; 3] = [Role::Administrator, Role::Editor, Role::Auditor];

/// A site.
pub(crate) struct World {
    /// What its handlers share.
    pub(crate) app: App,
    /// The tokens by role.
    tokens: BTreeMap<&'static str, String>,
    /// The accounts by role.
    actors: BTreeMap<&'static str, Actor>,
    /// The sessions of their browsers by role.
    sessions: BTreeMap<&'static str, String>,
    _files: tempfile::TempDir,
}

impl World {
    /// A site over `db` with the default settings and strict messages.
    pub(crate) async fn new(db: &Db) -> Self {
        Self::with(db, |_| {}).await
    }

    /// The same with other settings.
    pub(crate) async fn with(db: &Db, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::new(BASE_URL);
        settings.messages = Catalogue::strict();
        settings.programme = "Causeway Test".to_owned();
        settings.writes_per_minute = 0;
        change(&mut settings);
        let files = tempfile::tempdir().unwrap();
        let shelf = Shelf::local(files.path(), UPLOAD_MAX).unwrap();
        let health = Health::starting();
        health.started();
        let app = App::new(db.clone(), shelf, settings, health, Metrics::new()).unwrap();
        let mut world = Self {
            app,
            tokens: BTreeMap::new(),
            actors: BTreeMap::new(),
            sessions: BTreeMap::new(),
            _files: files,
        };
        for role in ENROLLED {
            world.enrol(role).await;
        }
        world
    }

    async fn enrol(&mut self, role: Role) {
        let (db, operator) = (self.app.db(), Actor::operator());
        let account = account::open(db, &operator, role.code(), role).await.unwrap();
        let token = account::issue_token(db, &operator, account.id, "test", None).await.unwrap();
        self.sessions.insert(role.code(), self.open_session(account.id).await);
        self.tokens.insert(role.code(), token.secret.reveal().to_owned());
        self.actors.insert(role.code(), Actor::new(Who::account(account.id, [Grant::platform(role)])));
    }

    /// The site as a router.
    pub(crate) fn router(&self) -> Router {
        web::router(self.app.clone())
    }

    /// Somebody who is not signed in.
    pub(crate) fn visitor(&self) -> Client {
        Client::new(self.router(), None)
    }

    /// Somebody with the role `editor`.
    pub(crate) fn editor(&self) -> Client {
        self.signed_in(Role::Editor)
    }

    /// Somebody with the role `auditor`.
    pub(crate) fn auditor(&self) -> Client {
        self.signed_in(Role::Auditor)
    }

    /// Somebody with the role `administrator`.
    pub(crate) fn administrator(&self) -> Client {
        self.signed_in(Role::Administrator)
    }

    /// The token of somebody with `role`.
    pub(crate) fn token(&self, role: Role) -> &str {
        &self.tokens[role.code()]
    }

    /// Somebody with `role`.
    pub(crate) fn signed_in(&self, role: Role) -> Client {
        let client = Client::new(self.router(), Some(self.tokens[role.code()].clone()));
        client.with_cookie(self.cookie_name(), &self.sessions[role.code()])
    }

    /// Somebody with `role`, in a session of their own.
    pub(crate) async fn freshly_signed_in(&self, role: Role) -> Client {
        let account = self.actor(role).account().unwrap();
        self.signed_in(role).with_cookie(self.cookie_name(), &self.open_session(account).await)
    }

    /// Opens a session for an account, and gives the value of its cookie.
    pub(crate) async fn open_session(&self, account: AccountId) -> String {
        let device = Device::new(IpAddr::V4(Ipv4Addr::LOCALHOST), "A browser of the tests");
        let opened = account::session::open(self.app.db(), account, &device, Bounds::default(), false);
        opened.await.unwrap().reveal().to_owned()
    }

    /// What the cookie of a browser's session is called here.
    pub(crate) fn cookie_name(&self) -> &'static str {
        if self.app.base_url().is_secure() { "__Host-causeway" } else { "causeway" }
    }

    /// Somebody with a token that nobody issued.
    pub(crate) fn stranger(&self) -> Client {
        Client::new(self.router(), Some(format!("cway_{}", "A".repeat(43))))
    }

    /// The actor with `role`, for verbs of the domain.
    pub(crate) fn actor(&self, role: Role) -> &Actor {
        &self.actors[role.code()]
    }

    /// News with the title `title` in English, to be published.
    pub(crate) fn news(&self, title: &str) -> NewsMaker<'_> {
        let maker = NewsMaker { world: self, language: Locale::En, title: Vec::new(), body: Vec::new() };
        maker.text(Locale::En, title, "It happened.")
    }

    /// A letter in the outbox.
    pub(crate) async fn letter(&self) -> LetterId {
        let to = Address::parse("ana@example.org").unwrap();
        let letter = Letter { to, account: None, locale: Locale::Th, kind: Kind::Test {} };
        self.app.db().write(async |tx| notice::post(&tx, letter.clone()).await).await.unwrap()
    }

    /// Lets some time pass.
    pub(crate) fn pass(&self, seconds: i64) {
        self.app.db().clock().advance(jiff::SignedDuration::from_secs(seconds));
    }
}

/// News that is being written.
pub(crate) struct NewsMaker<'a> {
    world: &'a World,
    language: Locale,
    title: Vec<(Locale, String)>,
    body: Vec<(Locale, String)>,
}

impl NewsMaker<'_> {
    /// Says it in one more language.
    pub(crate) fn text(mut self, locale: Locale, title: &str, body: &str) -> Self {
        self.title.push((locale, title.to_owned()));
        self.body.push((locale, body.to_owned()));
        self
    }

    /// Publishes it, a second after what was published before.
    pub(crate) async fn published(self) -> Publication {
        self.world.pass(1);
        let draft = Draft {
            language: self.language,
            title: Words::written(self.title),
            body: Words::written(self.body),
        };
        publication::publish(self.world.app.db(), self.world.actor(Role::Editor), draft).await.unwrap()
    }
}
