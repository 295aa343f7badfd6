//! Proofs that not every request can be served: what people's diaries, tables and precedences leave of each meeting's
//! slots is narrowed until nothing changes; then each slot of each meeting is tried. A meeting with no slot left is a
//! proof. No proof is no promise: there may still be no timetable.

mod domains;

use std::fmt;

use crate::bits;
use crate::instance::Instance;
use crate::model::{Event, Level};
use domains::{Domains, Failed};

/// Slots of meetings tried one by one before giving up.
const TRIES: usize = 40_000;

/// What stands in the way of a complete timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// In words, naming the people, meetings or slots concerned.
    pub reason: String,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// An obstacle that shows at once.
pub(crate) fn at_once(event: &Event, instance: &Instance) -> Option<Obstacle> {
    for (number, need) in instance.needs.iter().enumerate() {
        let possible = need
            .seats
            .clone()
            .any(|seat| bits::count(&instance.seat_mask(need, &instance.seats[seat as usize])) > 0);
        if need.level != Level::Never && !possible {
            let id = &event.requests[number].id;
            let reason = format!("there is no slot in which the people of meeting \"{id}\" can meet");
            return Some(Obstacle { reason });
        }
    }
    let mut domains = Domains::new(instance);
    let failed = domains.narrow_all().err()?;
    Some(Obstacle { reason: reason(event, &failed, "") })
}

/// An obstacle that shows when each slot of each meeting is tried.
pub(crate) fn by_trying(event: &Event, instance: &Instance) -> Option<Obstacle> {
    let mut domains = Domains::new(instance);
    domains.narrow_all().ok()?;
    let mut tries = 0;
    loop {
        let mut narrowed = false;
        for need in domains.undecided() {
            for slot in bits::each(&domains.slots(need)).collect::<Vec<_>>() {
                tries += 1;
                if tries > TRIES {
                    return None;
                }
                let mut trial = domains.clone();
                if trial.hold(need, slot).is_ok() {
                    continue;
                }
                narrowed = true;
                if let Err(failed) = domains.exclude(need, slot) {
                    let first = "after excluding slots that lead nowhere, ";
                    return Some(Obstacle { reason: reason(event, &failed, first) });
                }
            }
        }
        if !narrowed {
            return None;
        }
    }
}

fn reason(event: &Event, failed: &Failed, first: &str) -> String {
    let meeting = |need: &u32| format!("\"{}\"", event.requests[*need as usize].id);
    let slot = |slot: usize| event.slots[slot].id.to_string();
    match failed {
        Failed::Person { person, needs, slots } => {
            let slots: Vec<String> = bits::each(slots).map(slot).collect();
            let meetings: Vec<String> = needs.iter().map(meeting).collect();
            let who = event.participants.get(*person as usize).map_or("an interpreter", |p| p.id.as_str());
            format!(
                "{first}the {} meetings {} of participant \"{who}\" have only the {} slots {} left between them",
                needs.len(),
                meetings.join(", "),
                slots.len(),
                slots.join(", ")
            )
        }
        Failed::Slot { slot: at, meetings, tables } => {
            format!(
                "{first}{meetings} meetings must be held in slot {}, which has {tables} tables",
                slot(*at)
            )
        }
        Failed::Tables { meetings, places } => {
            format!("{first}{meetings} meetings are asked for and all slots together have {places} places")
        }
        Failed::Order { need } => {
            format!("{first}no slot is left for meeting {} in its order with others", meeting(need))
        }
    }
}
