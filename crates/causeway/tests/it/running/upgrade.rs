//! kill -9 while the schema is brought up to date: what is found at the next start is the old schema or the new one, whole, and
//! every row.

use std::fmt;
use std::time::Duration;

use causeway::folder::DataFolder;
use db::{Db, Settings, Target, sql};

use super::site::Running;

/// How rounds of killing went.
#[derive(Default)]
pub(crate) struct Counts {
    /// Nothing had been changed when it was killed.
    before: u32,
    /// Some migrations had been done.
    between: u32,
    /// All had.
    after: u32,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, between, after } = self;
        write!(
            f,
            "{before} before the first migration, {between} between two, {after} after the last; 0 rows lost"
        )
    }
}

/// Migrations that are still to come in the data that is made.
const BEHIND: i64 = 2;

async fn open(site: &Running) -> Db {
    let target = match site.database_url() {
        Some(url) => Target::Postgres(url.to_owned()),
        None => Target::Sqlite(site.data().join("causeway.db")),
    };
    Db::open(&Settings { sync: false, ..Settings::new(target) }).await.unwrap()
}

/// Empties the database and the folder, and fills them as an older release would have.
pub(crate) async fn make_old(site: &mut Running, publications: usize) {
    site.begin_anew().await;
    drop(DataFolder::open(&site.data()).unwrap());
    let db = open(site).await;
    db.migrate_to(Db::newest_schema() - BEHIND).await.unwrap();
    db.write(async |tx| {
        for n in 1..=publications {
            let (id, change) = (tx.new_id(), tx.new_id());
            tx.run(sql!(
                "insert into publication (id, reference, kind, state, language, published_at, revision, version)
                values ($1, $2, 'news', 'published', 'en', $3, 1, 1)",
                id,
                format!("N20260101-{n:06}"),
                tx.now()
            ))
            .await?;
            tx.run(sql!(
                "insert into words (owner, field, language, value, origin, source_revision)
                values ($1, 'title', 'en', $2, 'human', 1), ($1, 'body', 'en', 'A text.', 'human', 1)",
                id,
                format!("news {n}")
            ))
            .await?;
            tx.run(sql!(
                "insert into change_fresh (id, at, actor_kind, verb, subject_kind, subject)
                values ($1, $2, 'operator', 'publication.publish', 'publication', $3)",
                change,
                tx.now(),
                id
            ))
            .await?;
        }
        Ok::<_, db::Error>(())
    })
    .await
    .unwrap();
    let signer = domain::change::Signer::from_document(&domain::change::Signer::generate().unwrap()).unwrap();
    while domain::change::seal(&db, &signer, 1000).await.unwrap().is_some() {}
    causeway::audit::trust_key(&DataFolder::visit(&site.data()).unwrap(), &signer.public_key()).unwrap();
    db.close().await;
}

/// Kills the process `rounds` times at some moment of what takes it `whole`, each time with old data anew, and looks at
/// what the next start makes of it.
pub(crate) async fn killed_again_and_again(
    mut site: Running,
    rounds: u32,
    publications: usize,
    whole: Duration,
) -> Counts {
    let mut counts = Counts::default();
    let newest = Db::newest_schema();
    for round in 0..rounds {
        site.end();
        make_old(&mut site, publications).await;
        site.begin();
        // Spread over the whole of it, and not in the order of time.
        let share = (round * 7 + 3) % rounds;
        tokio::time::sleep(whole * (2 * share + 1) / (2 * rounds)).await;
        site.kill();
        let db = open(&site).await;
        let found = db.migration_plan().await.unwrap().found;
        db.close().await;
        match newest - found {
            0 => counts.after += 1,
            BEHIND => counts.before += 1,
            _ => counts.between += 1,
        }
        site.start();
        let db = open(&site).await;
        let (kept, sealed): (i64, i64) = db
            .read(async |read| {
                let (kept,): (i64,) = read.one(sql!("select count(*) as value from publication")).await?;
                let (sealed,): (i64,) = read
                    .one(sql!(
                        "select count(*) as value from change_sealed where subject_kind = 'publication'"
                    ))
                    .await?;
                Ok::<_, db::Error>((kept, sealed))
            })
            .await
            .unwrap();
        db.close().await;
        let expected = i64::try_from(publications).unwrap();
        assert_eq!((kept, sealed), (expected, expected), "round {round}, killed at schema {found}");
        assert!(site.say(&["audit", "verify"]).contains("as it was written"), "round {round}");
    }
    site.remove().await;
    counts
}

#[test]
fn a_migration_that_is_killed_goes_on_at_the_next_start() {
    super::each_engine(async |mut site: Running| {
        make_old(&mut site, 300).await;
        let begun = std::time::Instant::now();
        site.start();
        let whole = begun.elapsed();
        killed_again_and_again(site, 4, 300, whole).await;
    });
}
