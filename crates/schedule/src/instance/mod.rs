//! An event in the form the search works on: numbers for names, bit masks for times.
//! Made once per event; never changed by the search. A participant and an interpreter are both a person here.

mod clock;
mod compile;
mod places;
mod seats;

use std::ops::Range;

use crate::bits;
use crate::model::Level;

pub(crate) use compile::compile;

/// No such person, request, slot or area.
pub(crate) const NONE: u32 = u32::MAX;

/// When, where and by whom a request is served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) slot: u16,
    pub(crate) area: u16,
    pub(crate) seat: u32,
}

impl Spot {
    /// Not served.
    pub(crate) const NONE: Self = Self { slot: u16::MAX, area: u16::MAX, seat: NONE };

    pub(crate) fn is_none(self) -> bool {
        self.slot == u16::MAX
    }
}

/// One way to serve a request: from, to, interpreter (or [`NONE`]).
pub(crate) type Seat = [u32; 3];

/// A request.
#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub(crate) level: Level,
    pub(crate) weight: u32,
    /// What it adds to the weight served: comparable between levels want and if possible.
    pub(crate) value: i64,
    /// What it adds to the score: as `value`, but a must outweighs all others together.
    pub(crate) worth: i64,
    /// Its ways, a range of [`Instance::seats`].
    pub(crate) seats: Range<u32>,
    /// Which of [`Instance::masks`] holds its slots.
    pub(crate) mask: u32,
    pub(crate) locked: Option<Locked>,
}

/// What a lock fixes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Locked {
    pub(crate) spot: Spot,
    /// Which table, or [`NONE`].
    pub(crate) table: u32,
}

/// Limits of a person.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) floor: u16,
    pub(crate) cap: u16,
    pub(crate) run: u16,
    pub(crate) rest: u16,
    /// Windows of which some alternative must stay free: a range of [`Instance::windows`].
    pub(crate) windows: Range<u32>,
    /// Whether any of cap, run and windows can bind.
    pub(crate) ruled: bool,
}

/// Where tables stand and how many are shared.
#[derive(Debug)]
pub(crate) struct Places {
    /// Parts of the venue between which a slot's gap does not always suffice to walk; 1 if it always does.
    pub(crate) areas: usize,
    /// Area of each hall.
    pub(crate) area_of_hall: Vec<u16>,
    /// Shared tables in use at most: by slot, then area.
    pub(crate) shared: Vec<u32>,
    /// Meetings at once at most: by slot; `u32::MAX` where nothing but tables limits them.
    pub(crate) total: Vec<u32>,
    /// Area of a host's table by person, `u16::MAX` for others.
    pub(crate) host_area: Vec<u16>,
    /// Slots in which a host's table is open: by person, `words` each.
    pub(crate) host_open: Vec<u64>,
    /// For each slot the others from which walking from some area takes too long.
    pub(crate) near: Vec<Vec<u16>>,
    /// Minutes between the end of the earlier and the start of the later of two slots.
    pub(crate) start: Vec<i64>,
    pub(crate) end: Vec<i64>,
    /// Walking minutes by area and area.
    pub(crate) walk: Vec<u32>,
}

/// An event, compiled.
#[derive(Debug)]
pub(crate) struct Instance {
    pub(crate) slots: usize,
    /// Words of a slot mask.
    pub(crate) words: usize,
    /// Persons below this number are participants, the others interpreters.
    pub(crate) participants: usize,
    pub(crate) people: usize,
    /// Session of each slot.
    pub(crate) session: Vec<u16>,
    /// Slots of each session.
    pub(crate) session_masks: Vec<Vec<u64>>,
    /// Slots each person can meet in: `words` each.
    pub(crate) open: Vec<u64>,
    pub(crate) limits: Vec<Limit>,
    /// Alternatives per window: ranges of `alternatives`, counted in masks.
    pub(crate) windows: Vec<Range<u32>>,
    pub(crate) alternatives: Vec<u64>,
    pub(crate) places: Places,
    pub(crate) needs: Vec<Need>,
    pub(crate) seats: Vec<Seat>,
    /// Masks of slots of requests: `words` each; the first is all slots.
    pub(crate) masks: Vec<u64>,
    /// Requests that must come earlier, and later, than a request; empty where there are no precedences.
    pub(crate) before: Vec<Vec<u32>>,
    pub(crate) after: Vec<Vec<u32>>,
    /// Requests of each person: ranges into `needs_of`.
    pub(crate) needs_start: Vec<u32>,
    pub(crate) needs_of: Vec<u32>,
    /// No precedences, one area, no totals: a free diary and a free table are all a meeting needs,
    /// but for the limits of its people.
    pub(crate) simple: bool,
    /// What one promised meeting adds to the score until a person's floor is reached.
    pub(crate) floor_worth: i64,
    pub(crate) fairness: bool,
    /// In complete mode: breaks a person may have, else `u16::MAX`.
    pub(crate) break_limit: u16,
    pub(crate) complete: bool,
}

impl Instance {
    /// The people of a seat.
    #[inline]
    pub(crate) fn people_of(seat: &Seat) -> &[u32] {
        if seat[2] == NONE { &seat[..2] } else { &seat[..] }
    }

    /// Slots a person can meet in.
    #[inline]
    pub(crate) fn open_of(&self, person: u32) -> &[u64] {
        let first = person as usize * self.words;
        &self.open[first..first + self.words]
    }

    /// One word of the slots in which a seat can serve a request.
    #[inline]
    pub(crate) fn seat_word(&self, need: &Need, seat: &Seat, word: usize) -> u64 {
        let open = |person: u32| self.open[person as usize * self.words + word];
        let pair = open(seat[0]) & open(seat[1]) & self.masks[need.mask as usize * self.words + word];
        if seat[2] == NONE { pair } else { pair & open(seat[2]) }
    }

    /// The slots in which a seat can serve a request.
    pub(crate) fn seat_mask(&self, need: &Need, seat: &Seat) -> Vec<u64> {
        (0..self.words).map(|word| self.seat_word(need, seat, word)).collect()
    }

    /// Whether a seat can serve a request in `slot`.
    #[inline]
    pub(crate) fn allows(&self, need: &Need, seat: &Seat, slot: usize) -> bool {
        self.seat_word(need, seat, slot / 64) >> (slot % 64) & 1 == 1
    }

    /// The areas of the hosts' own tables open in `slot`: none means a shared table is needed.
    #[inline]
    pub(crate) fn hosted(&self, seat: &Seat, slot: usize) -> [u16; 2] {
        let area = |person: u32| {
            let area = self.places.host_area[person as usize];
            let first = person as usize * self.words;
            let open = area != u16::MAX && bits::has(&self.places.host_open[first..first + self.words], slot);
            if open { area } else { u16::MAX }
        };
        [area(seat[0]), area(seat[1])]
    }

    /// Whether the meeting takes a shared table.
    #[inline]
    pub(crate) fn shares(&self, seat: &Seat, slot: usize) -> bool {
        self.hosted(seat, slot) == [u16::MAX; 2]
    }

    /// Whether someone cannot get from one area after one slot to another before the other slot.
    #[inline]
    pub(crate) fn too_far(&self, slot: usize, area: u16, other: usize, other_area: u16) -> bool {
        let (first, last) = (slot.min(other), slot.max(other));
        let gap = self.places.start[last] - self.places.end[first];
        i64::from(self.places.walk[area as usize * self.places.areas + other_area as usize]) * 60 > gap
    }

    /// Requests in which a person may take part.
    pub(crate) fn needs_of(&self, person: u32) -> &[u32] {
        let person = person as usize;
        &self.needs_of[self.needs_start[person] as usize..self.needs_start[person + 1] as usize]
    }

    /// Position of a seat among those of its request.
    pub(crate) fn seats_of(&self, need: u32) -> Range<u32> {
        self.needs[need as usize].seats.clone()
    }

    /// The name of a session's slots as a mask.
    #[inline]
    pub(crate) fn session_of(&self, slot: usize) -> &[u64] {
        &self.session_masks[self.session[slot] as usize]
    }
}
