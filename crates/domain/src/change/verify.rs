//! Verification: is the log what was written, whole and in order?
//!
//! A log that is right is told quickly: its batches are checked in shares side by side, and the shares then fit together. Where
//! anything at all is amiss, the batches are gone through once more, one after the other, to name the first fault.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

use db::{Db, Read};
use futures_util::future::try_join_all;

use super::walk::{self, Share, Walk};
use super::{Head, PublicKey, store};
use crate::Result;

/// Shares of the log that are checked side by side.
const SHARES: i64 = 2;

/// What is taken for true when the log is judged.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The keys that may have signed; none means that the signatures are checked against the keys they name.
    pub keys: Vec<PublicKey>,
    /// Heads kept in a second place: the log must still contain each of them.
    pub heads: Vec<Head>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Sealed rows that were checked, all right up to the fault.
    pub rows: i64,
    /// Batches that were checked.
    pub batches: u64,
    /// Committed rows that wait for their seal.
    pub unsealed: i64,
    /// The last position that all is right up to.
    pub last: i64,
    /// The chain's hash there.
    pub hash: String,
    /// What is wrong first, if anything is.
    pub fault: Option<Fault>,
}

/// Something that is wrong with the log, with the position where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The row is not as it was written.
    Altered(i64),
    /// The row is gone.
    Missing(i64),
    /// There are rows that no seal covers.
    Unsealed(i64),
    /// The seal that begins at this position is not as it was written.
    Seal(i64),
    /// The seal that ends at this position carries a signature that does not hold, or of an unknown key.
    Signature(i64),
    /// A head in the second place says that the log once reached this position with another content.
    Cut(i64),
    /// A head in the second place is itself not signed as it should be.
    ForeignHead(i64),
}

impl Fault {
    /// The position where it begins.
    pub fn position(&self) -> i64 {
        match self {
            Self::Altered(at) | Self::Missing(at) | Self::Unsealed(at) => *at,
            Self::Seal(at) | Self::Signature(at) | Self::Cut(at) | Self::ForeignHead(at) => *at,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Altered(at) => write!(f, "row {at} is not as it was written"),
            Self::Missing(at) => write!(f, "row {at} is missing"),
            Self::Unsealed(at) => write!(f, "row {at} was put in beside the seals"),
            Self::Seal(at) => {
                write!(f, "the seal over the rows from {at} is not as it was written, or is missing")
            }
            Self::Signature(at) => write!(f, "the signature over the log up to row {at} does not hold"),
            Self::Cut(at) => {
                write!(
                    f,
                    "the log was cut or rewritten: a head kept outside shows that it once held another row {at}"
                )
            }
            Self::ForeignHead(at) => {
                write!(f, "the head kept outside for row {at} is not signed by a trusted key")
            }
        }
    }
}

/// Checks every sealed row, every seal and every head that `trust` holds, and names the first fault. `progress` is told how
/// many rows have been checked.
///
/// # Errors
/// What the database says; a log that is wrong is a [`Verdict`], not an error.
pub async fn verify(db: &Db, trust: &Trust, progress: impl Fn(i64) + Sync) -> Result<Verdict> {
    // Where the connections for it cannot be had, the log is gone through on one.
    if let Ok(Some(verdict)) = side_by_side(db, trust, &progress).await {
        return Ok(verdict);
    }
    db.read(async |read| in_turn(&read, trust, &progress).await).await
}

/// [`verify`], on one view of the database.
///
/// # Errors
/// As [`verify`].
pub async fn verify_view(read: &Read, trust: &Trust, progress: impl Fn(i64) + Sync) -> Result<Verdict> {
    let bounds = store::shares(read, SHARES).await?;
    let totals = store::totals(read).await?;
    let checked = AtomicI64::new(0);
    let mut shares = Vec::new();
    for pair in bounds.windows(2) {
        shares.push(share(read, trust, (pair[0], pair[1]), &checked, &progress).await?);
    }
    match walk::joined(trust, &shares, &totals) {
        Some(verdict) => Ok(verdict),
        None => in_turn(read, trust, &progress).await,
    }
}

/// A verdict where all is well. The bounds are of one moment: what is sealed later lies beyond them, and nothing within them
/// ever changes, so that each share may have a view of its own.
async fn side_by_side(db: &Db, trust: &Trust, progress: &(impl Fn(i64) + Sync)) -> Result<Option<Verdict>> {
    let (bounds, totals) = db
        .read(async |read| {
            Ok::<_, crate::Error>((store::shares(&read, SHARES).await?, store::totals(&read).await?))
        })
        .await?;
    let checked = &AtomicI64::new(0);
    let shares = bounds.windows(2).map(|pair| async move {
        let bounds = (pair[0], pair[1]);
        db.read(async |read| share(&read, trust, bounds, checked, progress).await).await
    });
    Ok(walk::joined(trust, &try_join_all(shares).await?, &totals))
}

async fn share(
    read: &Read,
    trust: &Trust,
    (after, last): (i64, i64),
    checked: &AtomicI64,
    progress: &(impl Fn(i64) + Sync),
) -> Result<Share> {
    let mut share = Share::new(trust, after, last);
    store::each_batch_quickly(read, after, last, |seal, text| {
        let rows = share.batch(&seal, text.as_deref().unwrap_or_default());
        progress(checked.fetch_add(rows, Ordering::Relaxed) + rows);
    })
    .await?;
    Ok(share)
}

/// One batch after the other, up to the first fault.
async fn in_turn(read: &Read, trust: &Trust, progress: &(impl Fn(i64) + Sync)) -> Result<Verdict> {
    let mut walk = Walk::new(trust);
    store::each_batch(read, |seal, found, text| {
        if walk.is_well() {
            walk.batch(&seal, found, text.as_deref().unwrap_or_default());
            progress(walk.last());
        }
    })
    .await?;
    let totals = store::totals(read).await?;
    let mut verdict = walk.end();
    verdict.unsealed = totals.fresh;
    if verdict.fault.is_none() && !totals.are_whole(verdict.last) {
        verdict.fault = Some(Fault::Unsealed(totals.stray(verdict.last)));
    }
    Ok(verdict)
}
