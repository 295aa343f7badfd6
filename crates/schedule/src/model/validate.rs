//! Checks of an event by itself: names that exist, numbers in range, times in order.
//! What only shows when everything is put together (locks that collide) is checked by `instance`.

use std::collections::HashMap;

use jiff::tz::TimeZone;

use super::{Event, Invalid, Level, Limits, Pause, SlotId};

/// Largest event accepted, so that a hostile file cannot exhaust memory.
pub(crate) mod most {
    /// Slots.
    pub(crate) const SLOTS: usize = 4_096;
    /// Participants and interpreters.
    pub(crate) const PEOPLE: usize = 200_000;
    /// Diary cells: people times slots.
    pub(crate) const CELLS: usize = 64 << 20;
    /// Requests.
    pub(crate) const REQUESTS: usize = 1_000_000;
    /// Tables.
    pub(crate) const TABLES: usize = 50_000;
    /// Halls.
    pub(crate) const HALLS: usize = 1_000;
    /// Ways to serve requests: pairs of people, times interpreters.
    pub(crate) const SEATS: usize = 16 << 20;
    /// Minutes of a slot or a walk.
    pub(crate) const MINUTES: u32 = 1_440;
    /// Weight of a request.
    pub(crate) const WEIGHT: u32 = 10_000;
    /// `want_outweighs`.
    pub(crate) const OUTWEIGHS: u32 = 1_000;
}

/// Positions by identifier.
pub(crate) struct Index<'a> {
    pub(crate) slots: HashMap<&'a str, usize>,
    pub(crate) halls: HashMap<&'a str, usize>,
    pub(crate) tables: HashMap<&'a str, usize>,
    pub(crate) participants: HashMap<&'a str, usize>,
    pub(crate) interpreters: HashMap<&'a str, usize>,
    pub(crate) requests: HashMap<&'a str, usize>,
}

/// The positions of everything in `event`, or what is wrong with it.
pub(crate) fn index(event: &Event) -> Result<Index<'_>, Invalid> {
    let mut faults = Invalid::default();
    sizes(event, &mut faults);
    if faults.count > 0 {
        return Err(faults);
    }
    let index = Index {
        slots: unique("slots", event.slots.iter().map(|slot| slot.id.as_str()), &mut faults),
        halls: unique("halls", event.halls.iter().map(|hall| hall.id.as_str()), &mut faults),
        tables: unique("tables", event.tables.iter().map(|table| table.id.as_str()), &mut faults),
        participants: unique("participants", event.participants.iter().map(|p| p.id.as_str()), &mut faults),
        interpreters: unique("interpreters", event.interpreters.iter().map(|i| i.id.as_str()), &mut faults),
        requests: unique("requests", event.requests.iter().map(|r| r.id.as_str()), &mut faults),
    };
    slots(event, &mut faults);
    places(event, &index, &mut faults);
    people(event, &index, &mut faults);
    requests(event, &index, &mut faults);
    faults.or(index)
}

fn sizes(event: &Event, faults: &mut Invalid) {
    let people = event.participants.len() + event.interpreters.len();
    let counts = [
        ("slots", event.slots.len(), most::SLOTS),
        ("participants and interpreters", people, most::PEOPLE),
        ("people times slots", people.saturating_mul(event.slots.len()), most::CELLS),
        ("requests", event.requests.len(), most::REQUESTS),
        ("tables", event.tables.len(), most::TABLES),
        ("halls", event.halls.len(), most::HALLS),
    ];
    for (what, count, most) in counts {
        if count > most {
            faults.add(what, format!("{count} are too many: at most {most}; split the event"));
        }
    }
}

fn unique<'a>(
    kind: &str,
    ids: impl Iterator<Item = &'a str>,
    faults: &mut Invalid,
) -> HashMap<&'a str, usize> {
    let mut positions = HashMap::new();
    for (at, id) in ids.enumerate() {
        if id.is_empty() {
            faults.add(format!("{kind}[{at}].id"), "is empty: give each a name of its own");
        }
        if let Some(first) = positions.insert(id, at) {
            faults.add(
                format!("{kind}[{at}].id"),
                format!("\"{id}\" is also {kind}[{first}]: names must be unique"),
            );
        }
    }
    positions
}

fn slots(event: &Event, faults: &mut Invalid) {
    zone("zone", Some(&event.zone), faults);
    let mut sessions: HashMap<&str, usize> = HashMap::new();
    for (at, slot) in event.slots.iter().enumerate() {
        if slot.minutes == 0 || slot.minutes > most::MINUTES {
            faults.add(format!("slots[{at}].minutes"), format!("must be 1 to {}", most::MINUTES));
        }
        if let Some(before) = at.checked_sub(1).map(|at| &event.slots[at]) {
            let end = before.start.as_second() + i64::from(before.minutes) * 60;
            if slot.start.as_second() < end {
                let message =
                    format!("begins before slot \"{}\" has ended: list slots in order of time", before.id);
                faults.add(format!("slots[{at}].start"), message);
            }
        }
        if let Some(last) = sessions.insert(&slot.session, at)
            && last + 1 != at
        {
            let message =
                format!("session \"{}\" is interrupted by another: name it differently", slot.session);
            faults.add(format!("slots[{at}].session"), message);
        }
    }
}

fn places(event: &Event, index: &Index<'_>, faults: &mut Invalid) {
    for (at, walk) in event.walks.iter().enumerate() {
        for (end, hall) in [("from", &walk.from), ("to", &walk.to)] {
            known(&index.halls, "hall", hall.as_str(), || format!("walks[{at}].{end}"), faults);
        }
        if walk.minutes > most::MINUTES {
            faults.add(format!("walks[{at}].minutes"), format!("must be at most {}", most::MINUTES));
        }
    }
    let mut hosts: HashMap<&str, usize> = HashMap::new();
    let mut hosted = vec![0_usize; event.halls.len()];
    for (at, table) in event.tables.iter().enumerate() {
        known(&index.halls, "hall", table.hall.as_str(), || format!("tables[{at}].hall"), faults);
        if let Some(host) = &table.host {
            known(&index.participants, "participant", host.as_str(), || format!("tables[{at}].host"), faults);
            if let Some(first) = hosts.insert(host.as_str(), at) {
                let message = format!("\"{host}\" already hosts tables[{first}]: one table a host");
                faults.add(format!("tables[{at}].host"), message);
            }
            if let Some(&hall) = index.halls.get(table.hall.as_str()) {
                hosted[hall] += 1;
            }
        }
        known_slots(index, &table.closed, || format!("tables[{at}].closed"), faults);
    }
    for (at, hall) in event.halls.iter().enumerate() {
        if let Some(capacity) = hall.capacity
            && (capacity as usize) < hosted[at]
        {
            let message = format!("is below the {} tables with a host that stand there", hosted[at]);
            faults.add(format!("halls[{at}].capacity"), message);
        }
    }
}

fn people(event: &Event, index: &Index<'_>, faults: &mut Invalid) {
    pauses("rules", &event.rules.pauses, faults);
    if event.rules.want_outweighs == 0 || event.rules.want_outweighs > most::OUTWEIGHS {
        faults.add("rules.want_outweighs", format!("must be 1 to {}", most::OUTWEIGHS));
    }
    let participants = event
        .participants
        .iter()
        .map(|p| (&p.available, &p.pauses, &p.limits))
        .enumerate()
        .map(|x| ("participants", x));
    let interpreters = event
        .interpreters
        .iter()
        .map(|i| (&i.available, &i.pauses, &i.limits))
        .enumerate()
        .map(|x| ("interpreters", x));
    for (kind, (at, (available, own_pauses, limits))) in participants.chain(interpreters) {
        let place = || format!("{kind}[{at}]");
        if let Some(only) = &available.slots {
            known_slots(index, only, || format!("{kind}[{at}].available.slots"), faults);
        }
        known_slots(index, &available.except, || format!("{kind}[{at}].available.except"), faults);
        if available.zone.is_some() {
            zone(&format!("{}.available.zone", place()), available.zone.as_deref(), faults);
        }
        for hours in &available.hours {
            if hours.from >= hours.to {
                faults
                    .add(format!("{}.available.hours", place()), "end before they begin: split at midnight");
            }
        }
        if !own_pauses.is_empty() {
            pauses(&place(), own_pauses, faults);
        }
        self::limits(limits, place, faults);
    }
    for (at, interpreter) in event.interpreters.iter().enumerate() {
        if interpreter.languages.len() < 2 {
            faults.add(format!("interpreters[{at}].languages"), "names fewer than two languages");
        }
    }
}

fn limits(limits: &Limits, place: impl Fn() -> String, faults: &mut Invalid) {
    if limits.cap.is_some_and(|cap| cap < limits.floor) {
        faults.add(format!("{}.limits", place()), "promises more meetings (floor) than it allows (cap)");
    }
    if limits.longest_run == Some(0) {
        faults
            .add(format!("{}.limits.longest_run", place()), "must be at least 1; use cap 0 for no meetings");
    }
    if limits.rest == Some(0) {
        faults.add(format!("{}.limits.rest", place()), "must be at least 1, or be left out");
    }
}

fn pauses(place: &str, pauses: &[Pause], faults: &mut Invalid) {
    for (at, pause) in pauses.iter().enumerate() {
        if pause.from >= pause.to {
            faults.add(format!("{place}.pauses[{at}]"), "ends before it begins: split at midnight");
            continue;
        }
        let window = crate::model::minutes_between(pause.from, pause.to);
        if pause.minutes.is_some_and(|minutes| minutes == 0 || minutes > window) {
            faults.add(
                format!("{place}.pauses[{at}].minutes"),
                format!("must be 1 to {window}, the window's length"),
            );
        }
    }
}

fn requests(event: &Event, index: &Index<'_>, faults: &mut Invalid) {
    for (at, request) in event.requests.iter().enumerate() {
        for (side, people) in [("from", &request.from), ("to", &request.to)] {
            if people.is_empty() {
                faults.add(format!("requests[{at}].{side}"), "is empty: name at least one participant");
            }
            for person in people {
                known(
                    &index.participants,
                    "participant",
                    person.as_str(),
                    || format!("requests[{at}].{side}"),
                    faults,
                );
            }
        }
        if request.from.len() == 1 && request.from == request.to {
            faults.add(format!("requests[{at}]"), format!("\"{}\" cannot meet themselves", request.from[0]));
        }
        if request.weight == 0 || request.weight > most::WEIGHT {
            faults.add(format!("requests[{at}].weight"), format!("must be 1 to {}", most::WEIGHT));
        }
        if let Some(only) = &request.slots {
            known_slots(index, only, || format!("requests[{at}].slots"), faults);
        }
        if let Some(lock) = &request.lock {
            if request.level == Level::Never {
                faults.add(format!("requests[{at}].lock"), "a declined request cannot be locked");
            }
            known_slots(
                index,
                std::slice::from_ref(&lock.slot),
                || format!("requests[{at}].lock.slot"),
                faults,
            );
            if let Some(table) = &lock.table {
                known(
                    &index.tables,
                    "table",
                    table.as_str(),
                    || format!("requests[{at}].lock.table"),
                    faults,
                );
            }
            if let Some(interpreter) = &lock.interpreter {
                let place = || format!("requests[{at}].lock.interpreter");
                known(&index.interpreters, "interpreter", interpreter.as_str(), place, faults);
            }
            if let Some([from, to]) = &lock.people
                && !(request.from.contains(from) && request.to.contains(to))
            {
                faults.add(format!("requests[{at}].lock.people"), "are not of the request's two sides");
            }
        }
    }
    for (at, precedence) in event.precedences.iter().enumerate() {
        for (end, id) in [("before", &precedence.before), ("after", &precedence.after)] {
            known(&index.requests, "request", id.as_str(), || format!("precedences[{at}].{end}"), faults);
        }
        if precedence.before == precedence.after {
            faults.add(format!("precedences[{at}]"), "a meeting cannot come before itself");
        }
    }
}

fn known(
    ids: &HashMap<&str, usize>,
    kind: &str,
    id: &str,
    place: impl FnOnce() -> String,
    faults: &mut Invalid,
) {
    if !ids.contains_key(id) {
        faults.add(place(), format!("there is no {kind} \"{id}\""));
    }
}

fn known_slots(index: &Index<'_>, slots: &[SlotId], place: impl Fn() -> String, faults: &mut Invalid) {
    for slot in slots {
        known(&index.slots, "slot", slot.as_str(), &place, faults);
    }
}

fn zone(place: &str, name: Option<&str>, faults: &mut Invalid) {
    if let Some(name) = name
        && TimeZone::get(name).is_err()
    {
        faults.add(place, format!("\"{name}\" is no IANA time zone; an example is \"Asia/Yangon\""));
    }
}
