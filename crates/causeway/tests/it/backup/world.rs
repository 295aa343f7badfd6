//! A whole installation to back up: a database on either engine with something in every table, files, keys and heads.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use causeway::backup::{BackupError, Made, Output, Progress, Source, make};
use causeway::folder::DataFolder;
use db::testing::{self, Fresh};
use db::{Db, Engine, Settings, Target, sql};
use domain::actor::{Actor, Role};
use domain::change::{self, Reader, Signer};
use domain::file::{self, Shelf, Tier};
use domain::publication::{self, Draft};
use domain::words::Words;
use domain::{account, job, node};
use i18n::Locale;
use serde_json::Value as Json;
use tempfile::TempDir;

pub(super) struct World {
    pub(super) fresh: Fresh,
    pub(super) place: TempDir,
    pub(super) folder: DataFolder,
    pub(super) shelf: Shelf,
    pub(super) source: Source,
    pub(super) signer: Signer,
}

impl World {
    /// An installation without content.
    pub(super) async fn empty(engine: Engine) -> Self {
        let fresh = testing::fresh(engine).await;
        let place = tempfile::tempdir().unwrap();
        let folder = DataFolder::open(&place.path().join("data")).unwrap();
        let document = Signer::generate().unwrap();
        std::fs::write(folder.keys().join("audit.pkcs8"), &document).unwrap();
        let signer = Signer::from_document(&document).unwrap();
        let shelf = shelf_of(folder.path());
        let source = Source::new(fresh.db.clone(), shelf.clone(), &folder);
        Self { fresh, place, folder, shelf, source, signer }
    }

    /// An installation with something in every table.
    pub(super) async fn full(engine: Engine) -> Self {
        let world = Self::empty(engine).await;
        let (db, operator) = (world.db(), Actor::operator());
        let editor = account::open(db, &operator, "ສົມຊາຍ ວົງສາ", Role::Editor).await.unwrap();
        account::issue_token(db, &operator, editor.id, "feed", Some(30)).await.unwrap();
        let revoked = account::issue_token(db, &operator, editor.id, "old", None).await.unwrap();
        account::revoke_token(db, &operator, revoked.id).await.unwrap();
        for number in 0..12 {
            publish(db, number).await;
        }
        world.seal().await;
        world.keep("ຂໍ້ຕົກລົງ.txt", "ຂໍ້ຕົກລົງ ແລະ ເອກະສານ".into()).await;
        world.keep("same bytes.txt", "ຂໍ້ຕົກລົງ ແລະ ເອກະສານ".into()).await;
        world.put(noise(9 << 20, 7)).await;
        let last = publish(db, 12).await;
        publication::withdraw(db, &operator, &last, None).await.unwrap();
        world.seal().await;
        publish(db, 13).await;
        db.write(async |tx| {
            job::enqueue(&tx, &operator, &job::Sweep { keep_days: 30 }, tx.now()).await?;
            Reader::new("index").keep(&tx, 5).await
        })
        .await
        .unwrap();
        node::give_sign(db, "one:1", "0.1.0", db.clock().now()).await.unwrap();
        testing::fill_empty_tables(db).await;
        world.document_an_application().await;
        world
    }

    pub(super) fn db(&self) -> &Db {
        &self.fresh.db
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Seals what waits, and appends the head to the file of heads, as the program does.
    pub(super) async fn seal(&self) {
        if let Some(change::Sealed { head, .. }) = change::seal(self.db(), &self.signer, 1000).await.unwrap()
        {
            let mut file =
                std::fs::OpenOptions::new().append(true).create(true).open(self.folder.heads()).unwrap();
            writeln!(file, "{}", serde_json::to_string(&head).unwrap()).unwrap();
        }
    }

    pub(super) async fn keep(&self, name: &str, content: Bytes) {
        file::keep(self.db(), &self.shelf, &Actor::operator(), name, Tier::Centre, content).await.unwrap();
    }

    /// Puts bytes of no kind that an upload would be let through with: large ones, quickly.
    pub(super) async fn put(&self, content: Bytes) {
        let digest = blake3::hash(&content).to_hex().to_string();
        let bytes = i64::try_from(content.len()).unwrap();
        self.shelf.put(&digest, content).await.unwrap();
        let insert = async |tx: db::Tx| {
            tx.run(sql!(
                "insert into file (id, digest, bytes, media_type, name, tier, made_at)
                values ($1, $2, $3, 'application/zip', 'large.zip', 'centre', $4)",
                tx.new_id(),
                &digest,
                bytes,
                tx.now()
            ))
            .await
        };
        self.db().write(insert).await.unwrap();
    }

    /// Lets a file of the world go with the application that is in it.
    async fn document_an_application(&self) {
        let insert = async |tx: db::Tx| {
            tx.run(sql!(
                "insert into membership_document (application, place, file, title)
                select a.id, 0, (select id from file order by id limit 1), 'Registration' from membership_application a"
            ))
            .await
        };
        self.db().write(insert).await.unwrap();
    }

    pub(super) async fn backup(&self, name: &str) -> (PathBuf, Made) {
        let path = self.path(name);
        let made = self.try_backup(&path).await.unwrap();
        assert_eq!(made.bytes, path.metadata().unwrap().len());
        (path, made)
    }

    pub(super) async fn try_backup(&self, path: &Path) -> Result<Made, BackupError> {
        make(&self.source, Output::File(path.to_owned()), &Progress::default()).await
    }

    pub(super) async fn remove(self) {
        self.fresh.remove().await;
    }
}

pub(super) fn shelf_of(folder: &Path) -> Shelf {
    Shelf::local(&folder.join("files"), 64 << 20).unwrap()
}

/// News in every language of the programme.
pub(super) async fn publish(db: &Db, number: usize) -> domain::id::Reference {
    let texts = |part: &str| {
        let text = |locale: Locale| {
            (locale, format!("{part} {number} “{}” \u{1f331}\n\tຂ່າວ 新闻 ข่าว", locale.tag()))
        };
        Words::written(Locale::ALL.map(text))
    };
    let draft = Draft { language: Locale::Lo, title: texts("title"), body: texts("body") };
    loop {
        match publication::publish(db, &Actor::operator(), draft.clone()).await {
            // Other writers were in the way for too long: a client would be told to come again.
            Err(domain::Error::Busy) => {}
            published => return published.unwrap().reference,
        }
    }
}

/// Bytes that do not compress, the same for the same seed.
pub(super) fn noise(length: usize, seed: u64) -> Bytes {
    let mut bytes = vec![0; length];
    blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof().fill(&mut bytes);
    bytes.into()
}

/// xorshift64: the same numbers at every run.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Every row of every table but the schema's own, in one form for both engines.
pub(super) async fn rows(db: &Db) -> BTreeMap<String, Vec<Json>> {
    db.read(async |read| {
        let mut all = BTreeMap::new();
        for table in read.tables().await? {
            if table.name == "schema_migration" {
                continue;
            }
            let mut rows = Vec::new();
            read.dump(&table, |row| {
                rows.push(row);
                Ok::<_, db::Error>(())
            })
            .await?;
            rows.sort_by_cached_key(Json::to_string);
            all.insert(table.name, rows);
        }
        Ok::<_, db::Error>(all)
    })
    .await
    .unwrap()
}

/// Every file of the store, by digest.
pub(super) async fn files(shelf: &Shelf) -> BTreeMap<String, Bytes> {
    let mut files = BTreeMap::new();
    for (digest, _) in shelf.digests().await.unwrap() {
        files.insert(digest.clone(), shelf.get(&digest).await.unwrap());
    }
    files
}

/// The keys and the heads of a data folder.
pub(super) fn secrets(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut secrets = BTreeMap::new();
    for entry in folder.join("keys").read_dir().unwrap() {
        let path = entry.unwrap().path();
        secrets
            .insert(path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap());
    }
    secrets.insert("heads".into(), std::fs::read(folder.join("heads")).unwrap());
    secrets
}

/// Opens the embedded database of a data folder.
pub(super) async fn embedded(folder: &Path) -> Db {
    let settings = Settings::new(Target::Sqlite(folder.join("causeway.db")));
    Db::open(&settings).await.unwrap()
}

/// How many rows `statement` counts.
pub(super) async fn count(db: &Db, statement: db::Statement) -> i64 {
    let (count,): (i64,) = db.read(async |read| read.one(statement).await).await.unwrap();
    count
}

/// Publications that lack one of their words or their change: none in a consistent view.
pub(super) async fn torn(db: &Db) -> i64 {
    let words = i64::try_from(2 * Locale::ALL.len()).unwrap();
    let torn = sql!(
        "select cast(count(*) as bigint) as value from publication p
        where (select count(*) from words w where w.owner = p.id) <> $1
            or (select count(*) from change_fresh c where c.subject = p.id and c.verb = 'publication.publish')
                + (select count(*) from change_sealed c where c.subject = p.id and c.verb = 'publication.publish') <> 1",
        words
    );
    count(db, torn).await
}

/// Runs `test` for each engine that was not left out by hand.
pub(super) fn on_each(test: impl AsyncFn(Engine)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        on(engine, &test);
    }
}

/// Runs `test` on one engine.
pub(super) fn on(engine: Engine, test: impl AsyncFn(Engine)) {
    if !testing::left_out(engine) {
        tokio::runtime::Runtime::new().unwrap().block_on(test(engine));
    }
}
