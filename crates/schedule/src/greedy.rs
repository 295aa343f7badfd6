//! A first timetable: the worthiest and most constrained requests first, each into the emptiest slot.

use crate::bits;
use crate::instance::{Instance, Spot};
use crate::state::State;

/// Ways of a request looked at; more are possible only with large sets.
const MOST_SEATS: usize = 256;

/// Serves requests in order of worth, then of few common slots, then of many requests of their people.
pub(crate) fn fill(state: &mut State<'_>) {
    let instance = state.instance;
    let mut order: Vec<(i64, usize, i64, u32)> = state
        .idle()
        .iter()
        .map(|&need| {
            let (common, degree) = rank(instance, need);
            (-instance.needs[need as usize].worth, common, -(degree as i64), need)
        })
        .collect();
    order.sort_unstable();
    for (_, _, _, need) in order {
        insert(state, need);
    }
    state.commit();
}

/// Serves requests in the order they were made, each in its first free slot: what an open booking page does.
pub(crate) fn first_come(state: &mut State<'_>) {
    let instance = state.instance;
    let mut scratch = Vec::new();
    for need in 0..instance.needs.len() as u32 {
        if !state.spot(need).is_none() {
            continue;
        }
        let first = candidates(state, need)
            .filter(|&spot| clear(state, need, spot, &mut scratch))
            .min_by_key(|spot| spot.slot);
        if let Some(spot) = first {
            state.place(need, spot);
        }
    }
    state.commit();
}

/// Serves one request in the free slot with the most free tables, if there is one.
pub(crate) fn insert(state: &mut State<'_>, need: u32) -> bool {
    let mut scratch = Vec::new();
    let mut best: Option<(u32, Spot)> = None;
    for spot in candidates(state, need).collect::<Vec<_>>() {
        let seat = &state.instance.seats[spot.seat as usize];
        let tables =
            if state.instance.shares(seat, spot.slot as usize) { state.free_tables(spot) } else { u32::MAX };
        if best.is_none_or(|(most, _)| tables > most) && clear(state, need, spot, &mut scratch) {
            best = Some((tables, spot));
        }
    }
    best.is_some_and(|(_, spot)| {
        state.place(need, spot);
        true
    })
}

fn clear(state: &State<'_>, need: u32, spot: Spot, scratch: &mut Vec<u32>) -> bool {
    state.is_clear(&state.instance.needs[need as usize], need, spot, scratch)
}

/// Spots in which the people of a request are free; tables and limits are not looked at.
fn candidates<'s>(state: &'s State<'_>, need: u32) -> impl Iterator<Item = Spot> + 's {
    let instance = state.instance;
    let need = &instance.needs[need as usize];
    need.seats.clone().take(MOST_SEATS).flat_map(move |seat| {
        let people = &instance.seats[seat as usize];
        let free: Vec<u64> = (0..instance.words).map(|word| state.free_word(need, people, word)).collect();
        let slots: Vec<usize> = bits::each(&free).collect();
        slots.into_iter().flat_map(move |slot| {
            let areas = state.areas(people, slot);
            areas.into_iter().map(move |area| Spot { slot: slot as u16, area, seat })
        })
    })
}

fn rank(instance: &Instance, need: u32) -> (usize, usize) {
    let need = &instance.needs[need as usize];
    let mut common = 0;
    let mut degree = 0;
    for seat in need.seats.clone().take(MOST_SEATS) {
        let seat = &instance.seats[seat as usize];
        common += bits::count(&instance.seat_mask(need, seat));
        degree = degree.max(seat[..2].iter().map(|&person| instance.needs_of(person).len()).sum());
    }
    (common, degree)
}
