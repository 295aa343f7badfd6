//! The Lagrangian dual with times summed up: a price for each person's time and one for a table; coordinate descent
//! sets each price where demand meets supply.

use crate::bits;
use crate::instance::{Instance, Need};
use crate::model::Level;

/// Rounds of descent; each makes the bound better or leaves it.
const ROUNDS: usize = 60;
/// Requests with more ways than this are priced at zero: a weaker bound, still a bound.
const MOST_SEATS: usize = 4_096;

/// Steps after which the longest run of a session is not looked into: again weaker, still a bound.
const MOST_STEPS: usize = 1 << 20;

pub(super) struct Dual<'a> {
    instance: &'a Instance,
    /// Meetings each person can have at most.
    pub(super) most: Vec<usize>,
    /// Price of a meeting of each person.
    pub(super) price: Vec<i64>,
    /// Price of a shared table.
    pub(super) table: i64,
    tables: usize,
    /// Whether a seat needs a shared table in every slot, by seat.
    shares: Vec<bool>,
    /// Whether a request can be served at all.
    pub(super) servable: Vec<bool>,
}

impl<'a> Dual<'a> {
    pub(super) fn new(instance: &'a Instance) -> Self {
        let mut wanted = vec![0_u64; instance.people * instance.words];
        let mut shares = vec![false; instance.seats.len()];
        let mut servable = vec![false; instance.needs.len()];
        for (number, need) in instance.needs.iter().enumerate() {
            for at in need.seats.clone() {
                let seat = &instance.seats[at as usize];
                let mask = instance.seat_mask(need, seat);
                servable[number] |= mask.iter().any(|&word| word != 0);
                for &person in Instance::people_of(seat) {
                    let first = person as usize * instance.words;
                    wanted[first..first + instance.words]
                        .iter_mut()
                        .zip(&mask)
                        .for_each(|(all, one)| *all |= one);
                }
                shares[at as usize] = bits::each(&mask).all(|slot| instance.shares(seat, slot));
            }
        }
        let most = (0..instance.people)
            .map(|person| {
                let mask = &wanted[person * instance.words..(person + 1) * instance.words];
                most_meetings(instance, person, mask)
            })
            .collect();
        let tables = (0..instance.slots).map(|slot| tables_in(instance, slot)).sum();
        Self { instance, most, price: vec![0; instance.people], table: 0, tables, shares, servable }
    }

    /// Descends to prices from which no single change leads further; the bound they prove.
    pub(super) fn solve(&mut self) -> i64 {
        let mut best = self.value();
        for _ in 0..ROUNDS {
            self.descend();
            let value = self.value();
            if value >= best {
                break;
            }
            best = value;
        }
        best
    }

    fn seat_price(&self, at: u32) -> i64 {
        let seat = &self.instance.seats[at as usize];
        let people: i64 = Instance::people_of(seat).iter().map(|&person| self.price[person as usize]).sum();
        people + if self.shares[at as usize] { self.table } else { 0 }
    }

    pub(super) fn is_priced(need: &Need) -> bool {
        need.seats.len() <= MOST_SEATS
    }

    fn value(&self) -> i64 {
        let requests: i64 =
            self.instance.needs.iter().enumerate().map(|(number, need)| self.surplus(number, need)).sum();
        let people: i64 = self.price.iter().zip(&self.most).map(|(price, &most)| price * most as i64).sum();
        requests + people + self.table * self.tables as i64
    }

    fn surplus(&self, number: usize, need: &Need) -> i64 {
        if !self.servable[number] {
            return 0;
        }
        if !Self::is_priced(need) {
            return need.value;
        }
        let price = need.seats.clone().map(|at| self.seat_price(at)).min().unwrap_or(i64::MAX / 2);
        (need.value - price).max(0)
    }

    fn descend(&mut self) {
        let mut gains = Vec::new();
        for person in 0..self.instance.people as u32 {
            gains.clear();
            let needs = self.instance.needs_of(person).iter();
            gains.extend(needs.filter_map(|&need| {
                self.gain(
                    need,
                    |seat, _| Instance::people_of(seat).contains(&person),
                    self.price[person as usize],
                )
            }));
            self.price[person as usize] = nth_largest(&mut gains, self.most[person as usize]);
        }
        gains.clear();
        let needs = 0..self.instance.needs.len() as u32;
        gains.extend(needs.filter_map(|need| self.gain(need, |_, shares| shares, self.table)));
        self.table = nth_largest(&mut gains, self.tables);
    }

    /// The price up to which a request would still be served by a seat that pays it (`pays`): what it gains
    /// over its other seats, or over not being served.
    fn gain(&self, number: u32, pays: impl Fn(&[u32; 3], bool) -> bool, price: i64) -> Option<i64> {
        let need = &self.instance.needs[number as usize];
        if !self.servable[number as usize] || !Self::is_priced(need) || need.level == Level::Never {
            return None;
        }
        let (mut paying, mut other) = (i64::MAX / 2, i64::MAX / 2);
        for at in need.seats.clone() {
            let total = self.seat_price(at);
            if pays(&self.instance.seats[at as usize], self.shares[at as usize]) {
                paying = paying.min(total - price);
            } else {
                other = other.min(total);
            }
        }
        let gain = need.value - paying - (need.value - other).max(0);
        (gain > 0).then_some(gain)
    }
}

/// The `rank`-th largest, counted from 0, or 0 if there are not so many.
fn nth_largest(values: &mut [i64], rank: usize) -> i64 {
    if rank >= values.len() {
        return 0;
    }
    *values.select_nth_unstable_by(rank, |one, other| other.cmp(one)).1
}

/// Shared tables in use at most in a slot, or fewer where the slot has a total.
pub(super) fn tables_in(instance: &Instance, slot: usize) -> usize {
    let areas = instance.places.areas;
    let shared: usize =
        instance.places.shared[slot * areas..(slot + 1) * areas].iter().map(|&tables| tables as usize).sum();
    shared.min(instance.places.total[slot] as usize)
}

/// Meetings a person can have within `mask` at most, by cap and by stretches: the longest run, then a rest.
pub(crate) fn most_meetings(instance: &Instance, person: usize, mask: &[u64]) -> usize {
    let limit = &instance.limits[person];
    let free = bits::count(mask);
    let by_runs = if limit.run == u16::MAX {
        free
    } else {
        instance
            .session_masks
            .iter()
            .map(|session| most_in_session(session, mask, limit.run, limit.rest))
            .sum()
    };
    by_runs.min(limit.cap as usize)
}

fn most_in_session(session: &[u64], mask: &[u64], run: u16, rest: u16) -> usize {
    let usable: Vec<bool> = bits::each(session).map(|slot| bits::has(mask, slot)).collect();
    if usable.len() * usable.len().min(run.into()) * usable.len().min(rest.into()) > MOST_STEPS {
        return usable.iter().filter(|usable| **usable).count();
    }
    // best[length][idle]: most meetings so far, with `length` in the stretch that `idle` slots have not yet ended.
    let (run, rest) = (usize::from(run).min(usable.len()), usize::from(rest).min(usable.len() + 1));
    let mut best = vec![vec![None; rest]; run + 1];
    best[0][0] = Some(0_usize);
    for usable in usable {
        let mut next = vec![vec![None; rest]; run + 1];
        let mut raise = |length: usize, idle: usize, value: usize| {
            let cell: &mut Option<usize> = &mut next[length][idle];
            *cell = (*cell).max(Some(value));
        };
        for (length, row) in best.iter().enumerate() {
            for (idle, value) in row.iter().enumerate() {
                let Some(value) = *value else { continue };
                if length == 0 || idle + 1 >= rest {
                    raise(0, 0, value);
                } else {
                    raise(length, idle + 1, value);
                }
                if usable && length < run {
                    raise(length + 1, 0, value + 1);
                }
            }
        }
        best = next;
    }
    best.into_iter().flatten().flatten().max().unwrap_or(0)
}
