//! Bounds on guessing and on letters that strangers cause. Each try is noted in the database before it is looked at, so that
//! every node counts alike, and the note of a sign-in that succeeds is taken back.
//!
//! Two sides: a client's address is bounded tightly, since one who guesses has few; an account loosely, since whoever is
//! guessed at must not be locked out. A client from which the account signed in before is not counted against the account.

use std::net::{IpAddr, Ipv6Addr};

use db::{Db, Tx, Uuid};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::{secret, store};
use crate::job::{Failure, Job, Registry};
use crate::{Error, Result};

/// Guesses of one client in a quarter of an hour.
const BY_CLIENT: Bound = Bound { what: "guess client", most: 10, span: SignedDuration::from_mins(15) };
/// Guesses at one address in an hour.
const AT_ADDRESS: Bound = Bound { what: "guess address", most: 600, span: SignedDuration::from_hours(1) };
/// Letters that one client causes in a quarter of an hour.
const LETTERS_BY_CLIENT: Bound =
    Bound { what: "letter client", most: 10, span: SignedDuration::from_mins(15) };
/// Letters to one address in an hour. One more is not sent, and nobody is told.
const LETTERS_TO_ADDRESS: Bound =
    Bound { what: "letter address", most: 3, span: SignedDuration::from_hours(1) };

/// How long a note is kept.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// How many of one kind are let through.
#[derive(Clone, Copy)]
struct Bound {
    what: &'static str,
    most: i64,
    span: SignedDuration,
}

impl Bound {
    /// Under what it is counted: a digest, so that the notes name nobody.
    fn counted(self, by: &str) -> String {
        secret::digest("causeway account guess 1", &format!("{} {by}", self.what))
    }

    /// Seconds until there is room again; none if there is now.
    async fn wait(self, tx: &Tx, counted: &str) -> Result<Option<u64>> {
        let since = tx.now() - self.span;
        if store::limit::count(tx, counted, since).await? < self.most {
            return Ok(None);
        }
        let oldest = store::limit::oldest(tx, counted, since, self.most).await?.unwrap_or(tx.now());
        let wait = (oldest + self.span).duration_since(tx.now()).as_secs().max(0);
        Ok(Some(u64::try_from(wait).unwrap_or(0) + 1))
    }
}

/// Under what a client is counted: an IPv4 address, or the /64 of an IPv6 address, whose holder has all of it.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).to_string(),
    }
}

/// The notes of one guess.
pub(super) struct Noted(Vec<Uuid>);

/// Notes a guess by `client` at the account with the address `key`, before it is looked at.
///
/// # Errors
/// [`Error::Limited`] where there were too many of late; that one more came is not noted.
pub(super) async fn guess(db: &Db, client: IpAddr, key: &str) -> Result<Noted> {
    let by_client = BY_CLIENT.counted(&network(client));
    let at_address = AT_ADDRESS.counted(key);
    db.write(async |tx| {
        if let Some(seconds) = BY_CLIENT.wait(&tx, &by_client).await? {
            return Err(Error::Limited { seconds });
        }
        if let Some(seconds) = AT_ADDRESS.wait(&tx, &at_address).await?
            && !store::limit::is_known(&tx, key, &client.to_string()).await?
        {
            return Err(Error::Limited { seconds });
        }
        let ids = vec![tx.new_id(), tx.new_id()];
        for (id, counted) in ids.iter().zip([&by_client, &at_address]) {
            store::limit::insert(&tx, *id, counted).await?;
        }
        Ok(Noted(ids))
    })
    .await
}

/// Takes the note of a guess back that was right.
pub(super) async fn forgive(tx: &Tx, noted: &Noted) -> Result<()> {
    for id in &noted.0 {
        store::limit::remove(tx, *id).await?;
    }
    Ok(())
}

/// Notes that `client` causes a letter to the address `key`, and tells whether one is to be sent.
///
/// # Errors
/// [`Error::Limited`] where the client causes too many.
pub(super) async fn letter(tx: &Tx, client: IpAddr, key: &str) -> Result<bool> {
    let by_client = LETTERS_BY_CLIENT.counted(&network(client));
    let to_address = LETTERS_TO_ADDRESS.counted(key);
    if let Some(seconds) = LETTERS_BY_CLIENT.wait(tx, &by_client).await? {
        return Err(Error::Limited { seconds });
    }
    let sent = LETTERS_TO_ADDRESS.wait(tx, &to_address).await?.is_none();
    for counted in [&by_client, &to_address] {
        store::limit::insert(tx, tx.new_id(), counted).await?;
    }
    Ok(sent)
}

/// Removes notes of guesses after a day, and links and sessions a while after they have ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "account.sweep";
}

/// How long a session that is over, or a link, is kept.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

impl Sweep {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db) -> Registry {
        registry.on(move |_: Self, _| {
            let db = db.clone();
            async move {
                db.write(async |tx| {
                    store::limit::forget(&tx, tx.now() - KEPT).await?;
                    store::voucher::forget(&tx, tx.now() - ENDED_KEPT).await?;
                    store::session::forget(&tx, tx.now() - ENDED_KEPT).await
                })
                .await
                .map_err(Failure::from)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_one_address_of_a_network_has_them_all() {
        let counted = |text: &str| network(text.parse().unwrap());
        assert_eq!(counted("2001:db8:1:2:3::4"), counted("2001:db8:1:2::"));
        assert_ne!(counted("2001:db8:1:2::"), counted("2001:db8:1:3::"));
        assert_eq!(counted("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(BY_CLIENT.counted("a").len(), 64);
        assert_ne!(BY_CLIENT.counted("a"), AT_ADDRESS.counted("a"));
    }
}
