//! Halls and tables as areas and counts.

use super::Places;
use crate::bits;
use crate::model::Event;
use crate::model::validate::Index;

/// How many tables there are for whom, and where walking matters.
pub(super) fn places(event: &Event, index: &Index<'_>, people: usize) -> Places {
    let (slots, words) = (event.slots.len(), event.slots.len().div_ceil(64));
    let start: Vec<i64> = event.slots.iter().map(|slot| slot.start.as_second()).collect();
    let end: Vec<i64> =
        event.slots.iter().map(|slot| slot.start.as_second() + i64::from(slot.minutes) * 60).collect();
    let longest =
        event.walks.iter().filter(|walk| walk.from != walk.to).map(|walk| walk.minutes).max().unwrap_or(0);
    let shortest_gap = (1..slots).map(|slot| start[slot] - end[slot - 1]).min().unwrap_or(i64::MAX);
    let apart = i64::from(longest) * 60 > shortest_gap;
    let areas = if apart { event.halls.len().max(1) } else { 1 };
    let area_of_hall: Vec<u16> =
        (0..event.halls.len()).map(|hall| if apart { hall as u16 } else { 0 }).collect();
    let mut places = Places {
        areas,
        shared: shared(event, index, areas, &area_of_hall),
        area_of_hall,
        total: event.slots.iter().map(|slot| slot.capacity.unwrap_or(u32::MAX)).collect(),
        host_area: vec![u16::MAX; people],
        host_open: vec![0; people * words],
        near: vec![Vec::new(); slots],
        start,
        end,
        walk: vec![0; areas * areas],
    };
    for table in &event.tables {
        let Some(host) = &table.host else { continue };
        let host = index.participants[host.as_str()];
        places.host_area[host] = places.area_of_hall[index.halls[table.hall.as_str()]];
        let open = &mut places.host_open[host * words..(host + 1) * words];
        open.copy_from_slice(&bits::full(slots));
        for slot in &table.closed {
            bits::take(open, index.slots[slot.as_str()]);
        }
    }
    if apart {
        for walk in event.walks.iter().filter(|walk| walk.from != walk.to) {
            let (from, to) = (index.halls[walk.from.as_str()], index.halls[walk.to.as_str()]);
            let minutes = walk.minutes.max(places.walk[from * areas + to]);
            places.walk[from * areas + to] = minutes;
            places.walk[to * areas + from] = minutes;
        }
        for slot in 0..slots {
            let too_near = |&other: &usize| {
                let gap = places.start[slot.max(other)] - places.end[slot.min(other)];
                other != slot && gap < i64::from(longest) * 60
            };
            places.near[slot] = (0..slots).filter(too_near).map(|other| other as u16).collect();
        }
    }
    places
}

/// Shared tables that can be in use at once, by slot and area: the hall's capacity is first for its hosts.
fn shared(event: &Event, index: &Index<'_>, areas: usize, area_of_hall: &[u16]) -> Vec<u32> {
    let slots = event.slots.len();
    let mut by_hall = vec![0_u32; slots * event.halls.len()];
    let mut hosts = vec![0_u32; event.halls.len()];
    for table in &event.tables {
        let hall = index.halls[table.hall.as_str()];
        if table.host.is_some() {
            hosts[hall] += 1;
            continue;
        }
        for slot in 0..slots {
            by_hall[slot * event.halls.len() + hall] += 1;
        }
        let mut closed: Vec<usize> = table.closed.iter().map(|slot| index.slots[slot.as_str()]).collect();
        closed.sort_unstable();
        closed.dedup();
        for slot in closed {
            by_hall[slot * event.halls.len() + hall] -= 1;
        }
    }
    let mut shared = vec![0_u32; slots * areas];
    for slot in 0..slots {
        for (at, hall) in event.halls.iter().enumerate() {
            let room = hall.capacity.map_or(u32::MAX, |capacity| capacity - hosts[at]);
            shared[slot * areas + area_of_hall[at] as usize] +=
                by_hall[slot * event.halls.len() + at].min(room);
        }
    }
    shared
}
