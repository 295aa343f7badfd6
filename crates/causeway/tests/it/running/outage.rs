//! The database goes away while the site is served, and comes back.

use std::sync::Arc;
use std::time::{Duration, Instant};

use db::Engine;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::Running;

/// A line to the database that can be cut.
async fn line(to: String) -> (std::net::SocketAddr, watch::Sender<bool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (cut, is_cut) = watch::channel(false);
    tokio::spawn(async move {
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let (to, mut is_cut) = (to.clone(), is_cut.clone());
            tokio::spawn(async move {
                if *is_cut.borrow() {
                    return;
                }
                let Ok(mut far) = TcpStream::connect(&to).await else { return };
                tokio::select! {
                    _ = copy_bidirectional(&mut near, &mut far) => {}
                    _ = is_cut.wait_for(|cut| *cut) => {}
                }
            });
        }
    });
    (address, cut)
}

#[test]
fn a_database_that_goes_away_is_said_and_missed_only_as_long_as_it_is_away() {
    if db::testing::left_out(Engine::Postgres) {
        return;
    }
    super::site::on(Engine::Postgres, async |mut site: Running| {
        let url = site.database_url().unwrap().to_owned();
        let (head, rest) = url.split_once('@').unwrap();
        let (server, name) = rest.split_once('/').unwrap();
        let (address, cut) = line(server.to_owned()).await;
        site.set("CAUSEWAY__DATABASE__URL", format!("{head}@{address}/{name}"));
        site.start();
        let token = site.token("editor");
        assert!(site.publish(&token, "before").await);

        cut.send_replace(true);
        wait_for(&site, "/health/ready", 503).await;
        let (_, reasons) = site.get("/health/ready").await;
        assert!(reasons.contains("\"database\""), "{reasons}");
        let site = Arc::new(site);
        let (status, page) = site.get("/en").await;
        assert_eq!(status, 503, "{page}");
        assert!(page.contains("<html lang=\"en\""), "a page, not a stack: {page}");
        assert_eq!(site.get("/health/live").await.0, 200, "the process itself is well");
        assert!(!site.publish(&token, "lost").await, "nothing is acknowledged that is not kept");

        cut.send_replace(false);
        wait_for(&site, "/health/ready", 200).await;
        assert!(site.publish(&token, "after").await);
        let (_, page) = site.get("/en").await;
        assert!(page.contains("before") && page.contains("after") && !page.contains("lost"), "{page}");
        Arc::into_inner(site).unwrap().remove().await;
    });
}

async fn wait_for(site: &Running, path: &str, status: u16) {
    let started = Instant::now();
    while site.get(path).await.0 != status {
        assert!(started.elapsed() < Duration::from_secs(30), "{path} does not answer {status}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
