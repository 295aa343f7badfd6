//! Sealing: what has been committed gets its position, and its batch a place in the chain.

use blake3::Hasher;
use db::{Db, Error as DbError, Read, Timestamp, Tx};

use super::store::{self, Seal};
use super::{Head, PublicKey, Signer};
use crate::Result;

/// The hash before the first batch.
pub(super) const GENESIS: &str = "causeway change log 1";

/// Separates the columns of a row (in the view `change_text`), and the rows of a batch, in the text that is hashed.
/// Neither occurs in what is kept: codes are ASCII words, and JSON escapes control characters.
pub(super) const COLUMN: &str = "\u{1f}";
pub(super) const ROW: &str = "\u{1e}";

/// A batch that was just sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The head it ends with.
    pub head: Head,
    /// How many rows it has.
    pub rows: u32,
}

/// Seals at most `most` of the changes that were committed and are not yet sealed. `None` where there were none.
///
/// Several nodes may seal at once: the position is a primary key, and whoever comes second begins anew behind the first.
///
/// # Errors
/// What the database says.
pub async fn seal(db: &Db, signer: &Signer, most: u32) -> Result<Option<Sealed>> {
    if !db.read(async |read| store::any_fresh(&read).await).await? {
        return Ok(None);
    }
    loop {
        match db.write(async |tx| seal_batch(&tx, signer, most).await).await {
            Err(DbError::Unique(_)) => {}
            outcome => return Ok(outcome?),
        }
    }
}

async fn seal_batch(tx: &Tx, signer: &Signer, most: u32) -> Result<Option<Sealed>, DbError> {
    let before = store::last_seal(tx).await?;
    let (previous, end) = before.map_or_else(|| (GENESIS.to_owned(), 0), |seal| (seal.hash, seal.last));
    let rows = u32::try_from(store::number_fresh(tx, end, most).await?).unwrap_or(u32::MAX);
    if rows == 0 {
        return Ok(None);
    }
    let (first, last) = (end + 1, end + i64::from(rows));
    let text = store::text_of(tx, first, last).await?;
    let locators = locators(&text);
    let hash = chain(&previous, first, last, &locators, tx.now(), &signer.public_key(), &text);
    let head = signer.sign(last, &hash, tx.now());
    store::insert_seal(tx, &Seal { first, last, previous, locators, hash, head: head.clone() }).await?;
    store::forget_fresh(tx, first, last).await?;
    Ok(Some(Sealed { head, rows }))
}

/// The chain's next hash: over the one before, the batch's own data, and the text of its rows.
pub(super) fn chain(
    previous: &str,
    first: i64,
    last: i64,
    locators: &str,
    made_at: Timestamp,
    signer: &str,
    text: &str,
) -> String {
    let mut hasher = Hasher::new();
    for part in [previous, &first.to_string(), &last.to_string(), locators, &made_at.to_string(), signer] {
        hasher.update(part.as_bytes()).update(ROW.as_bytes());
    }
    hasher.update(text.as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// Sixteen hex digits a row. They prove nothing by themselves (the chain does); they tell which row of a batch that no
/// longer hashes right is the first bad one.
fn locators(text: &str) -> String {
    text.split(ROW).map(locator).collect()
}

pub(super) const LOCATOR: usize = 16;

pub(super) fn locator(row: &str) -> String {
    blake3::hash(row.as_bytes()).to_hex()[..LOCATOR].to_owned()
}

/// Which key signed the batch that ends at `position`.
///
/// # Errors
/// What the database says.
pub async fn signer_at(db: &Db, position: i64) -> Result<Option<PublicKey>> {
    db.read(async |read| Ok(store::signer_at(&read, position).await?)).await
}

/// Every key that has signed a batch.
///
/// # Errors
/// What the database says.
pub async fn signers(db: &Db) -> Result<Vec<PublicKey>> {
    db.read(async |read| Ok(store::signers(&read).await?)).await
}

/// The heads of the batches that end after `position`, oldest first, at most `limit`: to be kept in a second place.
///
/// # Errors
/// What the database says.
pub async fn heads_after(read: &Read, position: i64, limit: u32) -> Result<Vec<Head>> {
    Ok(store::heads_after(read, position, limit).await?)
}
