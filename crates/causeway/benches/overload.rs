//! `cargo xtask bench overload`: the program against more than it bears. First its peak (as many clients as it has answers for),
//! then ten times as many requests a second as that, sent whether or not the earlier ones were answered, then how soon it is
//! itself again; and what five hundred clients that drip their headers do to the others. Client and server share the machine, so
//! what counts are the ratios. Embedded database; the page asked for is the home page.

#![expect(dead_code, clippy::unwrap_used, reason = "the process of the tests, of which this needs a part")]

#[path = "../tests/it/running/site.rs"]
mod site;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;

const PEAK_CLIENTS: usize = 32;
const PEAK: Duration = Duration::from_secs(8);
const FLOOD: Duration = Duration::from_secs(15);
/// Connections that the flood may hold at once; what finds none free was not sent, and is counted as such.
const FLOOD_CLIENTS: usize = 800;
const SLOW_CLIENTS: usize = 500;
const SLOW: Duration = Duration::from_secs(40);

fn main() {
    site::on(db::Engine::Sqlite, async |mut site: site::Running| {
        site.start();
        let address: SocketAddr = site.address.trim_start_matches("http://").parse().expect("an address");
        let id = site.id().as_raw_nonzero().get();
        let alone = closed_loop(address, PEAK_CLIENTS, PEAK).await;
        let peak = alone.good_per_second(PEAK);
        println!(
            "peak: {peak:.0} pages/s with {PEAK_CLIENTS} clients; p99 {} ms; {} MiB",
            alone.p99(200),
            memory(id)
        );

        let flood = open_loop(address, peak * 10.0).await;
        println!(
            "10 x peak for {} s: goodput {:.0} % of peak; refused with 503: {} (p50 {} ms, p99 {} ms); answered 200: p99 {} ms; \
             others {:?}; not sent for want of a connection: {}; {} MiB",
            FLOOD.as_secs(),
            100.0 * flood.good_per_second(FLOOD) / peak,
            flood.count(503),
            flood.percentile(503, 50),
            flood.p99(503),
            flood.p99(200),
            flood.others(),
            flood.unsent,
            memory(id)
        );
        println!("itself again after {} ms", recovery(address, alone.p99(200)).await);

        let before = closed_loop(address, 4, PEAK).await;
        let at_first = memory(id);
        let dripping: Vec<_> = (0..SLOW_CLIENTS).map(|n| tokio::spawn(drip(address, n))).collect();
        let beside = closed_loop(address, 4, SLOW).await;
        let mut held = Duration::ZERO;
        for client in dripping {
            held = held.max(client.await.expect("it ended"));
        }
        println!(
            "{SLOW_CLIENTS} slow clients: p99 of the others {} ms instead of {} ms; each closed within {:.1} s; {} MiB instead of {}",
            beside.p99(200),
            before.p99(200),
            held.as_secs_f64(),
            memory(id),
            at_first
        );
        site.remove().await;
    });
}

/// What came back: for each status, how long each answer took in milliseconds (0 for a connection that broke).
#[derive(Default)]
struct Tally {
    took: BTreeMap<u16, Vec<u64>>,
    unsent: u64,
}

impl Tally {
    fn add(&mut self, status: u16, took: Duration) {
        self.took.entry(status).or_default().push(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    }

    fn count(&self, status: u16) -> usize {
        self.took.get(&status).map_or(0, Vec::len)
    }

    fn good_per_second(&self, time: Duration) -> f64 {
        self.count(200) as f64 / time.as_secs_f64()
    }

    fn percentile(&self, status: u16, percent: usize) -> u64 {
        let mut took = self.took.get(&status).cloned().unwrap_or_default();
        took.sort_unstable();
        took.get((took.len() * percent / 100).min(took.len().saturating_sub(1))).copied().unwrap_or(0)
    }

    fn p99(&self, status: u16) -> u64 {
        self.percentile(status, 99)
    }

    fn others(&self) -> Vec<(u16, usize)> {
        let others = self.took.iter().filter(|(status, _)| !matches!(status, 200 | 503));
        others.map(|(status, took)| (*status, took.len())).collect()
    }
}

/// Asks for the home page and reads the whole answer; 0 where the connection broke.
async fn ask(stream: &mut TcpStream, address: SocketAddr) -> u16 {
    let request = format!("GET /en HTTP/1.1\r\nhost: {address}\r\n\r\n");
    if stream.write_all(request.as_bytes()).await.is_err() {
        return 0;
    }
    let mut answer = Vec::with_capacity(16 << 10);
    loop {
        match stream.read_buf(&mut answer).await {
            Ok(0) | Err(_) => return 0,
            Ok(_) => {}
        }
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if answer.len() >= end + 4 + length.unwrap_or(0) {
            return head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        }
    }
}

async fn closed_loop(address: SocketAddr, clients: usize, time: Duration) -> Tally {
    let tally: Arc<Mutex<Tally>> = Arc::default();
    let until = Instant::now() + time;
    let clients: Vec<_> = (0..clients)
        .map(|_| {
            let tally = Arc::clone(&tally);
            tokio::spawn(async move {
                let mut stream = TcpStream::connect(address).await.expect("it listens");
                while Instant::now() < until {
                    let begun = Instant::now();
                    let status = ask(&mut stream, address).await;
                    tally.lock().expect("nobody panics").add(status, begun.elapsed());
                    if status == 0 {
                        stream = TcpStream::connect(address).await.expect("it listens");
                    }
                }
            })
        })
        .collect();
    for client in clients {
        client.await.expect("it ended");
    }
    Arc::into_inner(tally).expect("all have ended").into_inner().expect("nobody panics")
}

/// Requests at `rate` a second, sent when their time has come.
async fn open_loop(address: SocketAddr, rate: f64) -> Tally {
    let tally: Arc<Mutex<Tally>> = Arc::default();
    let idle: Arc<Mutex<Vec<TcpStream>>> = Arc::default();
    let places = Arc::new(Semaphore::new(FLOOD_CLIENTS));
    let unsent = AtomicU64::new(0);
    let begun = Instant::now();
    let mut sent = 0.0;
    while begun.elapsed() < FLOOD {
        let due = begun.elapsed().as_secs_f64() * rate;
        while sent < due {
            sent += 1.0;
            let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                unsent.fetch_add(1, Ordering::Relaxed);
                continue;
            };
            let (tally, idle) = (Arc::clone(&tally), Arc::clone(&idle));
            tokio::spawn(async move {
                let begun = Instant::now();
                let free = idle.lock().expect("nobody panics").pop();
                let stream = match free {
                    Some(stream) => Ok(stream),
                    None => TcpStream::connect(address).await,
                };
                let Ok(mut stream) = stream else {
                    tally.lock().expect("nobody panics").add(0, begun.elapsed());
                    return;
                };
                let status = ask(&mut stream, address).await;
                tally.lock().expect("nobody panics").add(status, begun.elapsed());
                if status != 0 {
                    idle.lock().expect("nobody panics").push(stream);
                }
                drop(place);
            });
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let unsent = unsent.into_inner();
    let mut tally = std::mem::take(&mut *tally.lock().expect("nobody panics"));
    tally.unsent = unsent;
    tally
}

/// Milliseconds until ten answers in a row come as fast as they did in the unloaded minute.
async fn recovery(address: SocketAddr, usual: u64) -> u128 {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let mut well = 0;
    while well < 10 {
        let sent = Instant::now();
        let status = ask(&mut stream, address).await;
        let fast = sent.elapsed().as_millis() <= u128::from(usual.max(20));
        well = if status == 200 && fast { well + 1 } else { 0 };
        if status == 0 {
            stream = TcpStream::connect(address).await.expect("it listens");
        }
    }
    begun.elapsed().as_millis()
}

/// A client that sends a header a character at a time until it is cut off, and how long that took.
async fn drip(address: SocketAddr, n: usize) -> Duration {
    tokio::time::sleep(Duration::from_millis(5 * n as u64)).await;
    let begun = Instant::now();
    let Ok(mut stream) = TcpStream::connect(address).await else { return Duration::ZERO };
    stream.write_all(format!("GET /en HTTP/1.1\r\nhost: {address}\r\nx-slow: ").as_bytes()).await.ok();
    let mut byte = [0; 256];
    loop {
        match tokio::time::timeout(Duration::from_secs(1), stream.read(&mut byte)).await {
            Ok(Ok(0) | Err(_)) => return begun.elapsed(),
            Ok(Ok(_)) => {}
            Err(_) if stream.write_all(b"x").await.is_err() => return begun.elapsed(),
            Err(_) => {}
        }
    }
}

/// The memory that a process holds, in MiB.
fn memory(id: i32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) >> 10
}
