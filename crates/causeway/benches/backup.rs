//! How long a backup, its verification and its restore take, and how much memory they hold.
//!
//! `cargo bench -p causeway --bench backup -- [PUBLICATIONS] [MIB OF FILES]`, by default 10,000 and 1,024. Each
//! publication has its texts in ten languages. With `CAUSEWAY_TEST_POSTGRES` set, the backup is restored there as well.
//! The figures to reach are in the operator's guide.

use std::path::Path;
use std::time::Instant;

use causeway::backup::{Input, Output, Progress, Source, Target, make, restore, verify};
use causeway::folder::DataFolder;
use db::{Db, Engine, Settings, sql, testing};
use domain::actor::Actor;
use domain::change::{self, Signer};
use domain::file::Shelf;
use domain::publication::{self, Draft};
use domain::words::Words;
use i18n::Locale;

/// Writers that fill the database at once.
const WRITERS: usize = 32;

const MIB: usize = 1 << 20;

fn main() {
    // `cargo bench` adds a flag of its own.
    let mut sizes = std::env::args().skip(1).filter_map(|argument| argument.parse::<usize>().ok());
    let (publications, mib) = (sizes.next().unwrap_or(10_000), sizes.next().unwrap_or(1024));
    let runtime = tokio::runtime::Runtime::new().expect("threads can be started");
    runtime.block_on(measure(publications, mib));
}

async fn measure(publications: usize, mib: usize) {
    let place = tempfile::tempdir().expect("a temporary folder");
    let folder = DataFolder::open(&place.path().join("data")).expect("a data folder");
    let db = Db::open(&Settings::new(db::Target::Sqlite(folder.database()))).await.expect("a database");
    db.migrate().await.expect("a schema");
    let shelf = Shelf::local(&folder.files(), u64::MAX).expect("a shelf");
    fill(&db, &shelf, &folder, publications, mib).await;

    let path = place.path().join("all.tar.zst");
    let source = Source::new(db.clone(), shelf, &folder);
    let made = timed("backup", make(&source, Output::File(path.clone()), &Progress::default())).await;
    println!(
        "  {} rows and {} files with {} bytes, in {} bytes",
        made.summary.rows.values().sum::<u64>(),
        made.summary.files.count,
        made.summary.files.bytes,
        made.bytes
    );
    timed("verify", verify(Input::File(path.clone()), &Progress::default())).await;
    let to = place.path().join("restored");
    let restored = timed(
        "restore to SQLite",
        restore(Input::File(path.clone()), Target::folder(&to), &Progress::default()),
    )
    .await;
    assert_eq!(restored.log.fault, None);
    if named_postgres() {
        let fresh = testing::empty(Engine::Postgres).await;
        let to = place.path().join("moved");
        let target = Target::database(fresh.db.clone()).with_folder(to);
        timed("restore to PostgreSQL", restore(Input::File(path), target, &Progress::default())).await;
        fresh.remove().await;
    }
    db.close().await;
}

#[expect(clippy::disallowed_methods, reason = "a measurement is told where its server is, as the tests are")]
fn named_postgres() -> bool {
    std::env::var_os("CAUSEWAY_TEST_POSTGRES").is_some()
}

/// Runs `work`, and prints how long it took and how much memory it added at its peak.
async fn timed<T>(what: &str, work: impl Future<Output = Result<T, causeway::backup::BackupError>>) -> T {
    // Linux forgets the peak so far; elsewhere the figure is that of the whole run.
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let before = held("VmRSS:");
    let begun = Instant::now();
    let done = work.await.unwrap_or_else(|error| panic!("{what}: {error}"));
    let added = held("VmHWM:").saturating_sub(before);
    println!(
        "{what}: {:.1} s, {} MiB beside the {} MiB of before",
        begun.elapsed().as_secs_f64(),
        added >> 10,
        before >> 10
    );
    done
}

/// A line of the process's own memory figures, in KiB.
fn held(name: &str) -> u64 {
    let status = std::fs::read_to_string(Path::new("/proc/self/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok()).unwrap_or(0)
}

async fn fill(db: &Db, shelf: &Shelf, folder: &DataFolder, publications: usize, mib: usize) {
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let db = db.clone();
            tokio::spawn(async move {
                for number in (writer..publications).step_by(WRITERS) {
                    publish(&db, number).await;
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.expect("a writer");
    }
    for number in 0..mib {
        put(db, shelf, number).await;
    }
    let document = Signer::generate().expect("a key");
    std::fs::write(folder.keys().join("audit.pkcs8"), &document).expect("a place for the key");
    let signer = Signer::from_document(&document).expect("a key");
    let mut heads = String::new();
    while let Some(change::Sealed { head, .. }) =
        change::seal(db, &signer, 1000).await.expect("a sealed batch")
    {
        heads.push_str(&serde_json::to_string(&head).expect("plain data"));
        heads.push('\n');
    }
    std::fs::write(folder.heads(), heads).expect("a place for the heads");
}

async fn publish(db: &Db, number: usize) {
    let texts = |length: usize| {
        let text = |locale: Locale| {
            (locale, format!("{number} {} ຂ່າວ 新闻 ข่าว tin tức. ", locale.tag()).repeat(length))
        };
        Words::written(Locale::ALL.map(text))
    };
    let draft = Draft { language: Locale::Lo, title: texts(1), body: texts(20) };
    // Of ten thousand references of one day, two are alike now and then: the second try gets another.
    if publication::publish(db, &Actor::operator(), draft.clone()).await.is_err() {
        publication::publish(db, &Actor::operator(), draft).await.expect("a publication");
    }
}

/// A file of one MiB that does not compress.
async fn put(db: &Db, shelf: &Shelf, number: usize) {
    let mut content = vec![0; MIB];
    blake3::Hasher::new().update(&number.to_le_bytes()).finalize_xof().fill(&mut content);
    let digest = blake3::hash(&content).to_hex().to_string();
    shelf.put(&digest, content.into()).await.expect("room for a file");
    let insert = async |tx: db::Tx| {
        tx.run(sql!(
            "insert into file (id, digest, bytes, media_type, name, tier, made_at)
            values ($1, $2, 1048576, 'application/zip', 'measured.zip', 'centre', $3)",
            tx.new_id(),
            &digest,
            tx.now()
        ))
        .await
    };
    db.write(insert).await.expect("a row");
}
