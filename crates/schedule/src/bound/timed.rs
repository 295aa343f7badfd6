//! The dual with a price for each person in each slot and for each slot's tables. First the prices of one person after
//! another are made the best there are, given all others; then subgradient steps go on (step length after Polyak,
//! towards what is known to be served). Prices are whole numbers of 1 / [`UNIT`], so that the bound is exact.

use super::block;
use super::summed::{self, Dual};
use crate::instance::{Instance, Need, Seat};

/// Parts of a unit of value.
const UNIT: i64 = 1 << 16;
/// Rounds of single people's prices at most.
const ROUNDS: usize = 12;
/// Requests of a person above which their own prices are left as they are.
const MOST_REQUESTS: usize = 2_000;
/// Steps at most, and steps without progress after which they become shorter.
const STEPS: usize = 800;
const PATIENCE: usize = 15;
/// Steps after which the best is counted anew.
const SETTLING: usize = 5;
/// Shortest step, as a share of Polyak's.
const SHORTEST: f64 = 0.02;
/// First step, as a share of Polyak's.
const START: f64 = 8.0;
/// Share of the former heading in the next.
const MEMORY: f64 = 0.9;
/// Work (ways times slots) above which a step takes too long.
const MOST_WORK: usize = 8 << 20;

/// A bound at most `bound`, which `dual` proves; stops at `served`.
pub(super) fn improve(instance: &Instance, dual: &Dual<'_>, bound: i64, served: i64) -> i64 {
    if instance.seats.len().saturating_mul(instance.slots) > MOST_WORK {
        return bound;
    }
    let mut prices = Prices::new(instance, dual);
    let mut blocks = prices.value();
    for _ in 0..ROUNDS {
        (0..instance.people as u32).for_each(|person| prices.settle(person));
        let value = prices.value();
        if value >= blocks {
            break;
        }
        blocks = value;
    }
    if blocks / UNIT <= served {
        return blocks.div_euclid(UNIT).clamp(served, bound);
    }
    // The first steps lead up, away from prices at which many choices are equal: they are judged by themselves.
    let (mut best, mut share, mut waited) = (i64::MAX, START, 0);
    for step in 0..STEPS {
        let value = prices.value();
        waited = if value < best { 0 } else { waited + 1 };
        best = if step == SETTLING { value } else { best.min(value) };
        if best / UNIT <= served || share < SHORTEST {
            break;
        }
        if waited > PATIENCE {
            (waited, share) = (0, share * 0.8);
        }
        prices.step(share * (value - served * UNIT) as f64);
    }
    best.min(blocks).div_euclid(UNIT).clamp(served, bound)
}

struct Prices<'a> {
    instance: &'a Instance,
    dual: &'a Dual<'a>,
    /// By person and slot; then by slot for its tables; then by person, for all their meetings together.
    all: Vec<i64>,
    /// How many there are of what each price is for.
    supply: Vec<i64>,
    /// How many were asked for at the last look.
    demand: Vec<i64>,
    /// Where prices are heading: what is asked for less what there is, older looks fading.
    heading: Vec<f64>,
}

impl<'a> Prices<'a> {
    fn new(instance: &'a Instance, dual: &'a Dual<'a>) -> Self {
        let cells = instance.people * instance.slots;
        let size = cells + instance.slots + instance.people;
        let mut prices = Self {
            instance,
            dual,
            all: vec![0; size],
            supply: vec![0; size],
            demand: vec![0; size],
            heading: vec![0.0; size],
        };
        for person in 0..instance.people {
            let open = crate::bits::count(instance.open_of(person as u32));
            let price = dual.price[person] * UNIT;
            let limited = dual.most[person] < open;
            for slot in crate::bits::each(instance.open_of(person as u32)) {
                let at = person * instance.slots + slot;
                prices.supply[at] = 1;
                prices.all[at] = if limited { 0 } else { price };
            }
            prices.supply[cells + instance.slots + person] = dual.most[person] as i64;
            prices.all[cells + instance.slots + person] = if limited { price } else { 0 };
        }
        for slot in 0..instance.slots {
            prices.supply[cells + slot] = summed::tables_in(instance, slot) as i64;
            prices.all[cells + slot] = dual.table * UNIT;
        }
        prices
    }

    /// The bound at these prices, in units; notes what is asked for.
    fn value(&mut self) -> i64 {
        self.demand.fill(0);
        let mut sum: i64 = self.all.iter().zip(&self.supply).map(|(price, supply)| price * supply).sum();
        for (number, need) in self.instance.needs.iter().enumerate() {
            if !self.dual.servable[number] {
                continue;
            }
            if !Dual::is_priced(need) {
                sum += need.value * UNIT;
                continue;
            }
            if let Some((price, seat, slot)) = self.cheapest(number, need)
                && price < need.value * UNIT
            {
                sum += need.value * UNIT - price;
                self.count(seat, slot);
            }
        }
        sum
    }

    /// Makes a person's prices the best there are, given all others.
    fn settle(&mut self, person: u32) {
        let instance = self.instance;
        let needs: Vec<u32> =
            instance.needs_of(person).iter().copied().filter(|&need| self.is_simple(need)).collect();
        if needs.is_empty() || needs.len() > MOST_REQUESTS || needs.len() < instance.needs_of(person).len() {
            return;
        }
        let slots: Vec<usize> = crate::bits::each(instance.open_of(person)).collect();
        let own = person as usize * instance.slots;
        for &slot in &slots {
            self.all[own + slot] = 0;
        }
        let gain = |slot: usize, need: u32| {
            let need = &instance.needs[need as usize];
            let seat = &instance.seats[need.seats.start as usize];
            if instance.allows(need, seat, slot) { need.value * UNIT - self.price(seat, slot) } else { 0 }
        };
        let gains: Vec<Vec<i64>> =
            slots.iter().map(|&slot| needs.iter().map(|&need| gain(slot, need)).collect()).collect();
        for (slot, price) in slots.iter().zip(block::prices(&gains, needs.len())) {
            self.all[own + slot] = price;
        }
    }

    /// Whether a request has a single way to be served.
    fn is_simple(&self, need: u32) -> bool {
        self.instance.needs[need as usize].seats.len() == 1
    }

    /// What a meeting in a slot costs.
    fn price(&self, seat: &Seat, slot: usize) -> i64 {
        let instance = self.instance;
        let cells = instance.people * instance.slots;
        let of = |person: u32| {
            let person = person as usize;
            self.all[person * instance.slots + slot] + self.all[cells + instance.slots + person]
        };
        let people: i64 = Instance::people_of(seat).iter().map(|&person| of(person)).sum();
        people + if instance.shares(seat, slot) { self.all[cells + slot] } else { 0 }
    }

    fn cheapest(&self, number: usize, need: &Need) -> Option<(i64, u32, usize)> {
        let instance = self.instance;
        let cells = instance.people * instance.slots;
        // Among equals one that depends on the request, or all would crowd into the first slot.
        let turn = number * 7 % instance.slots.max(1);
        let mut best: Option<(i64, usize, u32, usize)> = None;
        for at in need.seats.clone() {
            let seat = &instance.seats[at as usize];
            let people = Instance::people_of(seat);
            let whole: i64 = people.iter().map(|&p| self.all[cells + instance.slots + p as usize]).sum();
            for word in 0..instance.words {
                let mut rest = instance.seat_word(need, seat, word);
                while rest != 0 {
                    let slot = word * 64 + rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    let time: i64 =
                        people.iter().map(|&p| self.all[p as usize * instance.slots + slot]).sum();
                    let table = if instance.shares(seat, slot) { self.all[cells + slot] } else { 0 };
                    let price = whole + time + table;
                    let rank = (slot + turn) % instance.slots;
                    if best.is_none_or(|(least, first, _, _)| (price, rank) < (least, first)) {
                        best = Some((price, rank, at, slot));
                    }
                }
            }
        }
        best.map(|(price, _, at, slot)| (price, at, slot))
    }

    fn count(&mut self, seat: u32, slot: usize) {
        let instance = self.instance;
        let cells = instance.people * instance.slots;
        let seat = &instance.seats[seat as usize];
        for &person in Instance::people_of(seat) {
            self.demand[person as usize * instance.slots + slot] += 1;
            self.demand[cells + instance.slots + person as usize] += 1;
        }
        if instance.shares(seat, slot) {
            self.demand[cells + slot] += 1;
        }
    }

    /// Prices go up where more is asked for than there is, and down where less is. `way` is how far the value should fall.
    fn step(&mut self, way: f64) {
        let excess = |at: usize| self.demand[at] - self.supply[at];
        // What costs nothing and is not asked for cannot become cheaper.
        let moves = |at: &usize| excess(*at) > 0 || excess(*at) < 0 && self.all[*at] > 0;
        let square: i64 = (0..self.all.len()).filter(moves).map(|at| excess(at) * excess(at)).sum();
        if square == 0 {
            return;
        }
        let length = (1.0 - MEMORY) * way / square as f64;
        for at in 0..self.all.len() {
            let heading = MEMORY * self.heading[at] + length * (self.demand[at] - self.supply[at]) as f64;
            let price = (self.all[at] + heading as i64).max(0);
            self.heading[at] = if price == 0 { heading.max(0.0) } else { heading };
            self.all[at] = price;
        }
    }
}
