//! Ejection chains: a request takes a place, those it drives out look for another, and so on a few times.

use super::Search;
use crate::instance::{Instance, Seat, Spot};

/// How far a chain goes at most.
const DEPTH: usize = 3;
/// Share of the meetings left out for whose people something else is looked for.
const REFILLED: f64 = 0.3;

impl Search<'_> {
    /// Serves `need` somewhere (else), and finds new places for whoever was there. False if it could not be tried.
    pub(super) fn eject(&mut self, need: u32) -> bool {
        let old = self.state.spot(need);
        if !old.is_none() {
            self.state.remove(need);
        } else if let Some(spot) = self.state.draw_free(need, &mut self.random, &mut self.scratch) {
            self.state.place(need, spot);
            return true;
        }
        let Some(spot) = self.draw_spot(need) else { return false };
        let depth = self.random.below(DEPTH + 1);
        spot != old && self.force(need, spot, old, depth)
    }

    /// Serves `need` at `spot`, whatever is there; what was there may have `hint`.
    pub(super) fn force(&mut self, need: u32, spot: Spot, hint: Spot, depth: usize) -> bool {
        let mut driven_out = std::mem::take(&mut self.queue);
        let possible = self.state.conflicts(need, spot, &mut self.random, &mut driven_out);
        if possible {
            for &other in &driven_out {
                self.state.remove(other);
            }
            self.state.place(need, spot);
            for &other in &driven_out {
                self.resettle(other, hint, depth);
            }
        }
        driven_out.clear();
        self.queue = driven_out;
        possible
    }

    /// Looks for a new place: the one left behind, a free one, or one more ejection. Failing that, another request of
    /// the same people may have the time they are left with.
    fn resettle(&mut self, need: u32, hint: Spot, depth: usize) {
        if !self.state.spot(need).is_none() {
            return; // It has filled the time of another that went with it.
        }
        let settled = !hint.is_none() && self.settle_at(need, hint)
            || self.settle_free(need)
            || depth > 0 && self.drive_on(need, depth);
        if !settled {
            self.refill(need);
        }
    }

    /// Serves `need` where all is free.
    pub(super) fn settle_free(&mut self, need: u32) -> bool {
        let free = self.state.draw_free(need, &mut self.random, &mut self.scratch);
        if let Some(spot) = free {
            self.state.place(need, spot);
        }
        free.is_some()
    }

    /// Serves `need` by driving out at most two others of little worth, who look for a new place in turn.
    fn drive_on(&mut self, need: u32, depth: usize) -> bool {
        let Some(spot) = self.draw_spot(need) else { return false };
        let mut driven_out = Vec::new();
        if !self.state.conflicts(need, spot, &mut self.random, &mut driven_out) {
            return false;
        }
        let worth = |need: &u32| self.state.instance.needs[*need as usize].worth;
        if driven_out.len() > 2 || driven_out.iter().map(worth).sum::<i64>() > 2 * worth(&need) {
            return false;
        }
        for &other in &driven_out {
            self.state.remove(other);
        }
        self.state.place(need, spot);
        for other in driven_out {
            self.resettle(other, Spot::NONE, depth - 1);
        }
        true
    }

    /// Serves some other request of the people of one that has gone, where all is free.
    pub(super) fn refill(&mut self, gone: u32) {
        if !self.random.chance(REFILLED) {
            return;
        }
        let seat = self.draw_seat(gone);
        let instance = self.state.instance;
        for person in &instance.seats[seat as usize][..2] {
            let needs = instance.needs_of(*person);
            let need = needs[self.random.below(needs.len())];
            if need != gone && self.state.spot(need).is_none() {
                self.settle_free(need);
            }
        }
    }

    /// Serves `need` in the slot of `hint`, if all is free there.
    fn settle_at(&mut self, need: u32, hint: Spot) -> bool {
        let seat = self.draw_seat(need);
        let instance = self.state.instance;
        let slot = hint.slot as usize;
        let people = &instance.seats[seat as usize];
        if !instance.allows(&instance.needs[need as usize], people, slot) {
            return false;
        }
        let area = self.state.draw_area(people, slot, &mut self.random);
        let spot = Spot { slot: hint.slot, area, seat };
        let clear = self.state.is_clear(&instance.needs[need as usize], need, spot, &mut self.scratch);
        if clear {
            self.state.place(need, spot);
        }
        clear
    }

    /// A way to serve `need`, which has some.
    pub(super) fn draw_seat(&mut self, need: u32) -> u32 {
        let seats = self.state.instance.seats_of(need);
        seats.start + if seats.len() == 1 { 0 } else { self.random.below(seats.len()) as u32 }
    }

    /// A spot allowed to `need`, best one in which half of its people are free already.
    pub(super) fn draw_spot(&mut self, need: u32) -> Option<Spot> {
        if self.state.instance.seats_of(need).is_empty() {
            return None;
        }
        let seat = self.draw_seat(need);
        let instance = self.state.instance;
        let people = &instance.seats[seat as usize];
        let half = self.random.chance(0.85);
        let slot = if half { self.draw_slot(need, people, true) } else { None };
        let slot = slot.or_else(|| self.draw_slot(need, people, false))?;
        let area = self.state.draw_area(people, slot, &mut self.random);
        Some(Spot { slot: slot as u16, area, seat })
    }

    fn draw_slot(&mut self, need: u32, seat: &Seat, half_free: bool) -> Option<usize> {
        let instance = self.state.instance;
        let need = &instance.needs[need as usize];
        let state = &self.state;
        let word_of = |word: usize| {
            let mut allowed = instance.seat_word(need, seat, word);
            if half_free {
                let all = Instance::people_of(seat)
                    .iter()
                    .fold(u64::MAX, |all, &person| all & state.busy(person)[word]);
                allowed &= !all;
            }
            allowed
        };
        let count: u32 = (0..instance.words).map(|word| word_of(word).count_ones()).sum();
        if count == 0 {
            return None;
        }
        let mut left = self.random.below(count as usize) as u32;
        for word in 0..instance.words {
            let mut rest = word_of(word);
            let ones = rest.count_ones();
            if left < ones {
                (0..left).for_each(|_| rest &= rest - 1);
                return Some(word * 64 + rest.trailing_zeros() as usize);
            }
            left -= ones;
        }
        None
    }
}
