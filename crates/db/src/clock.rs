//! Where time and ids come from. The only place that asks the machine for either.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::{ContextV7, Uuid};

/// A small step back of the machine's clock is waited out rather than shown: times within one process never run
/// backwards by less than this. A larger step is followed, since waiting it out would stop time for too long.
const SMOOTHED: SignedDuration = SignedDuration::from_secs(5);

/// A source of the present moment, in whole microseconds (what both engines can keep).
///
/// Cloning shares the source. Real programs use [`Clock::system`]; tests stand time still with [`Clock::standing`].
#[derive(Clone, Debug)]
pub struct Clock(Arc<Source>);

#[derive(Debug)]
enum Source {
    System { latest: AtomicI64 },
    Standing { micros: AtomicI64, ids: Mutex<VecDeque<Uuid>> },
}

impl Clock {
    /// The machine's clock, smoothed against small steps back.
    pub fn system() -> Self {
        Self(Arc::new(Source::System { latest: AtomicI64::new(i64::MIN) }))
    }

    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn standing(at: Timestamp) -> Self {
        Self(Arc::new(Source::Standing {
            micros: AtomicI64::new(at.as_microsecond()),
            ids: Mutex::default(),
        }))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        let micros = match &*self.0 {
            Source::Standing { micros, .. } => micros.load(Ordering::Relaxed),
            Source::System { latest } => smoothed(machine_micros(), latest),
        };
        Timestamp::from_microsecond(micros)
            .expect("a machine's clock stays within jiff's years -9999 to 9999")
    }

    /// Moves a standing clock by `step`; a system clock does not heed it.
    pub fn advance(&self, step: SignedDuration) {
        if let Source::Standing { micros, .. } = &*self.0 {
            let by = i64::try_from(step.as_micros()).unwrap_or(i64::MAX);
            micros.fetch_add(by, Ordering::Relaxed);
        }
    }

    /// Lets the next ids be `ids`, before those that are made: for tests that want a certain one. A system clock does not
    /// heed it.
    pub fn foresee(&self, ids: impl IntoIterator<Item = Uuid>) {
        if let Source::Standing { ids: foreseen, .. } = &*self.0 {
            foreseen.lock().unwrap_or_else(PoisonError::into_inner).extend(ids);
        }
    }

    /// A new UUIDv7 of the moment `at`.
    pub(crate) fn new_id(&self, at: Timestamp) -> Uuid {
        let foreseen = match &*self.0 {
            Source::System { .. } => None,
            Source::Standing { ids, .. } => ids.lock().unwrap_or_else(PoisonError::into_inner).pop_front(),
        };
        foreseen.unwrap_or_else(|| new_id(at))
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
fn machine_micros() -> i64 {
    Timestamp::now().as_microsecond()
}

fn smoothed(machine: i64, latest: &AtomicI64) -> i64 {
    let before = latest.fetch_max(machine, Ordering::Relaxed);
    let behind = before.saturating_sub(machine);
    if behind <= 0 {
        return machine;
    }
    if i128::from(behind) <= SMOOTHED.as_micros() {
        return before;
    }
    latest.store(machine, Ordering::Relaxed);
    machine
}

/// A new UUIDv7 of the moment `at`: ids made by one process sort in the order in which they were made.
pub(crate) fn new_id(at: Timestamp) -> Uuid {
    static ORDER: Mutex<ContextV7> = Mutex::new(ContextV7::new());
    let nanos = at.as_nanosecond().max(0);
    let seconds = u64::try_from(nanos / 1_000_000_000).unwrap_or(0);
    let rest = u32::try_from(nanos % 1_000_000_000).unwrap_or(0);
    let order = ORDER.lock().unwrap_or_else(PoisonError::into_inner);
    Uuid::new_v7(uuid::Timestamp::from_unix(&*order, seconds, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_step_back_is_smoothed_and_a_large_one_followed() {
        let latest = AtomicI64::new(i64::MIN);
        assert_eq!(smoothed(10_000_000, &latest), 10_000_000);
        assert_eq!(smoothed(9_000_000, &latest), 10_000_000, "one second back");
        assert_eq!(smoothed(10_500_000, &latest), 10_500_000);
        assert_eq!(smoothed(1_000_000, &latest), 1_000_000, "nine seconds back");
        assert_eq!(smoothed(2_000_000, &latest), 2_000_000, "and time goes on from there");
    }

    #[test]
    fn ids_sort_in_the_order_they_were_made() {
        let at = Timestamp::from_microsecond(1_795_000_000_000_000).unwrap();
        let ids: Vec<_> = (0..10_000).map(|_| new_id(at)).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0].get_version_num(), 7);
    }

    #[test]
    fn a_standing_clock_moves_only_when_told() {
        let clock = Clock::standing("2026-11-23T08:00:00Z".parse().unwrap());
        let before = clock.now();
        assert_eq!(clock.now(), before);
        clock.advance(SignedDuration::from_secs(60));
        assert_eq!(clock.now().duration_since(before), SignedDuration::from_secs(60));
    }
}
