//! What would have to move, and what to go, for a request to be served.

use serde::{Deserialize, Serialize};

use crate::bits;
use crate::instance::Spot;
use crate::model::{Event, RequestId, SlotId};
use crate::random::Random;
use crate::state::State;

/// A change that serves one more request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exchange {
    /// When the request would be served.
    pub slot: SlotId,
    /// Meetings that would be held in another slot.
    pub moves: Vec<Shift>,
    /// Meetings that would not be held.
    pub drops: Vec<RequestId>,
    /// Value lost less value won (see [`Report::value`](crate::report::Report::value)); below 0 it would pay.
    pub cost: i64,
}

/// A meeting held in another slot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Shift {
    /// Which.
    pub request: RequestId,
    /// When it would be held.
    pub slot: SlotId,
}

/// Ways of a request tried.
const MOST_SEATS: u32 = 64;
/// Draws for a free place of a meeting that has to go.
const DRAWS: usize = 8;

/// The exchange with the least loss, then the fewest changes: each meeting in the way takes a free place, or that of
/// one that can take a free place, or is dropped. Leaves the timetable as it was.
pub(super) fn cheapest(event: &Event, state: &mut State<'_>, need: u32) -> Option<Exchange> {
    let instance = state.instance;
    let wanted = &instance.needs[need as usize];
    let mut random = Random::new(need.into());
    let mut best: Option<((i64, usize), Exchange)> = None;
    let before = state.spots().to_vec();
    let value = |need: u32| instance.needs[need as usize].value;
    for seat in wanted.seats.clone().take(MOST_SEATS as usize) {
        let people = &instance.seats[seat as usize];
        for slot in bits::each(&instance.seat_mask(wanted, people)) {
            let area = state.draw_area(people, slot, &mut random);
            let mark = state.mark();
            let mut touched = vec![];
            if serve(state, need, Spot { slot: slot as u16, area, seat }, &mut random, &mut touched) {
                let drops: Vec<u32> =
                    touched.iter().copied().filter(|&other| state.spot(other).is_none()).collect();
                let moves: Vec<u32> = touched
                    .iter()
                    .copied()
                    .filter(|&other| {
                        !state.spot(other).is_none() && state.spot(other) != before[other as usize]
                    })
                    .collect();
                let cost = drops.iter().map(|&other| value(other)).sum::<i64>() - value(need);
                let rank = (cost, moves.len() + drops.len());
                if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                    let request = |need: u32| event.requests[need as usize].id.clone();
                    let at = |slot: u16| event.slots[slot as usize].id.clone();
                    let shift = |other| Shift { request: request(other), slot: at(state.spot(other).slot) };
                    let exchange = Exchange {
                        slot: at(slot as u16),
                        moves: moves.into_iter().map(shift).collect(),
                        drops: drops.into_iter().map(request).collect(),
                        cost,
                    };
                    best = Some((rank, exchange));
                }
            }
            state.roll_back(mark);
        }
    }
    best.map(|(_, exchange)| exchange)
}

/// Serves `need` at `spot` and moves those in the way, as far as they can be moved in one or two steps.
fn serve(state: &mut State<'_>, need: u32, spot: Spot, random: &mut Random, touched: &mut Vec<u32>) -> bool {
    let mut in_the_way = Vec::new();
    if !state.conflicts(need, spot, random, &mut in_the_way) {
        return false;
    }
    for &other in &in_the_way {
        state.remove(other);
        touched.push(other);
    }
    state.place(need, spot);
    for other in in_the_way {
        if !settle(state, other, random) {
            make_way(state, other, need, random, touched);
        }
    }
    true
}

fn settle(state: &mut State<'_>, need: u32, random: &mut Random) -> bool {
    let mut scratch = Vec::new();
    for _ in 0..DRAWS {
        if let Some(spot) = state.draw_free(need, random, &mut scratch) {
            state.place(need, spot);
            return true;
        }
    }
    false
}

/// Serves `need` where a single other meeting stands that can go elsewhere.
fn make_way(state: &mut State<'_>, need: u32, first: u32, random: &mut Random, touched: &mut Vec<u32>) {
    let instance = state.instance;
    let wanted = &instance.needs[need as usize];
    let mut in_the_way = Vec::new();
    for seat in wanted.seats.clone().take(MOST_SEATS as usize) {
        let people = &instance.seats[seat as usize];
        for slot in bits::each(&instance.seat_mask(wanted, people)) {
            let area = state.draw_area(people, slot, random);
            let spot = Spot { slot: slot as u16, area, seat };
            if !state.conflicts(need, spot, random, &mut in_the_way) {
                continue;
            }
            let &[other] = &in_the_way[..] else { continue };
            if other == first {
                continue;
            }
            let mark = state.mark();
            state.remove(other);
            state.place(need, spot);
            if settle(state, other, random) {
                touched.push(other);
                return;
            }
            state.roll_back(mark);
        }
    }
}
