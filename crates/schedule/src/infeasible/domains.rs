//! What is left of each meeting's slots. Only requests with a single way to be served are looked at: leaving others
//! out can only hide an obstacle, never invent one.

use std::collections::VecDeque;

use crate::bits;
use crate::instance::Instance;
use crate::model::Level;

/// Why no timetable is left.
pub(super) enum Failed {
    /// Meetings of a person that have fewer slots between them than they are.
    Person { person: u32, needs: Vec<u32>, slots: Vec<u64> },
    /// More meetings that must be in a slot than it has tables.
    Slot { slot: usize, meetings: usize, tables: u32 },
    /// More meetings than places.
    Tables { meetings: usize, places: usize },
    /// A meeting without a slot before or after others.
    Order { need: u32 },
}

#[derive(Clone)]
pub(super) struct Domains<'a> {
    instance: &'a Instance,
    /// Slots left by request, `words` each.
    slots: Vec<u64>,
    /// Whether a request is looked at.
    seen: Vec<bool>,
    /// Meetings that must be in each slot, and which are counted there.
    decided: Vec<u32>,
    is_decided: Vec<bool>,
    /// People to look at again.
    queue: VecDeque<u32>,
    queued: Vec<bool>,
}

impl<'a> Domains<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let mut slots = vec![0; instance.needs.len() * instance.words];
        let seen = |need: &crate::instance::Need| need.seats.len() == 1 && need.level != Level::Never;
        for (number, need) in instance.needs.iter().enumerate().filter(|(_, need)| seen(need)) {
            let mut mask = instance.seat_mask(need, &instance.seats[need.seats.start as usize]);
            for slot in 0..instance.slots {
                if places(instance, slot) == 0 {
                    bits::take(&mut mask, slot);
                }
            }
            slots[number * instance.words..][..instance.words].copy_from_slice(&mask);
        }
        Self {
            instance,
            slots,
            seen: instance.needs.iter().map(seen).collect(),
            decided: vec![0; instance.slots],
            is_decided: vec![false; instance.needs.len()],
            queue: VecDeque::new(),
            queued: vec![false; instance.people],
        }
    }

    /// The slots left for a meeting.
    pub(super) fn slots(&self, need: u32) -> Vec<u64> {
        self.of(need).to_vec()
    }

    /// Meetings with more than one slot left.
    pub(super) fn undecided(&self) -> Vec<u32> {
        (0..self.seen.len() as u32)
            .filter(|&need| self.seen[need as usize] && bits::count(self.of(need)) > 1)
            .collect()
    }

    /// Narrows everything as far as it goes.
    pub(super) fn narrow_all(&mut self) -> Result<(), Failed> {
        let meetings = self.seen.iter().filter(|seen| **seen).count();
        let places: usize = (0..self.instance.slots).map(|slot| places(self.instance, slot) as usize).sum();
        if meetings > places {
            return Err(Failed::Tables { meetings, places });
        }
        for need in 0..self.seen.len() as u32 {
            if self.seen[need as usize] && bits::count(self.of(need)) == 1 {
                self.decide(need)?;
            }
        }
        for person in 0..self.instance.people as u32 {
            self.enqueue(person);
        }
        for need in 0..self.seen.len() as u32 {
            self.order(need)?;
        }
        self.drain()
    }

    /// Supposes that a meeting is held in a slot.
    pub(super) fn hold(&mut self, need: u32, slot: usize) -> Result<(), Failed> {
        for other in bits::each(&self.slots(need)).filter(|&other| other != slot) {
            self.take(need, other)?;
        }
        self.drain()
    }

    /// Notes that a meeting cannot be held in a slot.
    pub(super) fn exclude(&mut self, need: u32, slot: usize) -> Result<(), Failed> {
        self.take(need, slot)?;
        self.drain()
    }

    fn of(&self, need: u32) -> &[u64] {
        &self.slots[need as usize * self.instance.words..][..self.instance.words]
    }

    fn drain(&mut self) -> Result<(), Failed> {
        while let Some(person) = self.queue.pop_front() {
            self.queued[person as usize] = false;
            self.diary(person)?;
        }
        Ok(())
    }

    fn take(&mut self, need: u32, slot: usize) -> Result<(), Failed> {
        if !bits::has(self.of(need), slot) {
            return Ok(());
        }
        bits::take(&mut self.slots[need as usize * self.instance.words..][..self.instance.words], slot);
        let people = self.people(need);
        people.iter().for_each(|&person| self.enqueue(person));
        match bits::count(self.of(need)) {
            0 => {
                return Err(Failed::Person { person: people[0], needs: vec![need], slots: self.slots(need) });
            }
            1 => self.decide(need)?,
            _ => {}
        }
        self.order(need)
    }

    fn people(&self, need: u32) -> &'a [u32] {
        let instance: &'a Instance = self.instance;
        Instance::people_of(&instance.seats[instance.needs[need as usize].seats.start as usize])
    }

    fn enqueue(&mut self, person: u32) {
        if !std::mem::replace(&mut self.queued[person as usize], true) {
            self.queue.push_back(person);
        }
    }

    /// Counts a meeting that has one slot left; a full slot is closed to all others.
    fn decide(&mut self, need: u32) -> Result<(), Failed> {
        let Some(slot) = bits::nth(self.of(need), 0) else { return Ok(()) };
        if std::mem::replace(&mut self.is_decided[need as usize], true) {
            return Ok(());
        }
        self.decided[slot] += 1;
        let tables = places(self.instance, slot);
        if self.decided[slot] > tables {
            return Err(Failed::Slot { slot, meetings: self.decided[slot] as usize, tables });
        }
        if self.decided[slot] == tables {
            for other in 0..self.seen.len() as u32 {
                if self.seen[other as usize] && bits::count(self.of(other)) > 1 {
                    self.take(other, slot)?;
                }
            }
        }
        Ok(())
    }

    /// Earlier meetings before the last slot left, later ones after the first.
    fn order(&mut self, need: u32) -> Result<(), Failed> {
        let instance = self.instance;
        if instance.before.is_empty() || !self.seen[need as usize] {
            return Ok(());
        }
        let slots: Vec<usize> = bits::each(self.of(need)).collect();
        let (Some(&first), Some(&last)) = (slots.first(), slots.last()) else {
            return Err(Failed::Order { need });
        };
        for &after in &instance.after[need as usize] {
            if !self.seen[after as usize] {
                continue;
            }
            for slot in bits::each(&self.slots(after)).filter(|&slot| slot <= first).collect::<Vec<_>>() {
                self.take(after, slot)?;
            }
        }
        for &before in &instance.before[need as usize] {
            if !self.seen[before as usize] {
                continue;
            }
            for slot in bits::each(&self.slots(before)).filter(|&slot| slot >= last).collect::<Vec<_>>() {
                self.take(before, slot)?;
            }
        }
        Ok(())
    }

    /// Meetings of one person all in different slots: slots that no such choice uses are taken out.
    fn diary(&mut self, person: u32) -> Result<(), Failed> {
        let needs: Vec<u32> =
            self.instance.needs_of(person).iter().copied().filter(|&need| self.seen[need as usize]).collect();
        let mut choice =
            Choice { domains: self, needs: &needs, meeting_in: vec![usize::MAX; self.instance.slots] };
        for at in 0..needs.len() {
            let mut visited = vec![0; self.instance.words];
            if !choice.place(at, &mut visited, usize::MAX) {
                let in_them =
                    |&&need: &&u32| self.of(need).iter().zip(&visited).all(|(left, seen)| left & !seen == 0);
                let stuck: Vec<u32> = needs.iter().filter(in_them).copied().collect();
                return Err(Failed::Person { person, needs: stuck, slots: visited });
            }
        }
        let mut useless = Vec::new();
        for (at, &need) in needs.iter().enumerate() {
            for slot in bits::each(self.of(need)) {
                if !choice.can_hold(at, slot) {
                    useless.push((need, slot));
                }
            }
        }
        for (need, slot) in useless {
            self.take(need, slot)?;
        }
        Ok(())
    }
}

/// A choice of different slots for the meetings of a person.
struct Choice<'c, 'a> {
    domains: &'c Domains<'a>,
    needs: &'c [u32],
    /// Position of the meeting in each slot.
    meeting_in: Vec<usize>,
}

impl Choice<'_, '_> {
    /// Finds a slot for a meeting, moving others if need be; `visited` are the slots looked at. The meeting `fixed`
    /// does not move.
    fn place(&mut self, at: usize, visited: &mut [u64], fixed: usize) -> bool {
        for slot in bits::each(self.domains.of(self.needs[at])).collect::<Vec<_>>() {
            if bits::has(visited, slot) {
                continue;
            }
            bits::add(visited, slot);
            let other = self.meeting_in[slot];
            if other == usize::MAX || other != fixed && self.place(other, visited, fixed) {
                self.meeting_in[slot] = at;
                return true;
            }
        }
        false
    }

    /// Whether a full choice exists with this meeting in this slot. Leaves a full choice behind.
    fn can_hold(&mut self, at: usize, slot: usize) -> bool {
        let other = self.meeting_in[slot];
        if other == at {
            return true;
        }
        let before = self.meeting_in.clone();
        self.meeting_in
            .iter_mut()
            .filter(|meeting| **meeting == at)
            .for_each(|meeting| *meeting = usize::MAX);
        self.meeting_in[slot] = at;
        let mut visited = vec![0; self.domains.instance.words];
        bits::add(&mut visited, slot);
        if other == usize::MAX || self.place(other, &mut visited, at) {
            return true;
        }
        self.meeting_in = before;
        false
    }
}

/// Meetings at once at most in a slot.
fn places(instance: &Instance, slot: usize) -> u32 {
    let areas = instance.places.areas;
    let shared: u32 = instance.places.shared[slot * areas..(slot + 1) * areas].iter().sum();
    let words = instance.words;
    let hosts = (0..instance.people)
        .filter(|person| bits::has(&instance.places.host_open[person * words..][..words], slot));
    (shared + hosts.count() as u32).min(instance.places.total[slot])
}
