//! Where a request could be served with nothing else touched.

use super::State;
use crate::instance::{Instance, Need, Seat, Spot};
use crate::random::Random;

/// Seats tried for a free slot before giving up: requests between sets, or with interpreters, have many.
const SEATS_TRIED: usize = 4;
/// Slots tried where limits may forbid what looks free.
const SLOTS_TRIED: usize = 3;

impl State<'_> {
    /// One word of the slots in which everybody of a seat and a table are free.
    #[inline]
    pub(crate) fn free_word(&self, need: &Need, seat: &Seat, word: usize) -> u64 {
        let instance = self.instance;
        let words = instance.words;
        let at = |person: u32| person as usize * words + word;
        let mut free = instance.seat_word(need, seat, word);
        for &person in Instance::people_of(seat) {
            free &= !self.busy[at(person)];
        }
        let host_open = &instance.places.host_open;
        free & (self.room[word] | host_open[at(seat[0])] | host_open[at(seat[1])])
    }

    /// How many slots are free for a seat.
    pub(crate) fn free_count(&self, need: &Need, seat: &Seat) -> u32 {
        (0..self.instance.words).map(|word| self.free_word(need, seat, word).count_ones()).sum()
    }

    /// A free spot for `need`, drawn at random; `None` if none was found.
    pub(crate) fn draw_free(&self, need: u32, random: &mut Random, scratch: &mut Vec<u32>) -> Option<Spot> {
        let instance = self.instance;
        let seats = instance.seats_of(need);
        let all = seats.len();
        if all == 0 {
            return None;
        }
        let first = if all == 1 { 0 } else { random.below(all) };
        for step in 0..all.min(SEATS_TRIED) {
            let seat = seats.start + ((first + step) % all) as u32;
            if let Some(spot) = self.draw_free_for(need, seat, random, scratch) {
                return Some(spot);
            }
        }
        None
    }

    fn draw_free_for(
        &self,
        need: u32,
        seat: u32,
        random: &mut Random,
        scratch: &mut Vec<u32>,
    ) -> Option<Spot> {
        let instance = self.instance;
        let (number, need) = (need, &instance.needs[need as usize]);
        let people = &instance.seats[seat as usize];
        let count = self.free_count(need, people) as usize;
        if count == 0 {
            return None;
        }
        let simple = instance.simple
            && Instance::people_of(people).iter().all(|&person| !instance.limits[person as usize].ruled);
        let tries = if simple { 1 } else { count.min(SLOTS_TRIED) };
        let first = random.below(count);
        for step in 0..tries {
            let slot = self.nth_free(need, people, (first + step) % count)?;
            let area = self.draw_area(people, slot, random);
            let spot = Spot { slot: slot as u16, area, seat };
            if simple || self.is_clear(need, number, spot, scratch) {
                return Some(spot);
            }
        }
        None
    }

    fn nth_free(&self, need: &Need, seat: &Seat, rank: usize) -> Option<usize> {
        let mut left = rank;
        for word in 0..self.instance.words {
            let mut rest = self.free_word(need, seat, word);
            let ones = rest.count_ones() as usize;
            if left < ones {
                for _ in 0..left {
                    rest &= rest - 1;
                }
                return Some(word * 64 + rest.trailing_zeros() as usize);
            }
            left -= ones;
        }
        None
    }

    /// The area for a meeting: a host's, else one with a free shared table, else any with shared tables.
    pub(crate) fn draw_area(&self, seat: &Seat, slot: usize, random: &mut Random) -> u16 {
        let places = &self.instance.places;
        if places.areas == 1 {
            return 0;
        }
        match self.instance.hosted(seat, slot) {
            [u16::MAX, u16::MAX] => {}
            [one, u16::MAX] | [u16::MAX, one] => return one,
            both => return both[random.below(2)],
        }
        let first = random.below(places.areas);
        let turn = |step: usize| (first + step) % places.areas;
        let tables = |area: usize| places.shared[slot * places.areas + area];
        let free =
            |area: &usize| self.shared[slot * places.areas + area].members.len() < tables(*area) as usize;
        let area = (0..places.areas).map(turn).find(free);
        area.or_else(|| (0..places.areas).map(turn).find(|&area| tables(area) > 0)).unwrap_or(0) as u16
    }

    /// The areas in which a meeting could be held as far as tables stand there.
    pub(crate) fn areas(&self, seat: &Seat, slot: usize) -> Vec<u16> {
        let places = &self.instance.places;
        match self.instance.hosted(seat, slot) {
            [u16::MAX, u16::MAX] => {
                let cells = slot * places.areas..(slot + 1) * places.areas;
                let open = cells.filter(|&at| places.shared[at] > 0);
                open.map(|at| (at % places.areas) as u16).collect()
            }
            [one, u16::MAX] | [u16::MAX, one] => vec![one],
            [one, other] if one == other => vec![one],
            both => both.to_vec(),
        }
    }

    /// Shared tables free at a spot.
    pub(crate) fn free_tables(&self, spot: Spot) -> u32 {
        let places = &self.instance.places;
        let at = spot.slot as usize * places.areas + spot.area as usize;
        places.shared[at] - self.shared[at].members.len() as u32
    }

    /// Whether one more meeting in a slot keeps to the slot's total.
    pub(crate) fn has_total(&self, slot: usize) -> bool {
        let most = self.instance.places.total[slot];
        most == u32::MAX || (self.total[slot].members.len() as u32) < most
    }
}
