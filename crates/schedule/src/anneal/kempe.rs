//! Kempe chains: two slots change places along alternating meetings, so that nobody is without a meeting for it.

use super::Search;
use crate::bits;
use crate::instance::{Instance, NONE, Spot};

/// Longest chain.
const LENGTH: usize = 64;

impl Search<'_> {
    /// Serves `need` in some slot and lets those in the way swap that slot with another. False if it could not be tried.
    pub(super) fn chain(&mut self, need: u32) -> bool {
        let old = self.state.spot(need);
        if !old.is_none() {
            self.state.remove(need);
        } else if let Some(spot) = self.state.draw_free(need, &mut self.random, &mut self.scratch) {
            self.state.place(need, spot);
            return true;
        }
        let Some(spot) = self.draw_spot(need) else { return false };
        if spot == old {
            return false;
        }
        let other = if old.is_none() { self.other_slot(spot) } else { Some(old.slot as usize) };
        other.is_some_and(|other| other != spot.slot as usize && self.swap(need, spot, other))
    }

    /// A slot in which someone busy at `spot` could be instead.
    fn other_slot(&mut self, spot: Spot) -> Option<usize> {
        let instance = self.state.instance;
        let slot = spot.slot as usize;
        let people = Instance::people_of(&instance.seats[spot.seat as usize]);
        let busy = |&&person: &&u32| self.state.meeting(person, slot) != NONE;
        let &person = people.iter().find(busy).or(people.first())?;
        let free: Vec<u64> = instance
            .open_of(person)
            .iter()
            .zip(self.state.busy(person))
            .map(|(open, busy)| open & !busy)
            .collect();
        let count = bits::count(&free);
        (count > 0).then(|| bits::nth(&free, self.random.below(count)))?
    }

    /// Serves `need` at `spot`; all driven out go to slot `other`, all driven out there back, and so on.
    /// Whoever cannot follow takes any free spot, or none. False if it could not be tried.
    pub(super) fn swap(&mut self, need: u32, spot: Spot, other: usize) -> bool {
        let first = spot.slot as usize;
        self.moved.clear();
        self.leaving.clear();
        if !self.push_aside(need, spot) {
            return false;
        }
        while let Some((next, old)) = self.leaving.pop() {
            if self.moved.len() > LENGTH {
                return false;
            }
            if !self.state.spot(next).is_none() {
                continue; // It has filled the time of another that went with it.
            }
            let target = match old.slot as usize {
                slot if slot == first => Some(other),
                slot if slot == other => Some(first),
                _ => None,
            };
            if target.is_some_and(|target| self.follow(next, old, target)) {
                continue;
            }
            if !self.settle_free(next) {
                self.refill(next);
            }
            self.moved.push(next);
        }
        true
    }

    /// Moves a meeting to `slot`, with the same people.
    fn follow(&mut self, need: u32, old: Spot, slot: usize) -> bool {
        let instance = self.state.instance;
        let people = &instance.seats[old.seat as usize];
        if !instance.allows(&instance.needs[need as usize], people, slot) {
            return false;
        }
        let area = self.state.draw_area(people, slot, &mut self.random);
        self.push_aside(need, Spot { slot: slot as u16, area, seat: old.seat })
    }

    /// Serves `need` at `spot` and lets all in the way leave; not if one of them has moved in this chain already.
    fn push_aside(&mut self, need: u32, spot: Spot) -> bool {
        let mut driven_out = std::mem::take(&mut self.queue);
        let possible = self.state.conflicts(need, spot, &mut self.random, &mut driven_out)
            && !driven_out.iter().any(|other| self.moved.contains(other));
        if possible {
            for &other in &driven_out {
                let old = self.state.remove(other);
                self.leaving.push((other, old));
            }
            self.state.place(need, spot);
            self.moved.push(need);
        }
        driven_out.clear();
        self.queue = driven_out;
        possible
    }
}
