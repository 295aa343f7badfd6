//! What the operator and the administrator see of letters, and do to them. Never what a letter said.

use db::{Db, Timestamp, row};
use i18n::Locale;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::outbox::Deliver;
use super::{Address, State, store};
use crate::actor::{Actor, Role};
use crate::change::{self, Entry};
use crate::id::{AccountId, LetterId};
use crate::job::{self, Failure, Job, Registry};
use crate::{Error, Result};

/// A letter as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetterView {
    /// Its id.
    pub id: LetterId,
    /// Its kind.
    pub kind: String,
    /// Whom to.
    pub to: Address,
    /// The account it is about.
    pub account: Option<AccountId>,
    /// The language it is written in.
    pub locale: Locale,
    /// Where it stands.
    pub state: State,
    /// Tries so far.
    pub attempts: i64,
    /// When it is tried next.
    pub due_at: Option<Timestamp>,
    /// Why the last try failed, or why it came back, in the server's words.
    pub error: Option<String>,
    /// What the server said when it took it.
    pub reply: Option<String>,
    /// When it was posted.
    pub made_at: Timestamp,
    /// When it was sent, or given up.
    pub ended_at: Option<Timestamp>,
}

row!(
    /// The outbox at a glance.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Overview {
        /// Letters that were not tried yet.
        pub queued_count: i64,
        /// Letters that will be tried again.
        pub failed_count: i64,
        /// Letters that were given up.
        pub dead_count: i64,
        /// Since when the oldest has waited.
        pub waiting_since: Option<Timestamp>,
    }
);

/// Whom we write to is nobody's business but theirs who run the programme.
pub(super) fn may_see(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator]) { Ok(()) } else { Err(Error::NotFound) }
}

/// The newest letters, in one state or in all, at most `limit`.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not see them.
pub async fn list(db: &Db, actor: &Actor, state: Option<State>, limit: u32) -> Result<Vec<LetterView>> {
    may_see(actor)?;
    db.read(async |read| Ok(store::list(&read, state, limit).await?)).await
}

/// One letter.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn load(db: &Db, actor: &Actor, id: LetterId) -> Result<LetterView> {
    may_see(actor)?;
    db.read(async |read| store::find(&read, id).await?.ok_or(Error::NotFound)).await
}

/// The outbox at a glance: for health and metrics, whoever asks.
///
/// # Errors
/// What the database says.
pub async fn overview(db: &Db) -> Result<Overview> {
    db.read(async |read| Ok(store::overview(&read).await?)).await
}

/// Tries a letter again that was not sent, at once and as if for the first time.
///
/// # Errors
/// [`Error::Conflict`] where it was sent, or what it said was removed meanwhile.
pub async fn retry(db: &Db, actor: &Actor, id: LetterId) -> Result<LetterView> {
    may_see(actor)?;
    db.write(async |tx| {
        let before = store::find(&tx, id).await?.ok_or(Error::NotFound)?;
        if !store::requeue(&tx, id).await? {
            return Err(Error::Conflict("letter-not-waiting"));
        }
        job::enqueue(&tx, actor, &Deliver { letter: id }, tx.now()).await?;
        let before = serde_json::json!({ "kind": before.kind, "state": before.state });
        let entry =
            Entry { verb: "letter.retry", kind: "letter", subject: id.0, before: Some(before), after: None };
        change::record(&tx, actor, entry).await?;
        store::find(&tx, id).await?.ok_or(Error::NotFound)
    })
    .await
}

/// Removes what letters said a week after they were given up, and the letters themselves three months after they ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct Sweep {}

impl Job for Sweep {
    const KIND: &'static str = "notice.sweep";
}

const SAYS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
const STAYS_FOR: SignedDuration = SignedDuration::from_hours(90 * 24);

impl Sweep {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db) -> Registry {
        registry.on(move |_: Self, _| {
            let db = db.clone();
            async move {
                let gone = db.write(async |tx| {
                    store::empty(&tx, tx.now() - SAYS_FOR).await?;
                    store::forget(&tx, tx.now() - STAYS_FOR).await
                });
                let gone = gone.await.map_err(Failure::from)?;
                tracing::info!(count = gone, "removed letters that had ended");
                Ok(())
            }
        })
    }
}
