//! Letters that came back, and the addresses that are left alone since.

use db::{Db, Timestamp, Tx, row};
use serde::Serialize;
use serde_json::json;

use super::board::may_see;
use super::{Address, State, store};
use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::id::{LetterId, SuppressionId};
use crate::{Error, Result};

/// Why an address is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// Its server says that there is no such mailbox, or that it takes nothing.
    Bounce,
    /// Whoever reads it marked a letter as unwanted.
    Complaint,
}

impl Reason {
    /// Its code, as in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bounce => "bounce",
            Self::Complaint => "complaint",
        }
    }
}

/// What a mail server reports of a letter after it had taken it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which letter, by its Message-ID.
    pub letter: LetterId,
    /// The address that the report is about, in each spelling that it gives: as we wrote to, and as it was written on to.
    pub recipients: Vec<Address>,
    /// Why the address is to be left alone; none where the failure may pass.
    pub reason: Option<Reason>,
    /// The server's words.
    pub words: String,
}

row!(
    /// An address that is left alone.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Suppression {
        /// Its id.
        pub id: SuppressionId,
        /// The address, folded.
        pub address: String,
        /// `bounce` or `complaint`.
        pub reason: String,
        /// The server's words.
        pub words: String,
        /// Since when.
        pub made_at: Timestamp,
    }
);

/// Takes note of a report. Tells whether it was believed: anybody may send us one, so it counts only where it names a letter that
/// we sent, to the address that we sent it to. Nobody but who got the letter knows its number.
///
/// # Errors
/// What the database says.
pub async fn report(db: &Db, report: &Report) -> Result<bool> {
    db.write(async |tx| {
        let Some(letter) = store::find(&tx, report.letter).await? else { return Ok(false) };
        let address = letter.to.key();
        if letter.state != State::Sent || !report.recipients.iter().any(|named| named.key() == address) {
            return Ok(false);
        }
        store::came_back(&tx, report.letter, &report.words).await?;
        if let Some(reason) = report.reason {
            let id = SuppressionId(tx.new_id());
            if store::suppress(&tx, id, &address, reason, &report.words).await? {
                let after = json!({ "reason": reason.code(), "letter": report.letter });
                record(&tx, &Actor::system(), "suppression.add", id, after).await?;
            }
        }
        Ok(true)
    })
    .await
}

/// The addresses that are left alone, the newest first, at most `limit`.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them.
pub async fn list_suppressed(db: &Db, actor: &Actor, limit: u32) -> Result<Vec<Suppression>> {
    may_see(actor)?;
    db.read(async |read| Ok(store::list_suppressed(&read, limit).await?)).await
}

/// Writes to an address again as to any other.
///
/// # Errors
/// [`Error::NotFound`] where it is not left alone, or for whoever may not.
pub async fn lift(db: &Db, actor: &Actor, address: &Address) -> Result<()> {
    may_see(actor)?;
    db.write(async |tx| {
        let lifted = store::suppression(&tx, &address.key()).await?.ok_or(Error::NotFound)?;
        store::lift(&tx, lifted.id).await?;
        record(&tx, actor, "suppression.lift", lifted.id, json!({ "reason": lifted.reason })).await
    })
    .await
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    id: SuppressionId,
    after: serde_json::Value,
) -> Result<()> {
    let entry = Entry { verb, kind: "suppression", subject: id.0, before: None, after: Some(after) };
    change::record(tx, actor, entry).await?;
    Ok(())
}
