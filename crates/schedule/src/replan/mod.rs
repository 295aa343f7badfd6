//! A timetable mended after a change: what is confirmed stays where it can, what must move moves little, and what has
//! begun, or soon will, is not touched.

mod diff;
mod freeze;

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use crate::anneal::{Aim, Search, Until, hot};
use crate::compose;
use crate::greedy;
use crate::instance::{self, Instance, NONE, Spot};
use crate::model::{Event, Invalid, Meeting, ParticipantId, Timetable};
use crate::state::{Score, State};
use crate::tables;

pub use diff::{Diff, Moved};

/// How a timetable may be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Slots that begin before this plus the notice are not touched; absent: none.
    pub now: Option<Timestamp>,
    /// Minutes of notice people are given.
    pub notice_minutes: u32,
    /// People who do not come, or go: from the first slot that has not ended.
    pub absent: Vec<ParticipantId>,
    /// Weight that a dropped confirmed meeting costs beyond its own.
    pub drop_penalty: u32,
    /// Weight that a moved confirmed meeting costs: it moves only for more than that.
    pub move_penalty: u32,
    /// Most confirmed meetings of one person that may change; absent: any.
    pub changes_per_person: Option<u16>,
    /// What random choices depend on.
    pub seed: u64,
    /// Moves tried for the mending.
    pub moves: u64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            now: None,
            notice_minutes: 30,
            absent: Vec::new(),
            drop_penalty: 1_000,
            move_penalty: 2,
            changes_per_person: None,
            seed: 0,
            moves: 20_000,
        }
    }
}

/// A mended timetable.
#[derive(Clone, Debug, PartialEq)]
pub struct Replanned {
    /// The whole timetable, with what was not touched.
    pub timetable: Timetable,
    /// How it differs from the one before.
    pub diff: Diff,
}

/// Mends `before` for `event`, which is the event as it is now: requests, people, tables and times may have gone,
/// come or changed.
pub fn replan(event: &Event, before: &Timetable, policy: &Policy) -> Result<Replanned, Invalid> {
    let frozen = freeze::freeze(event, before, policy)?;
    let instance = instance::compile(&frozen.event)?;
    let mut state = State::new(&instance)?;
    let anchors = settle(&mut state, &frozen.event, &frozen.open);
    let unit = want_unit(&instance);
    let drop = i64::from(policy.drop_penalty) * unit;
    let moving = i64::from(policy.move_penalty) * unit;
    let most = policy.changes_per_person.unwrap_or(u16::MAX);
    let focus = affected(&state, &anchors, &frozen.lost, event);
    state.anchor(anchors, drop, moving, most);
    for &need in &focus {
        if state.spot(need).is_none() {
            greedy::insert(&mut state, need);
        }
    }
    state.commit();
    let mended = mend(state, focus, policy);
    let mut timetable = compose::timetable(&frozen.event, &instance, &mended, Some(before));
    timetable.meetings.extend(frozen.aside);
    let place: HashMap<&str, usize> =
        event.slots.iter().enumerate().map(|(at, slot)| (slot.id.as_str(), at)).collect();
    timetable.meetings.sort_by_key(|meeting| place[meeting.slot.as_str()]);
    let diff = diff::between(before, &timetable, &frozen.lost);
    Ok(Replanned { timetable, diff })
}

/// What a weight of 1 of a wanted request is in values.
fn want_unit(instance: &Instance) -> i64 {
    let wanted = instance.needs.iter().find(|need| need.level <= crate::model::Level::Want);
    wanted.map_or(1, |need| need.value / i64::from(need.weight.max(1))).max(1)
}

/// Puts the meetings that can stay where they were; where each of the confirmed ones was.
fn settle(state: &mut State<'_>, event: &Event, open: &[Meeting]) -> Vec<Spot> {
    let instance = state.instance;
    let mut anchors = vec![Spot::NONE; instance.needs.len()];
    let spots = spots_of(instance, event, open);
    let mut scratch = Vec::new();
    for (need, spot) in spots {
        let number = &instance.needs[need as usize];
        if number.locked.is_some() {
            continue;
        }
        let possible = number.seats.clone().any(|seat| {
            instance.seat_mask(number, &instance.seats[seat as usize]).iter().any(|&word| word != 0)
        });
        if !possible {
            continue;
        }
        anchors[need as usize] = spot;
        if state.is_clear(number, need, spot, &mut scratch) {
            state.place(need, spot);
        }
    }
    state.commit();
    anchors
}

/// Meetings as spots; those whose people or interpreter may no longer meet so are left out.
pub(crate) fn spots_of(instance: &Instance, event: &Event, meetings: &[Meeting]) -> Vec<(u32, Spot)> {
    let requests: HashMap<&str, u32> = event.requests.iter().map(|r| r.id.as_str()).zip(0..).collect();
    let slots: HashMap<&str, u16> = event.slots.iter().map(|s| s.id.as_str()).zip(0..).collect();
    let people: HashMap<&str, u32> = event.participants.iter().map(|p| p.id.as_str()).zip(0..).collect();
    let first = instance.participants as u32;
    let interpreters: HashMap<&str, u32> =
        event.interpreters.iter().map(|i| i.id.as_str()).zip(first..).collect();
    let areas = tables::areas(event, instance);
    let spot = |meeting: &Meeting| {
        let need = *requests.get(meeting.request.as_str())?;
        let slot = *slots.get(meeting.slot.as_str())?;
        let pair = [*people.get(meeting.from.as_str())?, *people.get(meeting.to.as_str())?];
        let interpreter = match &meeting.interpreter {
            None => NONE,
            Some(id) => interpreters.get(id.as_str()).copied().unwrap_or(NONE),
        };
        let same = |exact: bool| {
            instance.seats_of(need).find(|&seat| {
                let [from, to, other] = instance.seats[seat as usize];
                [from, to] == pair && (!exact || other == interpreter)
            })
        };
        let seat = same(true).or_else(|| same(false))?;
        let hosted = instance.hosted(&instance.seats[seat as usize], slot as usize);
        let area = areas.get(&meeting.table).copied().unwrap_or(0);
        let area = match hosted {
            [u16::MAX, u16::MAX] => area,
            [one, other] if one == area || other == area => area,
            [u16::MAX, one] | [one, _] => one,
        };
        Some((need, Spot { slot, area, seat }))
    };
    meetings.iter().filter_map(spot).collect()
}

/// The requests whose people have lost a meeting, and confirmed ones that lost their place.
fn affected(state: &State<'_>, anchors: &[Spot], lost: &[Meeting], event: &Event) -> Vec<u32> {
    let instance = state.instance;
    let numbers: HashMap<&ParticipantId, u32> = event.participants.iter().map(|p| &p.id).zip(0..).collect();
    let mut people: HashSet<u32> = lost
        .iter()
        .flat_map(|meeting| [&meeting.from, &meeting.to])
        .filter_map(|id| numbers.get(id).copied())
        .collect();
    let mut displaced = Vec::new();
    for (need, anchor) in anchors.iter().enumerate() {
        if !anchor.is_none() && state.spot(need as u32).is_none() {
            people.extend(&instance.seats[anchor.seat as usize][..2]);
            displaced.push(need as u32);
        }
    }
    let mut idle: Vec<u32> = people.iter().flat_map(|&person| instance.needs_of(person)).copied().collect();
    idle.retain(|&need| state.spot(need).is_none() && !displaced.contains(&need));
    idle.sort_unstable();
    idle.dedup();
    idle.sort_by_key(|&need| -instance.needs[need as usize].worth);
    displaced.sort_by_key(|&need| -instance.needs[need as usize].worth);
    displaced.extend(idle);
    displaced
}

/// Searches around the affected requests, from the mended timetable on.
fn mend(state: State<'_>, focus: Vec<u32>, policy: &Policy) -> Vec<Spot> {
    let hot = hot(Aim::Weight, &state) / 4.0;
    let mut search = Search::new(state, policy.seed);
    if focus.is_empty() {
        return search.best().1.to_vec();
    }
    search.focus(focus);
    search.begin(Aim::Weight, hot);
    let enough = Score { primary: i64::MAX, secondary: i64::MAX, excess: 0 };
    search.run(Until::Moves { moves: policy.moves, done: 0, all: policy.moves }, enough);
    search.best().1.to_vec()
}
