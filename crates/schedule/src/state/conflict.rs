//! Who is in the way of a meeting.

use super::State;
use crate::bits;
use crate::instance::{Instance, NONE, Need, Seat, Spot};
use crate::random::Random;

impl State<'_> {
    /// Lists into `out` the meetings that must go before `need` can be held at `spot`; false if one of them may not.
    /// Where any one of several would do, one is drawn.
    pub(crate) fn conflicts(&self, need: u32, spot: Spot, random: &mut Random, out: &mut Vec<u32>) -> bool {
        let instance = self.instance;
        let seat = &instance.seats[spot.seat as usize];
        let slot = spot.slot as usize;
        out.clear();
        for &person in Instance::people_of(seat) {
            push(out, self.meeting(person, slot));
            self.too_far_away(person, spot, out);
        }
        for &person in Instance::people_of(seat) {
            if instance.limits[person as usize].ruled {
                self.against_limits(person, slot, random, out);
            }
        }
        if !instance.before.is_empty() {
            self.out_of_order(need, slot, out);
        }
        self.beyond_capacity(seat, spot, random, out)
            && !out.iter().any(|&other| other == need || instance.needs[other as usize].locked.is_some())
    }

    /// Whether a request can be served there with nothing else touched.
    pub(crate) fn is_clear(&self, need: &Need, need_number: u32, spot: Spot, scratch: &mut Vec<u32>) -> bool {
        let seat = &self.instance.seats[spot.seat as usize];
        let slot = spot.slot as usize;
        self.instance.allows(need, seat, slot)
            && Instance::people_of(seat).iter().all(|&person| self.meeting(person, slot) == NONE)
            && self.conflicts(need_number, spot, &mut Random::new(0), scratch)
            && scratch.is_empty()
    }

    fn too_far_away(&self, person: u32, spot: Spot, out: &mut Vec<u32>) {
        for &other in &self.instance.places.near[spot.slot as usize] {
            let meeting = self.meeting(person, other as usize);
            if meeting != NONE {
                let area = self.spots[meeting as usize].area;
                if self.instance.too_far(spot.slot as usize, spot.area, other as usize, area) {
                    push(out, meeting);
                }
            }
        }
    }

    fn out_of_order(&self, need: u32, slot: usize, out: &mut Vec<u32>) {
        for &before in &self.instance.before[need as usize] {
            let spot = self.spot(before);
            if !spot.is_none() && spot.slot as usize >= slot {
                push(out, before);
            }
        }
        for &after in &self.instance.after[need as usize] {
            let spot = self.spot(after);
            if !spot.is_none() && spot.slot as usize <= slot {
                push(out, after);
            }
        }
    }

    /// Makes room at the tables; false if there is none to make.
    fn beyond_capacity(&self, seat: &Seat, spot: Spot, random: &mut Random, out: &mut Vec<u32>) -> bool {
        let places = &self.instance.places;
        let slot = spot.slot as usize;
        if self.instance.shares(seat, slot) {
            let at = slot * places.areas + spot.area as usize;
            if !self.make_room(&self.shared[at].members, places.shared[at], 0, spot, random, out) {
                return false;
            }
        }
        places.total[slot] == u32::MAX
            || self.make_room(&self.total[slot].members, places.total[slot], 1, spot, random, out)
    }

    fn make_room(
        &self,
        members: &[u32],
        most: u32,
        pool: usize,
        spot: Spot,
        random: &mut Random,
        out: &mut Vec<u32>,
    ) -> bool {
        if (members.len() as u32) < most {
            return true;
        }
        if most == 0 {
            return false;
        }
        let in_pool = |other: u32| {
            let there = self.spot(other);
            let same = there.slot == spot.slot && (pool == 1 || there.area == spot.area);
            same && members.get(self.position[pool][other as usize] as usize) == Some(&other)
        };
        if out.iter().any(|&other| in_pool(other)) {
            return true;
        }
        // A member that may go, from a random place on.
        let first = random.below(members.len());
        let found = (0..members.len())
            .map(|step| members[(first + step) % members.len()])
            .find(|&member| self.instance.needs[member as usize].locked.is_none());
        found.is_some_and(|member| {
            push(out, member);
            true
        })
    }

    /// The cap, the longest run and the pauses of a person, given what is on its way out already.
    fn against_limits(&self, person: u32, slot: usize, random: &mut Random, out: &mut Vec<u32>) {
        let instance = self.instance;
        let limit = &instance.limits[person as usize];
        let mut stay = self.busy(person).to_vec();
        let mut staying = self.count(person);
        for &other in &*out {
            let at = self.spot(other).slot as usize;
            if self.meeting(person, at) == other {
                bits::take(&mut stay, at);
                staying -= 1;
            }
        }
        bits::take(&mut stay, slot);
        let mut go = |stay: &mut Vec<u64>, at: usize, staying: &mut u16| {
            bits::take(stay, at);
            *staying -= 1;
            push(out, self.meeting(person, at));
        };
        for window in limit.windows.start..limit.windows.end {
            for at in self.pause_broken(window as usize, slot, &stay, random) {
                go(&mut stay, at, &mut staying);
            }
        }
        while let Some(at) = self.run_broken(person, slot, &stay, random) {
            go(&mut stay, at, &mut staying);
        }
        while staying >= limit.cap {
            let Some(at) = bits::nth(&stay, random.below(staying as usize)) else { return };
            go(&mut stay, at, &mut staying);
        }
    }

    /// Meetings to end so that, with one in `slot`, some alternative of the window stays free.
    fn pause_broken(&self, window: usize, slot: usize, stay: &[u64], random: &mut Random) -> Vec<usize> {
        let words = self.instance.words;
        let alternatives = self.instance.windows[window].clone();
        let mask = |at: u32| &self.instance.alternatives[at as usize * words..(at as usize + 1) * words];
        let left: Vec<u32> = alternatives.filter(|&at| !bits::has(mask(at), slot)).collect();
        let free = |&&at: &&u32| mask(at).iter().zip(stay).all(|(mask, stay)| mask & stay == 0);
        if left.iter().find(free).is_some() {
            return Vec::new();
        }
        // A slot that every alternative holds is closed to the person from the start, so some are left.
        let chosen = left[random.below(left.len())];
        bits::each(mask(chosen)).filter(|&at| bits::has(stay, at)).collect()
    }

    /// A meeting to end so that the stretch around `slot` is not too long.
    fn run_broken(&self, person: u32, slot: usize, stay: &[u64], random: &mut Random) -> Option<usize> {
        let limit = &self.instance.limits[person as usize];
        if limit.run == u16::MAX {
            return None;
        }
        let session = self.instance.session_of(slot);
        let stretch = |slots: &mut dyn Iterator<Item = usize>| {
            let mut found = Vec::new();
            let mut idle = 0;
            for at in slots {
                if bits::has(stay, at) {
                    found.push(at);
                    idle = 0;
                } else {
                    idle += 1;
                    if idle >= limit.rest {
                        break;
                    }
                }
            }
            found
        };
        let inside = |at: &usize| bits::has(session, *at);
        let mut around = stretch(&mut (0..slot).rev().take_while(inside));
        around.extend(stretch(&mut (slot + 1..self.instance.slots).take_while(inside)));
        (around.len() + 1 > limit.run as usize).then(|| around[random.below(around.len())])
    }
}

#[inline]
fn push(out: &mut Vec<u32>, meeting: u32) {
    if meeting != NONE && !out.contains(&meeting) {
        out.push(meeting);
    }
}
