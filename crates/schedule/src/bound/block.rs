//! The best prices of one person's slots, all others' prices given: the dual of an assignment of requests to slots
//! (the Hungarian method, slots as rows). Each such step lowers the bound or leaves it.

/// No request, or a slot that is not looked at.
const NOBODY: usize = usize::MAX;

/// Prices, at least 0, for `slots` slots such that the sum of prices and of what requests gain above them is least.
/// `gain` is what each request gains in each slot before the price: by slot, then request.
pub(super) fn prices(gain: &[Vec<i64>], requests: usize) -> Vec<i64> {
    let slots = gain.len();
    // One idle column for each slot, of no gain.
    let columns = requests + slots;
    let cost = |slot: usize, column: usize| if column < requests { -gain[slot][column].max(0) } else { 0 };
    let (mut of_slot, mut of_column) = (vec![0_i64; slots], vec![0_i64; columns]);
    let mut slot_of = vec![NOBODY; columns];
    let (mut least, mut came, mut used) = (vec![0; columns], vec![NOBODY; columns], vec![false; columns]);
    for first in 0..slots {
        least.fill(i64::MAX);
        came.fill(NOBODY);
        used.fill(false);
        let (mut slot, mut column) = (first, NOBODY);
        loop {
            let (mut step, mut next) = (i64::MAX, NOBODY);
            for at in (0..columns).filter(|&at| !used[at]) {
                let slack = cost(slot, at) - of_slot[slot] - of_column[at];
                if slack < least[at] {
                    least[at] = slack;
                    came[at] = column;
                }
                if least[at] < step {
                    (step, next) = (least[at], at);
                }
            }
            of_slot[first] += step;
            for at in 0..columns {
                if used[at] {
                    of_slot[slot_of[at]] += step;
                    of_column[at] -= step;
                } else {
                    least[at] -= step;
                }
            }
            column = next;
            used[column] = true;
            if slot_of[column] == NOBODY {
                break;
            }
            slot = slot_of[column];
        }
        while came[column] != NOBODY {
            slot_of[column] = slot_of[came[column]];
            column = came[column];
        }
        slot_of[column] = first;
    }
    of_slot.into_iter().map(|price| (-price).max(0)).collect()
}
