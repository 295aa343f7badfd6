//! Going through the batches of the log: whether each is what its seal says and follows the one before.

use super::seal::{COLUMN, GENESIS, LOCATOR, ROW, chain, locator};
use super::store::{Seal, Totals};
use super::{Fault, Head, Trust, Verdict};

/// What became of a share of the batches, checked for itself: whether all is well within it, and what it must fit onto.
pub(super) struct Share {
    keys: Trust,
    heads: std::iter::Peekable<std::vec::IntoIter<Head>>,
    begins: (i64, Option<String>),
    ends: (i64, Option<String>),
    last: i64,
    batches: u64,
    well: bool,
}

impl Share {
    /// The batches that end after `after` and not beyond `last`.
    pub(super) fn new(trust: &Trust, after: i64, last: i64) -> Self {
        let within = |head: &&Head| head.last > after && head.last <= last;
        let mut heads: Vec<Head> = trust.heads.iter().filter(within).cloned().collect();
        heads.sort_by_key(|head| head.last);
        Self {
            keys: Trust { keys: trust.keys.clone(), heads: Vec::new() },
            heads: heads.into_iter().peekable(),
            begins: (after, None),
            ends: (after, None),
            last,
            batches: 0,
            well: true,
        }
    }

    /// Checks the next batch, and tells how many rows it was.
    pub(super) fn batch(&mut self, seal: &Seal, text: &str) -> i64 {
        self.well = self.well && self.is_right(seal, text);
        if self.begins.1.is_none() {
            self.begins.1 = Some(seal.previous.clone());
        }
        self.ends = (seal.last, Some(seal.hash.clone()));
        self.batches += 1;
        seal.last - seal.first + 1
    }

    fn is_right(&mut self, seal: &Seal, text: &str) -> bool {
        let follows = seal.first == self.ends.0 + 1
            && seal.last >= seal.first
            && self.ends.1.as_ref().is_none_or(|hash| *hash == seal.previous);
        if !follows || seal_hash(seal, text) != seal.hash || !trusted(&self.keys, &seal.head) {
            return false;
        }
        while let Some(kept) = self.heads.next_if(|kept| kept.last <= seal.last) {
            if kept.last != seal.last || kept.hash != seal.hash {
                return false;
            }
        }
        true
    }
}

/// The verdict on the whole where all shares are well, fit together and leave nothing over; none where they do not.
pub(super) fn joined(trust: &Trust, shares: &[Share], totals: &Totals) -> Option<Verdict> {
    let mut end = (0, GENESIS);
    let mut batches = 0;
    for share in shares {
        let fits = share.begins.0 == end.0 && share.begins.1.as_deref() == Some(end.1);
        if !share.well || !fits || share.ends.0 != share.last {
            return None;
        }
        end = (share.ends.0, share.ends.1.as_deref()?);
        batches += share.batches;
    }
    let (last, hash) = end;
    let heads_hold = trust.heads.iter().all(|head| (1..=last).contains(&head.last) && trusted(trust, head));
    let verdict =
        Verdict { rows: last, batches, unsealed: totals.fresh, last, hash: hash.to_owned(), fault: None };
    (heads_hold && totals.are_whole(last)).then_some(verdict)
}

fn seal_hash(seal: &Seal, text: &str) -> String {
    let head = &seal.head;
    chain(&seal.previous, seal.first, seal.last, &seal.locators, head.made_at, &head.signer, text)
}

/// The way through the batches, one after the other, up to the first fault.
pub(super) struct Walk<'t> {
    trust: &'t Trust,
    heads: std::iter::Peekable<std::vec::IntoIter<&'t Head>>,
    last: i64,
    batches: u64,
    hash: String,
    fault: Option<Fault>,
}

impl<'t> Walk<'t> {
    pub(super) fn new(trust: &'t Trust) -> Self {
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

    /// Whether no fault has been found.
    pub(super) fn is_well(&self) -> bool {
        self.fault.is_none()
    }

    /// The last position that all is right up to.
    pub(super) fn last(&self) -> i64 {
        self.last
    }

    pub(super) fn batch(&mut self, seal: &Seal, found: i64, text: &str) {
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
        if seal_hash(seal, text) != seal.hash {
            return Some(first_bad_row(seal, text));
        }
        if found != seal.last - seal.first + 1 {
            // One row says what two said: the text is the same, the rows are not.
            return Some(Fault::Missing(seal.first));
        }
        if !trusted(self.trust, &seal.head) {
            return Some(Fault::Signature(seal.last));
        }
        while let Some(kept) = self.heads.next_if(|kept| kept.last <= seal.last) {
            if kept.last != seal.last || kept.hash != seal.hash {
                return Some(Fault::Cut(kept.last));
            }
        }
        None
    }

    pub(super) fn end(mut self) -> Verdict {
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
            let own = row.starts_with(&format!("{position}{COLUMN}"));
            return if own { Fault::Altered(position) } else { Fault::Missing(position) };
        }
    }
    Fault::Seal(seal.first)
}
