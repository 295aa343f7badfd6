//! Situations in a line.

use std::sync::Arc;
use std::time::Duration;

use db::{Db, sql};
use domain::account::{self, Account};
use domain::actor::{Actor, Grant, Role, Who};
use domain::change::{self, Signer, Verdict};
use domain::job::{Registry, Settings, Worker};
use domain::publication::{self, Draft, Publication};
use domain::words::Words;
use i18n::Locale;

/// An account of that role, as an actor.
pub(crate) async fn actor(db: &Db, role: Role) -> Actor {
    let Account { id, .. } = account::open(db, &Actor::operator(), "Ana", role).await.unwrap();
    Actor::new(Who::account(id, [Grant::platform(role)]))
}

pub(crate) fn draft(title: &str) -> Draft {
    Draft {
        language: Locale::En,
        title: Words::written([(Locale::En, title.to_owned())]),
        body: Words::written([(Locale::En, "A text.".to_owned())]),
    }
}

pub(crate) async fn news(db: &Db, title: &str) -> Publication {
    publication::publish(db, &Actor::operator(), draft(title)).await.unwrap()
}

pub(crate) fn signer() -> Signer {
    Signer::from_document(&Signer::generate().unwrap()).unwrap()
}

/// Seals all that is fresh.
pub(crate) async fn seal_all(db: &Db, signer: &Signer) -> i64 {
    let mut last = 0;
    while let Some(sealed) = change::seal(db, signer, 1000).await.unwrap() {
        last = sealed.head.last;
    }
    last
}

pub(crate) async fn verify(db: &Db, trust: &change::Trust) -> Verdict {
    let verdict = change::verify(db, trust, |_| ()).await.unwrap();
    let on_one_view = db.read(async |read| change::verify_view(&read, trust, |_| ()).await).await.unwrap();
    assert_eq!(verdict, on_one_view);
    verdict
}

pub(crate) async fn count(db: &Db, statement: db::Statement) -> i64 {
    let (n,): (i64,) = db.read(async |read| read.one(statement).await).await.unwrap();
    n
}

pub(crate) async fn fresh_changes(db: &Db) -> i64 {
    count(db, sql!("select count(*) as value from change_fresh")).await
}

/// A worker for the jobs of `registry`.
pub(crate) fn worker(db: &Db, registry: Registry) -> Worker {
    let settings = Settings {
        node: "test".to_owned(),
        lease: Duration::from_secs(60),
        max_attempts: 3,
        idle: Duration::from_millis(5),
    };
    Worker::new(db.clone(), Arc::new(registry), settings)
}

/// What an authenticator app with `secret` shows at `at` (RFC 6238).
pub(crate) fn code(secret: &str, at: db::Timestamp) -> String {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = String::new();
    for letter in secret.bytes() {
        let place = letters.iter().position(|known| *known == letter).unwrap();
        bits.push_str(&format!("{place:05b}"));
    }
    let key: Vec<u8> =
        (0..bits.len() / 8).map(|n| u8::from_str_radix(&bits[8 * n..8 * n + 8], 2).unwrap()).collect();
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key);
    let tag = ring::hmac::sign(&key, &(at.as_second() / 30).to_be_bytes());
    let offset = usize::from(tag.as_ref()[19] & 15);
    let word = u32::from_be_bytes(tag.as_ref()[offset..offset + 4].try_into().unwrap());
    format!("{:06}", (word & 0x7fff_ffff) % 1_000_000)
}
