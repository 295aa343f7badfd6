//! Shares the interpreted meetings out evenly, once it is settled when they are held.

use crate::instance::{Instance, Spot};
use crate::state::State;

/// Passes over all meetings.
const PASSES: usize = 3;

/// Gives meetings to interpreters who have fewer, where one is free; nothing else changes.
pub(crate) fn balance(state: &mut State<'_>) {
    let instance = state.instance;
    if instance.people == instance.participants {
        return;
    }
    let mut scratch = Vec::new();
    for _ in 0..PASSES {
        let mut changed = false;
        for need in 0..instance.needs.len() as u32 {
            changed |= pass_on(state, instance, need, &mut scratch);
        }
        if !changed {
            break;
        }
    }
    state.commit();
}

/// Gives one meeting to the free interpreter with fewest meetings, if that makes the loads more even.
fn pass_on(state: &mut State<'_>, instance: &Instance, need: u32, scratch: &mut Vec<u32>) -> bool {
    let spot = state.spot(need);
    if spot.is_none() || instance.needs[need as usize].locked.is_some() {
        return false;
    }
    let [from, to, interpreter] = instance.seats[spot.seat as usize];
    if interpreter == crate::instance::NONE {
        return false;
    }
    let load = state.count(interpreter);
    let mut others: Vec<(u16, u32)> = instance
        .seats_of(need)
        .filter(|&seat| instance.seats[seat as usize][..2] == [from, to])
        .map(|seat| (state.count(instance.seats[seat as usize][2]), seat))
        .filter(|&(other, _)| other + 1 < load)
        .collect();
    others.sort_unstable();
    let before = state.score();
    for (_, seat) in others {
        let mark = state.mark();
        state.remove(need);
        let other = Spot { seat, ..spot };
        if state.is_clear(&instance.needs[need as usize], need, other, scratch) {
            state.place(need, other);
            if state.score() >= before {
                return true;
            }
        }
        state.roll_back(mark);
    }
    false
}
