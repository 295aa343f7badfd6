//! How good a timetable is, in figures an organiser can read.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::bound;
use crate::instance;
use crate::model::{Event, Invalid, Level, Meeting, ParticipantId, RequestId, SlotId, Timetable};

/// The quality of a timetable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Requests and weights by level.
    pub levels: Vec<LevelServed>,
    /// Value served: weights of must and want requests, times `want_outweighs` if there are if-possible ones, plus
    /// weights of if-possible ones. In complete mode the number of meetings.
    pub value: i64,
    /// No timetable has a greater value (proved).
    pub bound: i64,
    /// Share of the bound that is not served, in percent.
    pub gap_percent: f64,
    /// People who ask or are asked.
    pub people: usize,
    /// Those of them without a meeting.
    pub without_meeting: Vec<ParticipantId>,
    /// People below the number of meetings promised to them, and how many they lack.
    pub below_floor: Vec<Shortfall>,
    /// Runs of idle slots between two meetings of a person in a session, all people together.
    pub breaks: usize,
    /// Most breaks of one person.
    pub most_breaks: usize,
    /// Times a person goes to another hall between two meetings of a session.
    pub hall_changes: usize,
    /// Times a person goes to another table between two meetings of a session.
    pub table_changes: usize,
    /// Meetings by interpreter, in the order of the event.
    pub interpreters: Vec<Load>,
    /// Meetings by slot, in the order of the event.
    pub slots: Vec<usize>,
}

/// Requests of a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelServed {
    /// Which.
    pub level: Level,
    /// How many were asked for.
    pub asked: usize,
    /// How many are served.
    pub served: usize,
    /// Weight asked for.
    pub weight_asked: u64,
    /// Weight served.
    pub weight_served: u64,
}

/// A person with fewer meetings than promised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shortfall {
    /// Who.
    pub participant: ParticipantId,
    /// Meetings promised.
    pub floor: u16,
    /// Meetings placed.
    pub meetings: u16,
}

/// What an interpreter has to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Load {
    /// Who.
    pub interpreter: crate::model::InterpreterId,
    /// Meetings.
    pub meetings: usize,
    /// Slots in which they work.
    pub available: usize,
}

/// The report of a valid timetable; what [`check`](crate::check) refuses may be counted wrongly.
pub fn report(event: &Event, timetable: &Timetable) -> Result<Report, Invalid> {
    let instance = instance::compile(event)?;
    let held: HashMap<&RequestId, &Meeting> = timetable.meetings.iter().map(|m| (&m.request, m)).collect();
    let requests = event.requests.iter().zip(&instance.needs);
    let value =
        requests.filter(|(request, _)| held.contains_key(&request.id)).map(|(_, need)| need.value).sum();
    let bound = bound::tight(&instance, value);
    let days = Days::new(event, timetable);
    let walk = days.walks(event);
    let breaks: Vec<usize> = event.participants.iter().map(|p| days.breaks(event, &p.id)).collect();
    let asked = |person: u32| {
        instance.needs_of(person).iter().any(|&need| instance.needs[need as usize].level != Level::Never)
    };
    let involved: Vec<&ParticipantId> =
        event.participants.iter().zip(0..).filter(|&(_, number)| asked(number)).map(|(p, _)| &p.id).collect();
    let load = |(at, interpreter): (usize, &crate::model::Interpreter)| Load {
        interpreter: interpreter.id.clone(),
        meetings: timetable
            .meetings
            .iter()
            .filter(|m| m.interpreter.as_ref() == Some(&interpreter.id))
            .count(),
        available: crate::bits::count(instance.open_of((instance.participants + at) as u32)),
    };
    Ok(Report {
        levels: levels(event, &held),
        value,
        bound,
        gap_percent: if bound > 0 { 100.0 * (bound - value) as f64 / bound as f64 } else { 0.0 },
        people: involved.len(),
        without_meeting: involved.into_iter().filter(|id| days.of(id).is_empty()).cloned().collect(),
        below_floor: shortfalls(event, &days),
        breaks: breaks.iter().sum(),
        most_breaks: breaks.into_iter().max().unwrap_or(0),
        hall_changes: walk.0,
        table_changes: walk.1,
        interpreters: event.interpreters.iter().enumerate().map(load).collect(),
        slots: by_slot(event, timetable),
    })
}

fn levels(event: &Event, held: &HashMap<&RequestId, &Meeting>) -> Vec<LevelServed> {
    let levels = [Level::Must, Level::Want, Level::IfPossible, Level::Never];
    let count = |level: Level| {
        let mut sums = LevelServed { level, asked: 0, served: 0, weight_asked: 0, weight_served: 0 };
        for request in event.requests.iter().filter(|request| request.level == level) {
            sums.asked += 1;
            sums.weight_asked += u64::from(request.weight);
            if held.contains_key(&request.id) {
                sums.served += 1;
                sums.weight_served += u64::from(request.weight);
            }
        }
        sums
    };
    levels.into_iter().map(count).filter(|sums| sums.asked > 0).collect()
}

fn shortfalls(event: &Event, days: &Days<'_>) -> Vec<Shortfall> {
    let shortfall = |participant: &crate::model::Participant| {
        let (floor, meetings) = (participant.limits.floor, days.of(&participant.id).len() as u16);
        (meetings < floor).then(|| Shortfall { participant: participant.id.clone(), floor, meetings })
    };
    event.participants.iter().filter_map(shortfall).collect()
}

fn by_slot(event: &Event, timetable: &Timetable) -> Vec<usize> {
    let mut counts: HashMap<&SlotId, usize> = HashMap::new();
    timetable.meetings.iter().for_each(|meeting| *counts.entry(&meeting.slot).or_default() += 1);
    event.slots.iter().map(|slot| counts.get(&slot.id).copied().unwrap_or(0)).collect()
}

/// The meetings of each participant, in order of time.
struct Days<'a> {
    by_person: HashMap<&'a ParticipantId, Vec<(usize, &'a Meeting)>>,
}

impl<'a> Days<'a> {
    fn new(event: &'a Event, timetable: &'a Timetable) -> Self {
        let place: HashMap<&SlotId, usize> =
            event.slots.iter().enumerate().map(|(at, slot)| (&slot.id, at)).collect();
        let mut by_person: HashMap<&ParticipantId, Vec<(usize, &Meeting)>> = HashMap::new();
        for meeting in &timetable.meetings {
            let Some(&at) = place.get(&meeting.slot) else { continue };
            by_person.entry(&meeting.from).or_default().push((at, meeting));
            by_person.entry(&meeting.to).or_default().push((at, meeting));
        }
        by_person.values_mut().for_each(|meetings| meetings.sort_by_key(|(at, _)| *at));
        Self { by_person }
    }

    fn of(&self, person: &ParticipantId) -> &[(usize, &'a Meeting)] {
        self.by_person.get(person).map_or(&[], Vec::as_slice)
    }

    fn breaks(&self, event: &Event, person: &ParticipantId) -> usize {
        let idle = |pair: &&[(usize, &Meeting)]| {
            pair[1].0 > pair[0].0 + 1 && same_session(event, pair[0].0, pair[1].0)
        };
        self.of(person).windows(2).filter(idle).count()
    }

    /// Changes of hall and of table.
    fn walks(&self, event: &Event) -> (usize, usize) {
        let hall: HashMap<_, _> = event.tables.iter().map(|table| (&table.id, &table.hall)).collect();
        let (mut halls, mut tables) = (0, 0);
        for meetings in self.by_person.values() {
            for pair in meetings.windows(2).filter(|pair| same_session(event, pair[0].0, pair[1].0)) {
                let (one, other) = (&pair[0].1.table, &pair[1].1.table);
                halls += usize::from(hall.get(one) != hall.get(other));
                tables += usize::from(one != other);
            }
        }
        (halls, tables)
    }
}

fn same_session(event: &Event, one: usize, other: usize) -> bool {
    event.slots[one].session == event.slots[other].session
}
