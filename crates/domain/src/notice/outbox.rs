//! The way of a letter: posted with the change that causes it, taken by the job that delivers it, settled.
//!
//! A letter is sent at least once. Between the server's yes and our note of it lies the only moment in which a crash sends
//! it a second time, and then under the same Message-ID, which mailboxes and people take for one.

use db::{Db, Timestamp, Tx};
use i18n::Locale;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::store::{self, Claimed};
use super::{Address, Kind, Letter, State};
use crate::actor::Actor;
use crate::id::LetterId;
use crate::job::{self, Job};
use crate::{Error, Result};

/// How long a letter is tried before it counts as dead, as mail servers do.
const PATIENCE: SignedDuration = SignedDuration::from_hours(3 * 24);

/// The longest pause between two tries.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(2);

/// The job that delivers one letter. What it does is the crate `mail`'s.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Deliver {
    /// Which.
    pub letter: LetterId,
}

impl Job for Deliver {
    const KIND: &'static str = "notice.deliver";
}

/// Posts a letter, in the transaction of the verb that causes it: it is sent if and only if the change is kept.
///
/// # Errors
/// What the database says.
pub async fn post(tx: &Tx, letter: Letter) -> Result<LetterId> {
    let id = LetterId(tx.new_id());
    let facts = serde_json::to_value(&letter.kind).map_err(Error::internal)?;
    store::insert(tx, id, &letter, &facts).await?;
    job::enqueue(tx, &Actor::system(), &Deliver { letter: id }, tx.now()).await?;
    Ok(id)
}

/// A letter on its way.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Its id, which its Message-ID is made of.
    pub id: LetterId,
    /// Whom to.
    pub to: Address,
    /// In which language.
    pub locale: Locale,
    /// What it says.
    pub kind: Kind,
    /// When it was posted: the date it bears.
    pub made_at: Timestamp,
}

/// How a try to send a letter ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server took it, with these words.
    Sent(String),
    /// Not now: it is tried again after a while that grows.
    Later(String),
    /// The way is closed for so long, for this letter as for any other: no try of this one.
    Wait(SignedDuration, String),
    /// Never.
    Refused(String),
}

/// The letter that is to be sent, or `None` where there is nothing to do: it was sent, is dead, is of no use any more, or its
/// address is left alone, which is noted.
///
/// # Errors
/// What the database says.
pub async fn take(db: &Db, id: LetterId) -> Result<Option<Outgoing>> {
    db.write(async |tx| {
        let Some(claimed) = store::claim(&tx, id).await? else { return Ok(None) };
        let Claimed { recipient, locale, facts, made_at, .. } = claimed;
        let kind: Kind = match serde_json::from_value(facts) {
            Ok(kind) => kind,
            Err(error) => {
                let words = format!("this release cannot read it: {error}");
                store::end(&tx, id, State::Dead, Some(&words), None).await?;
                return Ok(None);
            }
        };
        if kind.until().is_some_and(|until| until <= tx.now()) {
            store::end(&tx, id, State::Dead, Some("its link ended before it could be sent"), None).await?;
            return Ok(None);
        }
        if !kind.is_owed()
            && let Some(left_alone) = store::suppression(&tx, &recipient.key()).await?
        {
            let words = format!("the address is left alone: {}: {}", left_alone.reason, left_alone.words);
            store::end(&tx, id, State::Suppressed, Some(&words), None).await?;
            return Ok(None);
        }
        Ok(Some(Outgoing { id, to: recipient, locale, kind, made_at }))
    })
    .await
}

/// Notes how a try ended, and enqueues the next where there is to be one.
///
/// # Errors
/// What the database says.
pub async fn settle(db: &Db, id: LetterId, outcome: &Outcome) -> Result<()> {
    db.write(async |tx| {
        let Some(claimed) = store::claim(&tx, id).await? else { return Ok(()) };
        let (wait, counts, words) = match outcome {
            Outcome::Sent(reply) => return Ok(store::end(&tx, id, State::Sent, None, Some(reply)).await?),
            Outcome::Refused(words) => return Ok(store::end(&tx, id, State::Dead, Some(words), None).await?),
            Outcome::Later(words) => (pause(claimed.attempts + 1), true, words),
            Outcome::Wait(wait, words) => (*wait, false, words),
        };
        let due_at = tx.now() + wait;
        if due_at > claimed.tried_since + PATIENCE {
            return Ok(store::end(&tx, id, State::Dead, Some(words), None).await?);
        }
        store::put_off(&tx, id, due_at, claimed.attempts + i64::from(counts), words).await?;
        job::enqueue(&tx, &Actor::system(), &Deliver { letter: id }, due_at).await?;
        Ok(())
    })
    .await
}

/// The pause after failed try `attempts`: one minute, doubled each time.
fn pause(attempts: i64) -> SignedDuration {
    let doublings = u32::try_from(attempts.clamp(1, 10) - 1).unwrap_or(0);
    SignedDuration::from_mins(1 << doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_two_hours() {
        let pauses: Vec<i64> = [1, 2, 3, 7, 8, 50].map(pause).iter().map(SignedDuration::as_mins).collect();
        assert_eq!(pauses, [1, 2, 4, 64, 120, 120]);
    }
}
