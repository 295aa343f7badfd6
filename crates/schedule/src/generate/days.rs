//! Slots of made-up events: ten of 20 minutes from nine and from two, five minutes apart.

use jiff::{SignedDuration, Timestamp};

use crate::model::Slot;

/// 2026-09-16, 09:00 in Nanning.
const FIRST: i64 = 1_789_520_400;
const MINUTE: i64 = 60;
const SESSION: usize = 10;

pub(super) fn slots(count: usize) -> Vec<Slot> {
    (0..count).map(slot).collect()
}

fn slot(at: usize) -> Slot {
    let (session, within) = (at / SESSION, at % SESSION);
    let (day, half) = (session / 2, session % 2);
    let minutes = day as i64 * 1_440 + half as i64 * 300 + within as i64 * 25;
    let first = Timestamp::from_second(FIRST).unwrap_or(Timestamp::UNIX_EPOCH);
    Slot {
        id: format!("s{at}").into(),
        start: first.saturating_add(SignedDuration::from_secs(minutes * MINUTE)).unwrap_or(Timestamp::MAX),
        minutes: 20,
        session: format!("day {} {}", day + 1, if half == 0 { "morning" } else { "afternoon" }),
        capacity: None,
    }
}
