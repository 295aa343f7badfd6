//! The event as the mending sees it: protected slots closed, absent people gone.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::Policy;
use crate::instance;
use crate::model::{Event, Invalid, Lock, Meeting, ParticipantId, SlotId, Timetable};
use crate::state::State;

/// An event in which only what may change is open.
pub(super) struct Frozen {
    pub(super) event: Event,
    /// Confirmed meetings that may move.
    pub(super) open: Vec<Meeting>,
    /// Meetings in protected slots that no longer fit the event as it is now: kept as they are.
    pub(super) aside: Vec<Meeting>,
    /// Meetings that cannot be held any more.
    pub(super) lost: Vec<Meeting>,
}

pub(super) fn freeze(event: &Event, before: &Timetable, policy: &Policy) -> Result<Frozen, Invalid> {
    let index = crate::model::validate::index(event)?;
    for absent in &policy.absent {
        if !index.participants.contains_key(absent.as_str()) {
            return Err(Invalid::one("absent", format!("there is no participant \"{absent}\"")));
        }
    }
    let protected: HashSet<&SlotId> =
        event.slots.iter().filter(|slot| is_before(slot.start, policy)).map(|slot| &slot.id).collect();
    let over = |id: &SlotId| {
        let slot = &event.slots[index.slots[id.as_str()]];
        policy.now.is_some_and(|now| slot.start.as_second() + i64::from(slot.minutes) * 60 <= now.as_second())
    };
    let absent: HashSet<&ParticipantId> = policy.absent.iter().collect();
    let mut frozen = Frozen {
        event: close(event, &protected, &absent),
        open: Vec::new(),
        aside: Vec::new(),
        lost: Vec::new(),
    };
    let mut locks: HashMap<usize, Meeting> = HashMap::new();
    for meeting in &before.meetings {
        let names_all = index.requests.contains_key(meeting.request.as_str())
            && index.slots.contains_key(meeting.slot.as_str())
            && [&meeting.from, &meeting.to].iter().all(|id| index.participants.contains_key(id.as_str()));
        let is_absent = absent.contains(&meeting.from) || absent.contains(&meeting.to);
        if !names_all || is_absent && !over(&meeting.slot) {
            frozen.lost.push(meeting.clone());
        } else if protected.contains(&meeting.slot) {
            locks.insert(index.requests[meeting.request.as_str()], meeting.clone());
        } else if event.requests[index.requests[meeting.request.as_str()]].level == crate::model::Level::Never
        {
            frozen.lost.push(meeting.clone());
        } else {
            frozen.open.push(meeting.clone());
        }
    }
    lock_all(&mut frozen, locks);
    Ok(frozen)
}

fn is_before(start: Timestamp, policy: &Policy) -> bool {
    let notice = i64::from(policy.notice_minutes) * 60;
    policy.now.is_some_and(|now| start.as_second() < now.as_second().saturating_add(notice))
}

/// The event with nothing to place in protected slots, and nothing at all with absent people.
fn close(event: &Event, protected: &HashSet<&SlotId>, absent: &HashSet<&ParticipantId>) -> Event {
    let mut closed = event.clone();
    if !protected.is_empty() {
        let open: Vec<SlotId> =
            event.slots.iter().map(|slot| &slot.id).filter(|id| !protected.contains(id)).cloned().collect();
        for request in &mut closed.requests {
            match &mut request.slots {
                Some(slots) => slots.retain(|slot| !protected.contains(slot)),
                None => request.slots = Some(open.clone()),
            }
        }
    }
    for participant in &mut closed.participants {
        if absent.contains(&participant.id) {
            let free = event.slots.iter().map(|slot| &slot.id).filter(|id| !protected.contains(id));
            participant.available.except.extend(free.cloned());
        }
    }
    closed
}

/// Locks what is protected. What cannot be locked in the event as it is now (a table that has gone since) is put
/// aside: its slot is closed to all others anyway.
fn lock_all(frozen: &mut Frozen, mut locks: HashMap<usize, Meeting>) {
    while !locks.is_empty() {
        for (&at, meeting) in &locks {
            let request = &mut frozen.event.requests[at];
            request.slots.get_or_insert_default().push(meeting.slot.clone());
            request.lock = Some(Lock {
                slot: meeting.slot.clone(),
                table: Some(meeting.table.clone()),
                people: Some([meeting.from.clone(), meeting.to.clone()]),
                interpreter: meeting.interpreter.clone(),
            });
        }
        let tried = instance::compile(&frozen.event).and_then(|instance| State::new(&instance).map(|_| ()));
        let Err(invalid) = tried else { return };
        let wrong = |at: &usize| {
            let place = format!("requests[{at}].lock");
            invalid.faults.iter().any(|fault| fault.place == place)
        };
        let bad: Vec<usize> = locks.keys().copied().filter(wrong).collect();
        if bad.is_empty() {
            return;
        }
        for at in bad {
            let request = &mut frozen.event.requests[at];
            (request.lock, request.slots) = (None, Some(Vec::new()));
            frozen.aside.extend(locks.remove(&at));
        }
    }
}
