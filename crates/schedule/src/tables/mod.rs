//! Which table each meeting gets: hosts their own, the others so that people change table and hall seldom.
//! The search has made sure that there are enough; this only chooses.

mod matching;

use crate::bits;
use crate::instance::{Instance, NONE, Spot};
use crate::model::{Event, HallId, ParticipantId, SlotId, TableId};

use std::collections::HashMap;

/// Passes over all slots after the first.
const SWEEPS: usize = 2;
/// Worth of staying at a table, of staying in a hall, and of keeping a confirmed table.
const SAME_TABLE: i64 = 1;
const SAME_HALL: i64 = 3;
const CONFIRMED: i64 = 1_000;

/// Tables for `spots`, by request; [`NONE`] where a request is not served. `confirmed` are tables by request
/// and slot to keep where possible.
pub(crate) fn assign(
    event: &Event,
    instance: &Instance,
    spots: &[Spot],
    confirmed: &HashMap<(u32, u16), u32>,
) -> Vec<u32> {
    let mut tables = Tables::new(event, instance, spots, confirmed);
    // Confirmed tables outweigh all else: there is nothing to go back and forth for.
    let sweeps = if confirmed.is_empty() { SWEEPS } else { 0 };
    for sweep in 0..=sweeps {
        for step in 0..instance.slots {
            let slot = if sweep % 2 == 0 { step } else { instance.slots - 1 - step };
            tables.assign_slot(slot);
        }
    }
    tables.table
}

struct Tables<'a> {
    instance: &'a Instance,
    spots: &'a [Spot],
    confirmed: &'a HashMap<(u32, u16), u32>,
    /// Hall of each table.
    hall: Vec<u32>,
    /// The table of each host who has one.
    host: HashMap<u32, u32>,
    /// Shared tables that can be used, by slot, then hall.
    shared: Vec<Vec<Vec<u32>>>,
    /// Served requests by slot.
    meetings: Vec<Vec<u32>>,
    /// Request by person and slot, as in a diary.
    diary: Vec<u32>,
    table: Vec<u32>,
    /// Whether a table is free in the slot at hand.
    is_free: Vec<bool>,
}

impl<'a> Tables<'a> {
    fn new(
        event: &'a Event,
        instance: &'a Instance,
        spots: &'a [Spot],
        confirmed: &'a HashMap<(u32, u16), u32>,
    ) -> Self {
        let halls: HashMap<&HallId, u32> = event.halls.iter().map(|hall| &hall.id).zip(0..).collect();
        let people: HashMap<&ParticipantId, u32> =
            event.participants.iter().map(|p| &p.id).zip(0..).collect();
        let mut tables = Self {
            instance,
            spots,
            confirmed,
            hall: event.tables.iter().map(|table| halls[&table.hall]).collect(),
            host: event
                .tables
                .iter()
                .zip(0..)
                .filter_map(|(table, at)| Some((people[table.host.as_ref()?], at)))
                .collect(),
            shared: vec![vec![Vec::new(); event.halls.len()]; instance.slots],
            meetings: vec![Vec::new(); instance.slots],
            diary: vec![NONE; instance.people * instance.slots],
            table: vec![NONE; spots.len()],
            is_free: vec![false; event.tables.len()],
        };
        for (need, spot) in spots.iter().enumerate().filter(|(_, spot)| !spot.is_none()) {
            tables.meetings[spot.slot as usize].push(need as u32);
            for &person in tables.people(need as u32) {
                tables.diary[person as usize * instance.slots + spot.slot as usize] = need as u32;
            }
        }
        tables.find_shared(event);
        tables
    }

    /// The shared tables open in each slot; where a hall holds fewer meetings, those needed first.
    fn find_shared(&mut self, event: &Event) {
        let mut hosts = vec![0_usize; event.halls.len()];
        for &table in self.host.values() {
            hosts[self.hall[table as usize] as usize] += 1;
        }
        let wanted = |slot: usize| {
            let of = |&need: &u32| {
                let locked = self.instance.needs[need as usize]
                    .locked
                    .map(|locked| locked.table)
                    .filter(|&table| table != NONE);
                locked.or_else(|| self.confirmed.get(&(need, slot as u16)).copied())
            };
            self.meetings[slot].iter().filter_map(of).collect::<std::collections::HashSet<u32>>()
        };
        let slots: HashMap<&SlotId, usize> = event.slots.iter().map(|slot| &slot.id).zip(0..).collect();
        let closed: Vec<Vec<usize>> =
            event.tables.iter().map(|table| table.closed.iter().map(|slot| slots[slot]).collect()).collect();
        let mut shared = std::mem::take(&mut self.shared);
        for (slot, halls) in shared.iter_mut().enumerate() {
            let wanted = wanted(slot);
            for (at, table) in event.tables.iter().enumerate() {
                if table.host.is_none() && !closed[at].contains(&slot) {
                    halls[self.hall[at] as usize].push(at as u32);
                }
            }
            for (hall, tables) in halls.iter_mut().enumerate() {
                tables.sort_by_key(|table| !wanted.contains(table));
                if let Some(capacity) = event.halls[hall].capacity {
                    tables.truncate((capacity as usize).saturating_sub(hosts[hall]));
                }
            }
        }
        self.shared = shared;
    }

    fn people(&self, need: u32) -> &'a [u32] {
        let instance: &'a Instance = self.instance;
        Instance::people_of(&instance.seats[self.spots[need as usize].seat as usize])
    }

    fn assign_slot(&mut self, slot: usize) {
        let mut sharing = Vec::new();
        let mut free = self.shared[slot].clone();
        for &need in &self.meetings[slot] {
            let locked = self.instance.needs[need as usize].locked.map_or(NONE, |locked| locked.table);
            let own = self.hosts_table(need, slot);
            if locked != NONE || own != NONE {
                let table = if locked == NONE { own } else { locked };
                self.table[need as usize] = table;
                free[self.hall[table as usize] as usize].retain(|&other| other != table);
            } else {
                sharing.push(need);
            }
        }
        self.is_free.fill(false);
        free.iter().flatten().for_each(|&table| self.is_free[table as usize] = true);
        for (hall, needs) in self.halls(slot, &sharing, &free).into_iter().enumerate() {
            let wishes: Vec<Vec<(u32, i64)>> =
                needs.iter().map(|&need| self.wishes(need, slot, hall as u32)).collect();
            for (need, table) in needs.iter().zip(matching::assign(&wishes, &free[hall])) {
                self.table[*need as usize] = table;
            }
        }
    }

    /// The table of a host of the meeting that is open, or [`NONE`]; of two the one where more people stay.
    fn hosts_table(&self, need: u32, slot: usize) -> u32 {
        let seat = &self.instance.seats[self.spots[need as usize].seat as usize];
        let hosted = self.instance.hosted(seat, slot);
        let area = self.spots[need as usize].area;
        let open = (0..2).filter(|&side| hosted[side] == area).map(|side| self.host[&seat[side]]);
        let confirmed = self.confirmed.get(&(need, slot as u16));
        open.max_by_key(|table| {
            (confirmed == Some(table), self.neighbours(need, slot).filter(|other| other == table).count())
        })
        .unwrap_or(NONE)
    }

    /// Shares meetings out to halls: where their people are before and after, as far as tables go.
    fn halls(&self, slot: usize, sharing: &[u32], free: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let mut halls = vec![Vec::new(); free.len()];
        let areas = &self.instance.places.area_of_hall;
        let open = |need: u32, hall: usize| areas[hall] == self.spots[need as usize].area;
        if free.len() == 1 {
            halls[0] = sharing.to_vec();
            return halls;
        }
        let mut wishes: Vec<(i64, u32, usize)> = Vec::new();
        for &need in sharing {
            let mut worth: HashMap<u32, i64> = HashMap::new();
            self.neighbours(need, slot)
                .for_each(|table| *worth.entry(self.hall[table as usize]).or_default() += SAME_HALL);
            if let Some(&table) = self.confirmed.get(&(need, slot as u16)) {
                *worth.entry(self.hall[table as usize]).or_default() += CONFIRMED;
            }
            wishes.extend(worth.into_iter().map(|(hall, worth)| (-worth, need, hall as usize)));
        }
        wishes.sort_unstable();
        let rest = sharing.iter().flat_map(|&need| (0..free.len()).map(move |hall| (0, need, hall)));
        let mut placed = std::collections::HashSet::new();
        for (_, need, hall) in wishes.into_iter().chain(rest) {
            if open(need, hall) && halls[hall].len() < free[hall].len() && placed.insert(need) {
                halls[hall].push(need);
            }
        }
        halls
    }

    /// Free tables of a hall that someone of the meeting sits at before or after, with their worth.
    fn wishes(&self, need: u32, slot: usize, hall: u32) -> Vec<(u32, i64)> {
        let mut wishes: Vec<(u32, i64)> = Vec::new();
        let mut wish = |table: u32, worth: i64| match wishes.iter_mut().find(|(other, _)| *other == table) {
            Some((_, sum)) => *sum += worth,
            None if self.is_free[table as usize] && self.hall[table as usize] == hall => {
                wishes.push((table, worth));
            }
            None => {}
        };
        self.neighbours(need, slot).for_each(|table| wish(table, SAME_TABLE));
        if let Some(&table) = self.confirmed.get(&(need, slot as u16)) {
            wish(table, CONFIRMED);
        }
        wishes
    }

    /// The tables at which the people of a meeting sit before and after it, in the session.
    fn neighbours(&self, need: u32, slot: usize) -> impl Iterator<Item = u32> + '_ {
        let session = self.instance.session_of(slot);
        self.people(need).iter().flat_map(move |&person| {
            let at = |slot: usize| self.diary[person as usize * self.instance.slots + slot];
            let inside = move |slot: &usize| bits::has(session, *slot);
            let before = (0..slot).rev().take_while(inside).map(at).find(|&need| need != NONE);
            let after = (slot + 1..self.instance.slots).take_while(inside).map(at).find(|&need| need != NONE);
            [before, after]
                .into_iter()
                .flatten()
                .map(|need| self.table[need as usize])
                .filter(|&table| table != NONE)
        })
    }
}

/// The identifier of a table by its number.
pub(crate) fn id_of(event: &Event, table: u32) -> &TableId {
    &event.tables[table as usize].id
}

/// The area of every table.
pub(crate) fn areas<'a>(event: &'a Event, instance: &Instance) -> HashMap<&'a TableId, u16> {
    let halls: HashMap<&HallId, u16> =
        event.halls.iter().map(|hall| &hall.id).zip(instance.places.area_of_hall.iter().copied()).collect();
    event.tables.iter().map(|table| (&table.id, halls[&table.hall])).collect()
}
