//! How much can be served at most, proved without a solver. For any prices of people's time and of tables, what all
//! requests would gain after paying them, plus the worth of all time and tables at those prices, is an upper bound.
//! `summed` prices a person's time by the meeting, in no time; `timed` by the slot, where that is not tight, with the
//! help of `block`.

mod block;
mod summed;
mod timed;

use crate::instance::Instance;

/// An upper bound on the value served by any timetable of the event.
pub(crate) fn quick(instance: &Instance) -> i64 {
    summed::Dual::new(instance).solve()
}

/// A better bound, found knowing that `served` can be had; at least `served`.
pub(crate) fn tight(instance: &Instance, served: i64) -> i64 {
    let mut dual = summed::Dual::new(instance);
    let bound = dual.solve();
    if bound <= served { bound } else { timed::improve(instance, &dual, bound, served) }
}
