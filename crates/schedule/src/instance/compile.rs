//! From an event to its compiled form.

use std::collections::HashMap;

use super::clock::Clocks;
use super::seats::Seating;
use super::{Instance, Limit, Locked, NONE, Need, Spot, places};
use crate::bits;
use crate::model::validate::{self, Index};
use crate::model::{Availability, Event, Goal, Invalid, Level, Limits, Lock, Pause, SlotId};

/// Largest sum of all worths: leaves room for differences in 64 bits.
const MOST_WORTH: i64 = 1 << 60;

/// Validates an event and compiles it.
pub(crate) fn compile(event: &Event) -> Result<Instance, Invalid> {
    let index = validate::index(event)?;
    let (slots, words) = (event.slots.len(), event.slots.len().div_ceil(64));
    let people = event.participants.len() + event.interpreters.len();
    let (session, session_masks) = sessions(event, slots);
    let mut instance = Instance {
        slots,
        words,
        participants: event.participants.len(),
        people,
        session,
        session_masks,
        open: vec![0; people * words],
        limits: Vec::with_capacity(people),
        windows: Vec::new(),
        alternatives: Vec::new(),
        places: places::places(event, &index, people),
        needs: Vec::with_capacity(event.requests.len()),
        seats: Vec::new(),
        masks: bits::full(slots),
        before: Vec::new(),
        after: Vec::new(),
        needs_start: Vec::new(),
        needs_of: Vec::new(),
        simple: false,
        floor_worth: 0,
        fairness: event.rules.fairness && event.rules.goal == Goal::Weight,
        break_limit: u16::MAX,
        complete: event.rules.goal != Goal::Weight,
    };
    if let Goal::Complete { spread: Some(spread) } = event.rules.goal {
        instance.break_limit = spread;
    }
    let mut clocks = Clocks::new(event);
    for participant in &event.participants {
        let (available, pauses) = (&participant.available, &participant.pauses);
        person(&mut instance, &index, &mut clocks, event, (available, pauses, &participant.limits));
    }
    for interpreter in &event.interpreters {
        let limits = Limits { floor: 0, ..interpreter.limits.clone() };
        let (available, pauses) = (&interpreter.available, &interpreter.pauses);
        person(&mut instance, &index, &mut clocks, event, (available, pauses, &limits));
    }
    needs(&mut instance, event, &index)?;
    worths(&mut instance, event)?;
    precedences(&mut instance, event, &index);
    needs_of(&mut instance);
    locks(&mut instance, event, &index)?;
    instance.simple = instance.before.is_empty()
        && instance.places.areas == 1
        && instance.places.total.iter().all(|&total| total == u32::MAX);
    Ok(instance)
}

fn sessions(event: &Event, slots: usize) -> (Vec<u16>, Vec<Vec<u64>>) {
    let mut session = Vec::with_capacity(slots);
    let mut masks: Vec<Vec<u64>> = Vec::new();
    for (at, slot) in event.slots.iter().enumerate() {
        if at == 0 || event.slots[at - 1].session != slot.session {
            masks.push(vec![0; slots.div_ceil(64)]);
        }
        session.push((masks.len() - 1) as u16);
        if let Some(mask) = masks.last_mut() {
            bits::add(mask, at);
        }
    }
    (session, masks)
}

fn person<'a>(
    instance: &mut Instance,
    index: &Index<'_>,
    clocks: &mut Clocks<'a>,
    event: &Event,
    (available, pauses, limits): (&'a Availability, &[Pause], &Limits),
) {
    let number = |slot: &SlotId| index.slots[slot.as_str()];
    let mut open = match &available.slots {
        None => bits::full(instance.slots),
        Some(only) => {
            let mut mask = vec![0; instance.words];
            only.iter().for_each(|slot| bits::add(&mut mask, number(slot)));
            mask
        }
    };
    available.except.iter().for_each(|slot| bits::take(&mut open, number(slot)));
    if !available.hours.is_empty() {
        let within = clocks.of(available).within(&available.hours);
        open.iter_mut().zip(within).for_each(|(open, within)| *open &= within);
    }
    let first = instance.windows.len() as u32;
    for pause in event.rules.pauses.iter().chain(pauses) {
        for masks in clocks.of(available).alternatives(pause) {
            if let [only] = &masks[..] {
                open.iter_mut().zip(only).for_each(|(open, pause)| *open &= !pause);
                continue;
            }
            for slot in 0..instance.slots {
                if masks.iter().all(|mask| bits::has(mask, slot)) {
                    bits::take(&mut open, slot);
                }
            }
            let from = (instance.alternatives.len() / instance.words) as u32;
            instance.alternatives.extend(masks.iter().flatten());
            instance.windows.push(from..from + masks.len() as u32);
        }
    }
    if limits.cap == Some(0) {
        open.fill(0);
    }
    let person = instance.limits.len();
    instance.open[person * instance.words..(person + 1) * instance.words].copy_from_slice(&open);
    let windows = first..instance.windows.len() as u32;
    let (cap, run) = (limits.cap.unwrap_or(u16::MAX), limits.longest_run.unwrap_or(u16::MAX));
    instance.limits.push(Limit {
        floor: limits.floor,
        cap,
        run,
        rest: limits.rest.unwrap_or(1),
        ruled: cap != u16::MAX || run != u16::MAX || !windows.is_empty(),
        windows,
    });
}

fn needs(instance: &mut Instance, event: &Event, index: &Index<'_>) -> Result<(), Invalid> {
    let mut seating = Seating::new(event, index);
    let mut masks: HashMap<Vec<u64>, u32> = HashMap::from([(instance.masks.clone(), 0)]);
    for (at, request) in event.requests.iter().enumerate() {
        let seats = seating.add(at, request)?;
        let mask = request.slots.as_ref().map_or(0, |only| {
            let mut mask = vec![0; instance.words];
            only.iter().for_each(|slot| bits::add(&mut mask, index.slots[slot.as_str()]));
            *masks.entry(mask).or_insert_with_key(|mask| {
                instance.masks.extend(mask);
                (instance.masks.len() / instance.words - 1) as u32
            })
        });
        let (level, weight) = (request.level, request.weight);
        instance.needs.push(Need { level, weight, value: 0, worth: 0, seats, mask, locked: None });
    }
    instance.seats = seating.seats;
    Ok(())
}

/// What each request is worth: levels as far apart as they must be.
fn worths(instance: &mut Instance, event: &Event) -> Result<(), Invalid> {
    let two_levels = instance.needs.iter().any(|need| need.level == Level::IfPossible);
    let want = if two_levels { i64::from(event.rules.want_outweighs) } else { 1 };
    for need in &mut instance.needs {
        need.value = match need.level {
            Level::Must | Level::Want if instance.complete => 1,
            Level::Must | Level::Want => i64::from(need.weight) * want,
            Level::IfPossible if instance.complete => 1,
            Level::IfPossible => i64::from(need.weight),
            Level::Never => 0,
        };
        need.worth = need.value;
    }
    let too_large = || {
        let message =
            "the weights and numbers of must requests and floors are too large together: scale weights down";
        Invalid::one("requests", message)
    };
    let sum: i64 = instance.needs.iter().map(|need| need.value).sum();
    let floors: i64 = instance.limits.iter().map(|limit| i64::from(limit.floor)).sum();
    instance.floor_worth = if floors > 0 { sum + 1 } else { 0 };
    let all = instance.floor_worth.checked_mul(floors).and_then(|floors| floors.checked_add(sum + 1));
    let must = all.filter(|&all| all < MOST_WORTH).ok_or_else(too_large)?;
    let mut total: i64 = must;
    if instance.complete {
        return Ok(());
    }
    for need in instance.needs.iter_mut().filter(|need| need.level == Level::Must) {
        let worth =
            must.checked_mul(need.weight.into()).filter(|&worth| worth < MOST_WORTH).ok_or_else(too_large)?;
        need.worth += worth;
        total = total.checked_add(worth).filter(|&total| total < MOST_WORTH).ok_or_else(too_large)?;
    }
    Ok(())
}

fn precedences(instance: &mut Instance, event: &Event, index: &Index<'_>) {
    if event.precedences.is_empty() {
        return;
    }
    instance.before = vec![Vec::new(); instance.needs.len()];
    instance.after = vec![Vec::new(); instance.needs.len()];
    for precedence in &event.precedences {
        let (before, after) =
            (index.requests[precedence.before.as_str()], index.requests[precedence.after.as_str()]);
        instance.before[after].push(before as u32);
        instance.after[before].push(after as u32);
    }
}

fn needs_of(instance: &mut Instance) {
    let mut people: Vec<Vec<u32>> = Vec::with_capacity(instance.needs.len());
    let mut counts = vec![0_u32; instance.people + 1];
    for need in &instance.needs {
        let seats = &instance.seats[need.seats.start as usize..need.seats.end as usize];
        let mut of: Vec<u32> = seats.iter().flat_map(Instance::people_of).copied().collect();
        of.sort_unstable();
        of.dedup();
        of.iter().for_each(|&person| counts[person as usize + 1] += 1);
        people.push(of);
    }
    for person in 0..instance.people {
        counts[person + 1] += counts[person];
    }
    let mut next = counts.clone();
    let mut needs_of = vec![0; counts.last().copied().unwrap_or(0) as usize];
    for (need, of) in people.iter().enumerate() {
        for &person in of {
            needs_of[next[person as usize] as usize] = need as u32;
            next[person as usize] += 1;
        }
    }
    instance.needs_start = counts;
    instance.needs_of = needs_of;
}

/// Turns locks into spots, and says which cannot be kept on their own. Collisions show when they are placed.
fn locks(instance: &mut Instance, event: &Event, index: &Index<'_>) -> Result<(), Invalid> {
    let mut faults = Invalid::default();
    let mut taken: HashMap<(u32, u16), usize> = HashMap::new();
    for (at, request) in event.requests.iter().enumerate() {
        let Some(lock) = &request.lock else { continue };
        let table = lock.table.as_ref().map_or(NONE, |table| index.tables[table.as_str()] as u32);
        match locked_spot(instance, event, index, at, lock, table) {
            Err(message) => faults.add(format!("requests[{at}].lock"), message),
            Ok(spot) => {
                instance.needs[at].locked = Some(Locked { spot, table });
                if table != NONE
                    && let Some(other) = taken.insert((table, spot.slot), at)
                {
                    let message = format!("requests[{other}] is locked to the same table and slot");
                    faults.add(format!("requests[{at}].lock"), message);
                }
            }
        }
    }
    faults.or(())
}

fn locked_spot(
    instance: &Instance,
    event: &Event,
    index: &Index<'_>,
    at: usize,
    lock: &Lock,
    table: u32,
) -> Result<Spot, String> {
    let need = &instance.needs[at];
    let slot = index.slots[lock.slot.as_str()];
    let people =
        lock.people.as_ref().map(|pair| pair.each_ref().map(|id| index.participants[id.as_str()] as u32));
    let interpreter = lock
        .interpreter
        .as_ref()
        .map(|id| (event.participants.len() + index.interpreters[id.as_str()]) as u32);
    let fits = |seat: &[u32; 3]| {
        people.is_none_or(|[from, to]| seat[0] == from && seat[1] == to)
            && interpreter.is_none_or(|interpreter| seat[2] == interpreter)
    };
    let mut seats = need.seats.clone().filter(|&seat| fits(&instance.seats[seat as usize])).peekable();
    if seats.peek().is_none() {
        return Err("these people may not meet, or need an interpreter there is not".to_owned());
    }
    let seat =
        seats.find(|&seat| instance.allows(need, &instance.seats[seat as usize], slot)).ok_or_else(|| {
            format!("someone cannot meet in slot \"{}\", or the request excludes it", lock.slot)
        })?;
    let hosted = instance.hosted(&instance.seats[seat as usize], slot);
    let area = if table == NONE {
        match hosted.iter().find(|&&area| area != u16::MAX) {
            Some(&area) => area,
            None => open_area(instance, slot)?,
        }
    } else {
        table_area(instance, event, index, seat, slot, table)?
    };
    Ok(Spot { slot: slot as u16, area, seat })
}

fn open_area(instance: &Instance, slot: usize) -> Result<u16, String> {
    let areas = instance.places.areas;
    let open = (0..areas).find(|area| instance.places.shared[slot * areas + area] > 0);
    open.map(|area| area as u16).ok_or_else(|| "no table is open in that slot".to_owned())
}

fn table_area(
    instance: &Instance,
    event: &Event,
    index: &Index<'_>,
    seat: u32,
    slot: usize,
    table: u32,
) -> Result<u16, String> {
    let place = &event.tables[table as usize];
    let seat = &instance.seats[seat as usize];
    let id = &place.id;
    if place.closed.iter().any(|closed| index.slots[closed.as_str()] == slot) {
        return Err(format!("table \"{id}\" is closed in that slot"));
    }
    match &place.host {
        Some(host) if !seat[..2].contains(&(index.participants[host.as_str()] as u32)) => {
            Err(format!("table \"{id}\" belongs to \"{host}\", who is not of this meeting"))
        }
        None if !instance.shares(seat, slot) => {
            Err(format!("table \"{id}\" is shared, but a host of this meeting has a table"))
        }
        _ => Ok(instance.places.area_of_hall[index.halls[place.hall.as_str()]]),
    }
}
