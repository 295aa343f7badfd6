//! Verification: is the log what was written, whole and in order?

use std::fmt;

use db::Read;

use super::seal::{GENESIS, LOCATOR, ROW, chain, locator};
use super::store::{self, Seal};
use super::{Head, PublicKey};
use crate::Result;

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

/// Checks every sealed row, every seal and every head that `trust` holds, and names the first fault. `progress` is told
/// the position that was reached.
///
/// # Errors
/// What the database says; a log that is wrong is a [`Verdict`], not an error.
pub async fn verify(read: &Read, trust: &Trust, mut progress: impl FnMut(i64)) -> Result<Verdict> {
    let mut walk = Walk::new(trust);
    store::each_batch(read, |seal, found, text| {
        if walk.fault.is_none() {
            walk.batch(&seal, found, text.as_deref().unwrap_or_default());
            progress(walk.last);
        }
    })
    .await?;
    let totals = store::totals(read).await?;
    let mut verdict = walk.end();
    verdict.unsealed = totals.fresh;
    if verdict.fault.is_none() && (totals.sealed != verdict.rows || totals.beyond(verdict.last)) {
        verdict.fault = Some(Fault::Unsealed(totals.stray(verdict.last)));
    }
    Ok(verdict)
}

struct Walk<'t> {
    trust: &'t Trust,
    heads: std::iter::Peekable<std::vec::IntoIter<&'t Head>>,
    last: i64,
    batches: u64,
    hash: String,
    fault: Option<Fault>,
}

impl<'t> Walk<'t> {
    fn new(trust: &'t Trust) -> Self {
        let mut heads: Vec<&Head> = trust.heads.iter().collect();
        heads.sort_by_key(|head| head.last);
        let fault = heads.iter().find(|head| !trusted(trust, head)).map(|head| Fault::ForeignHead(head.last));
        Self {
            trust,
            heads: heads.into_iter().peekable(),
            last: 0,
            batches: 0,
            hash: GENESIS.to_owned(),
            fault,
        }
    }

    fn batch(&mut self, seal: &Seal, found: i64, text: &str) {
        self.fault = self.fault_in(seal, found, text);
        if self.fault.is_none() {
            self.last = seal.last;
            self.hash.clone_from(&seal.hash);
            self.batches += 1;
        }
    }

    fn fault_in(&mut self, seal: &Seal, found: i64, text: &str) -> Option<Fault> {
        if seal.first != self.last + 1 || seal.last < seal.first || seal.previous != self.hash {
            return Some(Fault::Seal(self.last + 1));
        }
        let head = &seal.head;
        let hash =
            chain(&seal.previous, seal.first, seal.last, &seal.locators, head.made_at, &head.signer, text);
        if hash != seal.hash {
            return Some(first_bad_row(seal, text));
        }
        if found != seal.last - seal.first + 1 {
            // One row says what two said: the text is the same, the rows are not.
            return Some(Fault::Missing(seal.first));
        }
        if !trusted(self.trust, head) {
            return Some(Fault::Signature(seal.last));
        }
        while let Some(kept) = self.heads.next_if(|kept| kept.last <= seal.last) {
            if kept.last != seal.last || kept.hash != seal.hash {
                return Some(Fault::Cut(kept.last));
            }
        }
        None
    }

    fn end(mut self) -> Verdict {
        if self.fault.is_none() {
            self.fault = self.heads.next().map(|kept| Fault::Cut(kept.last));
        }
        Verdict {
            rows: self.last,
            batches: self.batches,
            unsealed: 0,
            last: self.last,
            hash: self.hash,
            fault: self.fault,
        }
    }
}

fn trusted(trust: &Trust, head: &Head) -> bool {
    (trust.keys.is_empty() || trust.keys.contains(&head.signer)) && head.is_signed()
}

/// Which row of a batch differs from what its seal remembers.
fn first_bad_row(seal: &Seal, text: &str) -> Fault {
    let rows: Vec<&str> = if text.is_empty() { Vec::new() } else { text.split(ROW).collect() };
    let kept = seal.locators.as_bytes().chunks(LOCATOR);
    for ((position, kept), index) in (seal.first..=seal.last).zip(kept).zip(0..) {
        let Some(row) = rows.get(index) else { return Fault::Missing(position) };
        if locator(row).as_bytes() != kept {
            let own = row.starts_with(&format!("{position}{}", super::seal::COLUMN));
            return if own { Fault::Altered(position) } else { Fault::Missing(position) };
        }
    }
    Fault::Seal(seal.first)
}
