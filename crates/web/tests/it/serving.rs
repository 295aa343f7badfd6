//! The server on a real socket: timers against slow clients, bounds, and an orderly end.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use db::Db;
use domain::actor::Role;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::ServeSettings;

use crate::world::World;

/// A site on a free port of this machine.
pub(crate) struct Served {
    /// The site.
    pub(crate) world: World,
    /// Where it is.
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<()>,
}

impl Served {
    /// Serves a fresh site over `db`.
    pub(crate) async fn start(db: &Db, settings: ServeSettings) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let world = World::with(db, |site| site.base_url = format!("http://{address}")).await;
        let (stop, stopped) = oneshot::channel::<()>();
        let app = world.app.clone();
        let server = tokio::spawn(web::serve(listener, app, settings, async {
            stopped.await.ok();
        }));
        Self { world, address, stop: Some(stop), server }
    }

    /// Tells it to stop, and waits until it has.
    pub(crate) async fn stop(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        self.server.await.unwrap();
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// Whether the other end closes within `time`.
async fn is_closed_within(stream: &mut TcpStream, time: Duration) -> bool {
    let mut rest = Vec::new();
    tokio::time::timeout(time, stream.read_to_end(&mut rest)).await.is_ok()
}

#[db::test]
async fn headers_that_drip_and_connections_that_idle_are_closed(db: Db) {
    let settings = ServeSettings { header_timeout: Duration::from_millis(200), ..ServeSettings::default() };
    let site = Served::start(&db, settings).await;
    let mut silent = site.connect().await;
    let mut dripping = site.connect().await;
    dripping.write_all(b"GET /en HTTP/1.1\r\nhost: ").await.unwrap();
    let mut idle = site.connect().await;
    idle.write_all(format!("GET /health/live HTTP/1.1\r\nhost: {}\r\n\r\n", site.address).as_bytes())
        .await
        .unwrap();
    for (name, stream) in [("silent", &mut silent), ("dripping", &mut dripping), ("idle", &mut idle)] {
        assert!(is_closed_within(stream, Duration::from_secs(5)).await, "{name}");
    }
    site.stop().await;
}

#[db::test]
async fn connections_beyond_the_bound_wait_for_their_turn(db: Db) {
    let settings = ServeSettings {
        max_connections: 1,
        header_timeout: Duration::from_secs(60),
        ..ServeSettings::default()
    };
    let site = Served::start(&db, settings).await;
    let first = site.connect().await;
    let mut second = site.connect().await;
    second
        .write_all(format!("GET /health/live HTTP/1.1\r\nhost: {}\r\n\r\n", site.address).as_bytes())
        .await
        .unwrap();
    let mut byte = [0; 1];
    let early = tokio::time::timeout(Duration::from_millis(200), second.read_exact(&mut byte)).await;
    assert!(early.is_err(), "the first still holds the one place");
    drop(first);
    tokio::time::timeout(Duration::from_secs(5), second.read_exact(&mut byte)).await.unwrap().unwrap();
    drop(second);
    site.stop().await;
}

#[db::test]
async fn a_request_in_progress_is_finished_and_idle_connections_do_not_hold_the_end_up(db: Db) {
    let site = Served::start(&db, ServeSettings::default()).await;
    let _idle = site.connect().await;
    let mut busy = site.connect().await;
    let head = format!(
        "POST /api/v1/publications HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 2\r\n\r\n",
        site.address,
        site.world.token(Role::Editor)
    );
    busy.write_all(head.as_bytes()).await.unwrap();
    busy.write_all(b"{").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let begun = Instant::now();
    let stopping = tokio::spawn(site.stop());
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(!stopping.is_finished(), "a request is in progress");
    busy.write_all(b"}").await.unwrap();
    let mut answer = String::new();
    busy.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    stopping.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(10), "well within the grace period");
}

#[db::test]
async fn a_stranger_is_answered_without_his_upload(db: Db) {
    let site = Served::start(&db, ServeSettings::default()).await;
    let mut stranger = site.connect().await;
    let head = format!(
        "POST /api/v1/files?name=a.txt HTTP/1.1\r\nhost: {}\r\nexpect: 100-continue\r\ncontent-length: 500000\r\n\r\n",
        site.address
    );
    stranger.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = stranger.read_to_string(&mut answer);
    tokio::time::timeout(Duration::from_secs(5), read).await.expect("the connection is closed").unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "it is not asked to go on: {answer}");
    site.stop().await;
}

/// Ten mebibytes of JSON are read of somebody who is known. A stranger is answered while his are still on their way.
#[db::test]
async fn a_stranger_is_answered_without_his_json(db: Db) {
    let site = Served::start(&db, ServeSettings::default()).await;
    let head = |length: &str| {
        format!(
            "POST /api/v1/publications HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n{length}\r\n\r\n",
            site.address
        )
    };
    for (length, sent) in [
        ("expect: 100-continue\r\ncontent-length: 5000000", String::new()),
        ("content-length: 5000000", "[".to_owned()),
        ("transfer-encoding: chunked", format!("12000\r\n{}\r\n", " ".repeat(0x12000))),
    ] {
        let mut stranger = site.connect().await;
        stranger.write_all(head(length).as_bytes()).await.unwrap();
        stranger.write_all(sent.as_bytes()).await.unwrap();
        let mut answer = [0; 12];
        let read = stranger.read_exact(&mut answer);
        tokio::time::timeout(Duration::from_secs(5), read).await.expect("he is answered").unwrap();
        assert_eq!(&answer, b"HTTP/1.1 401", "{length}");
    }
    site.stop().await;
}

#[db::test]
async fn how_much_json_is_read_depends_on_who_sends_it(db: Db) {
    let world = World::new(&db).await;
    let long = "x".repeat(70_000);
    let draft = serde_json::json!({ "language": "en", "title": { "en": long }, "body": { "en": "B" } });
    let known = world.editor().post("/api/v1/publications", &draft).await;
    assert_eq!(known.status, 422, "read, and refused for its title");
    assert_eq!(world.visitor().post("/api/v1/publications", &draft).await.status, 401);
    assert_eq!(world.stranger().post("/api/v1/publications", &draft).await.status, 401);
}

#[db::test]
async fn the_figures_have_a_site_of_their_own(db: Db) {
    let world = World::new(&db).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let metrics = world.app.metrics().clone();
    let server =
        tokio::spawn(web::serve_metrics(listener, metrics, ServeSettings::default(), std::future::pending()));
    for (path, status) in [("/metrics", "200"), ("/en", "404")] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    server.abort();
}
