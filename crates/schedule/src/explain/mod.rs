//! Why a request is not served: computed from the timetable, not guessed, with the cheapest exchange that would
//! serve it.

mod exchange;
mod words;

use serde::{Deserialize, Serialize};

use crate::bits;
use crate::instance::{self, Instance, NONE, Spot};
use crate::model::{
    Event, InterpreterId, Invalid, Level, Meeting, ParticipantId, RequestId, SlotId, Timetable,
};
use crate::replan::spots_of;
use crate::state::State;

pub use exchange::Exchange;
pub use words::in_words;

/// Why one request is not served, and what it would take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Explanation {
    /// Which request.
    pub request: RequestId,
    /// Why not.
    pub reason: Reason,
    /// The cheapest exchange found in which each meeting in the way moves, makes one other move, or is dropped;
    /// absent if none serves the request.
    pub exchange: Option<Exchange>,
}

/// Why a request is not served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Reason {
    /// It, or a meeting of these people, was declined.
    Declined,
    /// They share no language, and no interpreter speaks one of each side.
    NoInterpreter,
    /// There is no slot in which both sides (and an interpreter, if needed) are there and which the request allows.
    NoCommonTime,
    /// A person may have no more meetings.
    CapReached {
        /// Who.
        person: ParticipantId,
        /// Their most meetings.
        cap: u16,
    },
    /// In every common slot a person has another meeting.
    DiaryFull {
        /// Who.
        person: ParticipantId,
        /// Whether it is the side that asked.
        asking: bool,
        /// With what, and of which weight.
        meetings: Vec<Occupied>,
    },
    /// Whenever both sides are free, every interpreter for their languages is busy.
    InterpretersBusy {
        /// Who could interpret.
        interpreters: Vec<InterpreterId>,
        /// The slots in which both are free.
        slots: Vec<SlotId>,
    },
    /// Whenever all are free, no table is.
    TablesFull {
        /// The slots in which all are free.
        slots: Vec<SlotId>,
    },
    /// Whenever all and a table are free, a longest run, a pause, a walk or a precedence forbids it.
    AgainstRules {
        /// The slots in which all are free.
        slots: Vec<SlotId>,
    },
    /// One is busy in some common slots, the other in the rest: neither alone stands in the way.
    NoCommonFreeTime {
        /// Meetings of either side in the common slots.
        meetings: Vec<Occupied>,
    },
    /// Nothing stands in the way: it can be added as things are.
    Possible {
        /// When.
        slot: SlotId,
    },
}

/// A slot taken by another meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Occupied {
    /// When.
    pub slot: SlotId,
    /// By which request.
    pub request: RequestId,
    /// Its level.
    pub level: Level,
    /// Its weight.
    pub weight: u32,
}

/// Explains every request that a valid timetable does not serve, in the order of the event.
pub fn explain(event: &Event, timetable: &Timetable) -> Result<Vec<Explanation>, Invalid> {
    let instance = instance::compile(event)?;
    let mut state = State::new(&instance)?;
    let mut scratch = Vec::new();
    for (need, spot) in spots_of(&instance, event, &timetable.meetings) {
        if state.spot(need).is_none()
            && state.is_clear(&instance.needs[need as usize], need, spot, &mut scratch)
        {
            state.place(need, spot);
        }
    }
    state.commit();
    let served: std::collections::HashSet<&RequestId> =
        timetable.meetings.iter().map(|m: &Meeting| &m.request).collect();
    let mut explanations = Vec::new();
    for (need, request) in event.requests.iter().enumerate() {
        if served.contains(&request.id) {
            continue;
        }
        let need = need as u32;
        let reason = Cause { event, instance: &instance, state: &state }.reason(need);
        let exchange = match reason {
            Reason::Declined | Reason::NoInterpreter | Reason::NoCommonTime => None,
            _ => exchange::cheapest(event, &mut state, need),
        };
        explanations.push(Explanation { request: request.id.clone(), reason, exchange });
    }
    Ok(explanations)
}

struct Cause<'s, 'a> {
    event: &'a Event,
    instance: &'a Instance,
    state: &'s State<'a>,
}

impl Cause<'_, '_> {
    fn reason(&self, number: u32) -> Reason {
        let need = &self.instance.needs[number as usize];
        if need.seats.is_empty() {
            return if need.level == Level::Never || self.all_declined(number) {
                Reason::Declined
            } else {
                Reason::NoInterpreter
            };
        }
        let seats = || need.seats.clone().map(|at| (at, &self.instance.seats[at as usize]));
        let common = |seat: &[u32; 3]| self.instance.seat_mask(need, seat);
        let open: Vec<(u32, &[u32; 3])> =
            seats().filter(|(_, seat)| bits::count(&common(seat)) > 0).collect();
        let Some(&(_, first)) = open.first() else { return Reason::NoCommonTime };
        if let Some(spot) = self.possible(number) {
            return Reason::Possible { slot: self.slot(spot.slot.into()) };
        }
        let capped = |person: u32| self.state.count(person) >= self.instance.limits[person as usize].cap;
        if open.iter().all(|(_, seat)| Instance::people_of(seat).iter().any(|&person| capped(person)))
            && let Some(&person) = first[..2].iter().find(|&&person| capped(person))
        {
            return Reason::CapReached {
                person: self.person(person),
                cap: self.instance.limits[person as usize].cap,
            };
        }
        for side in 0..2 {
            let all_busy = open.iter().all(|(_, seat)| {
                bits::each(&common(seat)).all(|slot| self.state.meeting(seat[side], slot) != NONE)
            });
            if all_busy {
                let meetings = self.occupied(first[side], &common(first));
                return Reason::DiaryFull { person: self.person(first[side]), asking: side == 0, meetings };
            }
        }
        self.free_together(&open, &common)
    }

    /// The causes where neither side alone is full.
    fn free_together(&self, open: &[(u32, &[u32; 3])], common: &dyn Fn(&[u32; 3]) -> Vec<u64>) -> Reason {
        let free = |people: &[u32], slot: usize| {
            people.iter().all(|&person| self.state.meeting(person, slot) == NONE)
        };
        let mut pair_free = vec![0; self.instance.words];
        let mut all_free = vec![0; self.instance.words];
        for (_, seat) in open {
            for slot in bits::each(&common(seat)).filter(|&slot| free(&seat[..2], slot)) {
                bits::add(&mut pair_free, slot);
                if free(Instance::people_of(seat), slot) {
                    bits::add(&mut all_free, slot);
                }
            }
        }
        let slots = |mask: &[u64]| bits::each(mask).map(|slot| self.slot(slot)).collect();
        if bits::count(&pair_free) == 0 {
            let first = open[0].1;
            let mut meetings = self.occupied(first[0], &common(first));
            meetings.extend(self.occupied(first[1], &common(first)));
            return Reason::NoCommonFreeTime { meetings };
        }
        if bits::count(&all_free) == 0 {
            let mut people: Vec<u32> =
                open.iter().map(|(_, seat)| seat[2]).filter(|&person| person != NONE).collect();
            people.sort_unstable();
            people.dedup();
            let name = |person: u32| {
                self.event.interpreters[person as usize - self.instance.participants].id.clone()
            };
            return Reason::InterpretersBusy {
                interpreters: people.into_iter().map(name).collect(),
                slots: slots(&pair_free),
            };
        }
        let table_free = open.iter().any(|(_, seat)| {
            bits::each(&common(seat))
                .any(|slot| free(Instance::people_of(seat), slot) && self.has_table(seat, slot))
        });
        if table_free {
            Reason::AgainstRules { slots: slots(&all_free) }
        } else {
            Reason::TablesFull { slots: slots(&all_free) }
        }
    }

    fn has_table(&self, seat: &[u32; 3], slot: usize) -> bool {
        self.state.has_total(slot)
            && (!self.instance.shares(seat, slot)
                || self
                    .state
                    .areas(seat, slot)
                    .into_iter()
                    .any(|area| self.state.free_tables(Spot { slot: slot as u16, area, seat: 0 }) > 0))
    }

    fn possible(&self, number: u32) -> Option<Spot> {
        let need = &self.instance.needs[number as usize];
        let mut scratch = Vec::new();
        for at in need.seats.clone() {
            let seat = &self.instance.seats[at as usize];
            for slot in bits::each(&self.instance.seat_mask(need, seat)) {
                for area in self.state.areas(seat, slot) {
                    let spot = Spot { slot: slot as u16, area, seat: at };
                    if self.state.is_clear(need, number, spot, &mut scratch) {
                        return Some(spot);
                    }
                }
            }
        }
        None
    }

    fn all_declined(&self, number: u32) -> bool {
        let request = &self.event.requests[number as usize];
        let declined = |from: &ParticipantId, to: &ParticipantId| {
            let never = self.event.requests.iter().filter(|request| request.level == Level::Never);
            never.into_iter().any(|request| {
                request.from.contains(from) && request.to.contains(to)
                    || request.from.contains(to) && request.to.contains(from)
            })
        };
        request.from.iter().all(|from| request.to.iter().all(|to| from == to || declined(from, to)))
    }

    fn occupied(&self, person: u32, mask: &[u64]) -> Vec<Occupied> {
        let taken = bits::each(mask).map(|slot| (slot, self.state.meeting(person, slot)));
        taken
            .filter(|(_, meeting)| *meeting != NONE)
            .map(|(slot, meeting)| {
                let request = &self.event.requests[meeting as usize];
                Occupied {
                    slot: self.slot(slot),
                    request: request.id.clone(),
                    level: request.level,
                    weight: request.weight,
                }
            })
            .collect()
    }

    fn slot(&self, slot: usize) -> SlotId {
        self.event.slots[slot].id.clone()
    }

    fn person(&self, person: u32) -> ParticipantId {
        self.event.participants[person as usize].id.clone()
    }
}
