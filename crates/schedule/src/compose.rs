//! From the search's numbers back to names.

use std::collections::HashMap;

use crate::instance::{Instance, NONE, Spot};
use crate::model::{Event, Meeting, Timetable};
use crate::tables;

/// The timetable of `spots`; tables of `before` are kept for meetings that keep their slot.
pub(crate) fn timetable(
    event: &Event,
    instance: &Instance,
    spots: &[Spot],
    before: Option<&Timetable>,
) -> Timetable {
    let confirmed = before.map(|before| confirmed(event, before)).unwrap_or_default();
    let table = tables::assign(event, instance, spots, &confirmed);
    let mut order: Vec<(u16, u32, u32)> = spots
        .iter()
        .enumerate()
        .filter(|(_, spot)| !spot.is_none())
        .map(|(need, spot)| (spot.slot, table[need], need as u32))
        .collect();
    order.sort_unstable();
    let meeting = |(slot, table, need): (u16, u32, u32)| {
        let [from, to, interpreter] = instance.seats[spots[need as usize].seat as usize];
        let person = |number: u32| event.participants[number as usize].id.clone();
        let interpreter = (interpreter != NONE)
            .then(|| event.interpreters[interpreter as usize - instance.participants].id.clone());
        Meeting {
            request: event.requests[need as usize].id.clone(),
            slot: event.slots[slot as usize].id.clone(),
            table: tables::id_of(event, table).clone(),
            from: person(from),
            to: person(to),
            interpreter,
        }
    };
    Timetable { meetings: order.into_iter().map(meeting).collect() }
}

fn confirmed(event: &Event, before: &Timetable) -> HashMap<(u32, u16), u32> {
    let requests: HashMap<_, u32> = event.requests.iter().map(|request| &request.id).zip(0..).collect();
    let slots: HashMap<_, u16> = event.slots.iter().map(|slot| &slot.id).zip(0..).collect();
    let tables: HashMap<_, u32> = event.tables.iter().map(|table| &table.id).zip(0..).collect();
    let known = before.meetings.iter().filter_map(|meeting| {
        let key = (*requests.get(&meeting.request)?, *slots.get(&meeting.slot)?);
        Some((key, *tables.get(&meeting.table)?))
    });
    known.collect()
}
