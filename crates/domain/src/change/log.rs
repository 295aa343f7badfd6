//! Writing and reading single changes.

use db::{Db, Read, Timestamp, Tx, Uuid};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::{policy, store};
use crate::actor::Actor;
use crate::error::Problem;
use crate::id::{ChangeId, Reference};
use crate::page::Ask;
use crate::schema::{Id, Moment};
use crate::{Error, Result};

/// What a verb did, for [`record`].
#[derive(Clone, Debug)]
pub struct Entry {
    /// The verb, `slice.verb`.
    pub verb: &'static str,
    /// The kind of the thing it was done to, as its table is called.
    pub kind: &'static str,
    /// The thing.
    pub subject: Uuid,
    /// What it was before, of what may be kept for ever: no personal data, no secret.
    pub before: Option<Json>,
    /// What it is now, likewise.
    pub after: Option<Json>,
}

/// One row of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Change {
    /// Its place in the log, from 1; none while it is not sealed.
    pub position: Option<i64>,
    /// Its id.
    pub id: ChangeId,
    /// When.
    #[schemars(with = "Moment")]
    pub at: Timestamp,
    /// What kind of actor: `visitor`, `account`, `operator`, `system`.
    pub actor_kind: String,
    /// Which account.
    #[schemars(with = "Option<Id>")]
    pub actor: Option<Uuid>,
    /// As whom.
    #[schemars(with = "Option<Id>")]
    pub behalf: Option<Uuid>,
    /// What was done, `slice.verb`.
    pub verb: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which.
    #[schemars(with = "Id")]
    pub subject: Uuid,
    /// What it was before.
    pub before: Option<Json>,
    /// What it is since.
    pub after: Option<Json>,
    /// In which request.
    pub request: Option<String>,
}

/// Writes one change in the verb's own transaction. Since every verb that changes something comes by here, this is also where
/// a token that is for reading alone is held to it.
///
/// # Errors
/// [`Error::Denied`] for whoever may only read; what the database says.
pub async fn record(tx: &Tx, actor: &Actor, entry: Entry) -> Result<ChangeId> {
    if !actor.may_write() {
        return Err(Error::Denied("token-read-only"));
    }
    let id = ChangeId(tx.new_id());
    store::insert(tx, id, actor, &entry).await?;
    Ok(id)
}

/// The sealed changes after `position`, at most `limit` (1 to [`crate::page::MOST`]), in the order of the log, for whoever
/// may read it.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not; [`Error::Invalid`] naming `limit`.
pub async fn read_log(db: &Db, actor: &Actor, position: i64, limit: u32) -> Result<Vec<Change>> {
    policy::may_read(actor)?;
    let limit = Ask::first(limit).checked()?.limit;
    db.read(async |read| after(&read, position, limit).await).await
}

/// The sealed changes after `position`, at most `limit`, in the order of the log. Asks nobody who they are: for the
/// program's own readers.
///
/// # Errors
/// What the database says.
pub async fn after(read: &Read, position: i64, limit: u32) -> Result<Vec<Change>> {
    store::after(read, position, limit).await.map_err(Error::from)
}

/// Whose history is asked for: a thing by its id, or by the reference that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Its id.
    Id(Uuid),
    /// Its reference.
    Reference(Reference),
}

impl std::str::FromStr for Subject {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        match (Reference::parse(text), Uuid::parse_str(text)) {
            (Some(reference), _) => Ok(Self::Reference(reference)),
            (None, Ok(id)) => Ok(Self::Id(id)),
            (None, Err(_)) => Err(Error::field("subject", Problem::BadValue)),
        }
    }
}

/// What was done to `subject` after `position`, oldest first, at most `limit` (1 to [`crate::page::MOST`]), for whoever may
/// read the log. What is not sealed yet stands at the end, without a position.
///
/// # Errors
/// [`Error::NotFound`] for whoever may not; [`Error::Invalid`] naming `limit`.
pub async fn history(
    db: &Db,
    actor: &Actor,
    subject: &Subject,
    position: i64,
    limit: u32,
) -> Result<Vec<Change>> {
    policy::may_read(actor)?;
    let limit = Ask::first(limit).checked()?.limit;
    db.read(async |read| {
        let id = match subject {
            Subject::Id(id) => Some(*id),
            Subject::Reference(reference) => store::named(&read, reference).await?,
        };
        match id {
            Some(id) => of_subject_after(&read, id, position, limit).await,
            None => Ok(Vec::new()),
        }
    })
    .await
}

/// What was done to one thing, sealed or not, oldest first, at most `limit`. Asks nobody who they are: for the program itself.
///
/// # Errors
/// What the database says.
pub async fn of_subject(read: &Read, subject: Uuid, limit: u32) -> Result<Vec<Change>> {
    of_subject_after(read, subject, 0, limit).await
}

async fn of_subject_after(read: &Read, subject: Uuid, position: i64, limit: u32) -> Result<Vec<Change>> {
    let mut changes = store::sealed_of(read, subject, position, limit).await?;
    let rest = limit.saturating_sub(u32::try_from(changes.len()).unwrap_or(u32::MAX));
    if rest > 0 {
        changes.extend(store::fresh_of(read, subject, rest).await?);
    }
    Ok(changes)
}

/// When the newest change was made, sealed or not.
///
/// # Errors
/// What the database says.
pub async fn newest(read: &Read) -> Result<Option<Timestamp>> {
    Ok(store::newest(read).await?)
}

/// How many changes wait for their seal.
///
/// # Errors
/// What the database says.
pub async fn unsealed(read: &Read) -> Result<i64> {
    Ok(store::count_fresh(read).await?)
}
