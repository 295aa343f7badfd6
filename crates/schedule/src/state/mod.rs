//! A timetable in the making: every diary, every pool of tables, and the score, kept up to date by [`State::place`]
//! and [`State::remove`]. Both are written to a log, so that a try can be taken back.
//! Invariant: no two meetings collide; `conflict` says beforehand who would.

mod conflict;
mod free;
mod score;

use score::Anchors;
pub(crate) use score::{BREAK, Score};

use crate::bits;
use crate::instance::{Instance, NONE, Spot};
use crate::model::Invalid;

/// Members of a pool of tables, with the position of each so that any can leave at once.
#[derive(Clone, Debug, Default)]
struct Pool {
    members: Vec<u32>,
}

/// A valid partial timetable.
#[derive(Clone, Debug)]
pub(crate) struct State<'a> {
    pub(crate) instance: &'a Instance,
    /// Where each request is served.
    spots: Vec<Spot>,
    /// Request by person and slot.
    diary: Vec<u32>,
    /// Slots with a meeting by person.
    busy: Vec<u64>,
    /// Meetings by person.
    count: Vec<u16>,
    /// Breaks by person, all sessions together.
    breaks: Vec<u16>,
    all_breaks: i64,
    /// Meetings at shared tables by slot and area; then all meetings by slot where a total is given.
    shared: Vec<Pool>,
    total: Vec<Pool>,
    position: [Vec<u32>; 2],
    /// Slots in which some shared table is free.
    room: Vec<u64>,
    /// Requests not served, in no order, and where each stands in that list.
    idle: Vec<u32>,
    idle_position: Vec<u32>,
    score: Score,
    anchors: Option<Anchors>,
    log: Vec<(u32, Spot)>,
}

impl<'a> State<'a> {
    /// The timetable of the locked meetings alone, or which of them collide.
    pub(crate) fn new(instance: &'a Instance) -> Result<Self, Invalid> {
        let mut state = Self::empty(instance);
        let mut faults = Invalid::default();
        for (need, locked) in instance.needs.iter().enumerate() {
            let Some(locked) = locked.locked else { continue };
            let mut random = crate::random::Random::new(0);
            let mut in_the_way = Vec::new();
            let clear = state.conflicts(need as u32, locked.spot, &mut random, &mut in_the_way);
            if clear && in_the_way.is_empty() {
                state.place(need as u32, locked.spot);
            } else {
                let message = "cannot be kept beside the other locks and the limits of its people and tables";
                faults.add(format!("requests[{need}].lock"), message);
            }
        }
        state.commit();
        faults.or(state)
    }

    fn empty(instance: &'a Instance) -> Self {
        let needs = instance.needs.len();
        let places = &instance.places;
        let mut room = vec![0; instance.words];
        for slot in 0..instance.slots {
            let shared = &places.shared[slot * places.areas..(slot + 1) * places.areas];
            if shared.iter().any(|&tables| tables > 0) {
                bits::add(&mut room, slot);
            }
        }
        Self {
            instance,
            spots: vec![Spot::NONE; needs],
            diary: vec![NONE; instance.people * instance.slots],
            busy: vec![0; instance.people * instance.words],
            count: vec![0; instance.people],
            breaks: vec![0; instance.people],
            all_breaks: 0,
            shared: vec![Pool::default(); instance.slots * places.areas],
            total: vec![Pool::default(); instance.slots],
            position: [vec![NONE; needs], vec![NONE; needs]],
            room,
            idle: (0..needs as u32).collect(),
            idle_position: (0..needs as u32).collect(),
            score: Score::default(),
            anchors: None,
            log: Vec::new(),
        }
    }

    /// Where a request is served.
    #[inline]
    pub(crate) fn spot(&self, need: u32) -> Spot {
        self.spots[need as usize]
    }

    /// Where every request is served.
    pub(crate) fn spots(&self) -> &[Spot] {
        &self.spots
    }

    /// The requests not served.
    pub(crate) fn idle(&self) -> &[u32] {
        &self.idle
    }

    /// The request a person is busy with, or [`NONE`].
    #[inline]
    pub(crate) fn meeting(&self, person: u32, slot: usize) -> u32 {
        self.diary[person as usize * self.instance.slots + slot]
    }

    /// The slots in which a person is busy.
    #[inline]
    pub(crate) fn busy(&self, person: u32) -> &[u64] {
        let first = person as usize * self.instance.words;
        &self.busy[first..first + self.instance.words]
    }

    /// How many meetings a person has.
    #[inline]
    pub(crate) fn count(&self, person: u32) -> u16 {
        self.count[person as usize]
    }

    /// How many breaks a participant has.
    #[inline]
    pub(crate) fn breaks(&self, person: u32) -> u16 {
        self.breaks[person as usize]
    }

    /// Whether nothing is left to put in order: no break, no walk, and fairness has nobody to choose from.
    pub(crate) fn is_orderly(&self) -> bool {
        let nothing_to_choose = self.idle.is_empty() || !self.instance.fairness;
        self.all_breaks == 0 && self.instance.places.areas == 1 && nothing_to_choose
    }

    /// The score.
    #[inline]
    pub(crate) fn score(&self) -> Score {
        self.score
    }

    /// Serves a request; nothing may be in the way.
    pub(crate) fn place(&mut self, need: u32, spot: Spot) {
        debug_assert!(self.spot(need).is_none());
        self.log.push((need, Spot::NONE));
        self.enter(need, spot);
    }

    /// Takes a meeting out.
    pub(crate) fn remove(&mut self, need: u32) -> Spot {
        let spot = self.spot(need);
        self.log.push((need, spot));
        self.leave(need);
        spot
    }

    /// How far the log has come: a mark to [roll back](Self::roll_back) to.
    pub(crate) fn mark(&self) -> usize {
        self.log.len()
    }

    /// Takes back everything since the mark.
    pub(crate) fn roll_back(&mut self, mark: usize) {
        while self.log.len() > mark {
            let Some((need, before)) = self.log.pop() else { break };
            if before.is_none() {
                self.leave(need);
            } else {
                self.enter(need, before);
            }
        }
    }

    /// Forgets the log: what was done stays done.
    pub(crate) fn commit(&mut self) {
        self.log.clear();
    }

    /// Becomes the timetable `spots`, which is valid.
    pub(crate) fn assume(&mut self, spots: &[Spot]) {
        for need in 0..self.spots.len() as u32 {
            if self.spot(need) != spots[need as usize] && !self.spot(need).is_none() {
                self.leave(need);
            }
        }
        for (need, &spot) in spots.iter().enumerate() {
            if self.spots[need] != spot {
                self.enter(need as u32, spot);
            }
        }
        self.commit();
    }

    fn enter(&mut self, need: u32, spot: Spot) {
        let instance = self.instance;
        let slot = spot.slot as usize;
        let seat = &instance.seats[spot.seat as usize];
        self.score.primary += self.gain(need, spot);
        self.note_anchor(need, spot, true);
        for &person in Instance::people_of(seat) {
            self.attend(person, slot, spot.area);
            self.diary[person as usize * instance.slots + slot] = need;
            bits::add(&mut self.busy[person as usize * instance.words..][..instance.words], slot);
        }
        self.spots[need as usize] = spot;
        if instance.shares(seat, slot) {
            let at = slot * instance.places.areas + spot.area as usize;
            join(&mut self.shared[at], &mut self.position[0], need);
            self.note_room(slot);
        }
        if instance.places.total[slot] != u32::MAX {
            join(&mut self.total[slot], &mut self.position[1], need);
        }
        let at = self.idle_position[need as usize] as usize;
        self.idle.swap_remove(at);
        if let Some(&moved) = self.idle.get(at) {
            self.idle_position[moved as usize] = at as u32;
        }
    }

    fn leave(&mut self, need: u32) {
        let instance = self.instance;
        let spot = self.spot(need);
        let slot = spot.slot as usize;
        let seat = &instance.seats[spot.seat as usize];
        self.score.primary -= self.gain(need, spot);
        self.note_anchor(need, spot, false);
        for &person in Instance::people_of(seat) {
            self.diary[person as usize * instance.slots + slot] = NONE;
            bits::take(&mut self.busy[person as usize * instance.words..][..instance.words], slot);
            self.desert(person, slot, spot.area);
        }
        self.spots[need as usize] = Spot::NONE;
        if instance.shares(seat, slot) {
            let at = slot * instance.places.areas + spot.area as usize;
            quit(&mut self.shared[at], &mut self.position[0], need);
            self.note_room(slot);
        }
        if instance.places.total[slot] != u32::MAX {
            quit(&mut self.total[slot], &mut self.position[1], need);
        }
        self.idle_position[need as usize] = self.idle.len() as u32;
        self.idle.push(need);
    }

    fn note_room(&mut self, slot: usize) {
        let places = &self.instance.places;
        let cells = slot * places.areas..(slot + 1) * places.areas;
        let free = cells.into_iter().any(|at| (self.shared[at].members.len() as u32) < places.shared[at]);
        if free {
            bits::add(&mut self.room, slot);
        } else {
            bits::take(&mut self.room, slot);
        }
    }
}

fn join(pool: &mut Pool, position: &mut [u32], need: u32) {
    position[need as usize] = pool.members.len() as u32;
    pool.members.push(need);
}

fn quit(pool: &mut Pool, position: &mut [u32], need: u32) {
    let at = position[need as usize] as usize;
    pool.members.swap_remove(at);
    if let Some(&moved) = pool.members.get(at) {
        position[moved as usize] = at as u32;
    }
}
