//! Sets of slots as words of 64 bits.

/// Whether `slot` is in `mask`.
#[inline]
pub(crate) fn has(mask: &[u64], slot: usize) -> bool {
    mask[slot / 64] >> (slot % 64) & 1 == 1
}

/// Puts `slot` into `mask`.
#[inline]
pub(crate) fn add(mask: &mut [u64], slot: usize) {
    mask[slot / 64] |= 1 << (slot % 64);
}

/// Takes `slot` out of `mask`.
#[inline]
pub(crate) fn take(mask: &mut [u64], slot: usize) {
    mask[slot / 64] &= !(1 << (slot % 64));
}

/// How many slots are in `mask`.
#[inline]
pub(crate) fn count(mask: &[u64]) -> usize {
    mask.iter().map(|word| word.count_ones() as usize).sum()
}

/// The slots in `mask`, ascending.
pub(crate) fn each(mask: &[u64]) -> impl Iterator<Item = usize> + '_ {
    mask.iter().enumerate().flat_map(|(at, &word)| {
        std::iter::successors(Some(word), |rest| Some(rest & rest.wrapping_sub(1)))
            .take_while(|&rest| rest != 0)
            .map(move |rest| at * 64 + rest.trailing_zeros() as usize)
    })
}

/// The slot of `mask` that has `rank` others before it.
#[inline]
pub(crate) fn nth(mask: &[u64], rank: usize) -> Option<usize> {
    let mut left = rank;
    for (at, &word) in mask.iter().enumerate() {
        let ones = word.count_ones() as usize;
        if left < ones {
            let mut rest = word;
            for _ in 0..left {
                rest &= rest - 1;
            }
            return Some(at * 64 + rest.trailing_zeros() as usize);
        }
        left -= ones;
    }
    None
}

/// A mask of the slots `0..slots`.
pub(crate) fn full(slots: usize) -> Vec<u64> {
    let mut mask = vec![0; slots.div_ceil(64)];
    for slot in 0..slots {
        add(&mut mask, slot);
    }
    mask
}
