//! Simulated annealing over whole moves: each frees the way for one meeting by an ejection chain or a Kempe chain,
//! and is taken back unless the score allows it.

mod eject;
mod kempe;
mod order;

use std::time::Instant;

use crate::instance::Spot;
use crate::random::Random;
use crate::state::{BREAK, Score, State};

/// What the moves are after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aim {
    /// The first score: weight served.
    Weight,
    /// The second score: fairness and breaks, with nothing of the first lost.
    Order,
}

/// How long to go on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// Up to a moment; the temperature falls to nothing at `cold`.
    Time { begun: Instant, end: Instant, cold: Instant },
    /// So many moves, of a phase of `all` in which `done` were made before.
    Moves { moves: u64, done: u64, all: u64 },
}

/// One thread's search.
pub(crate) struct Search<'a> {
    pub(crate) state: State<'a>,
    random: Random,
    aim: Aim,
    /// Temperature at the start of the phase.
    hot: f64,
    temperature: f64,
    best: Score,
    best_spots: Vec<Spot>,
    moves: u64,
    /// Requests the search is about; empty: all.
    focus: Vec<u32>,
    scratch: Vec<u32>,
    queue: Vec<u32>,
    /// The chain under way: who has moved, and who has left its spot and looks for another.
    moved: Vec<u32>,
    leaving: Vec<(u32, Spot)>,
}

/// In complete mode: what leaving a meeting out for a while costs in the second score.
const LEFT_OUT: i64 = 4 * BREAK;
/// Moves between looks at the clock.
const BATCH: u64 = 128;

impl<'a> Search<'a> {
    /// A search from `state` whose choices depend on `seed` alone.
    pub(crate) fn new(state: State<'a>, seed: u64) -> Self {
        Self {
            best: state.score(),
            best_spots: state.spots().to_vec(),
            state,
            random: Random::new(seed),
            aim: Aim::Weight,
            hot: 0.0,
            temperature: 0.0,
            moves: 0,
            focus: Vec::new(),
            scratch: Vec::new(),
            queue: Vec::new(),
            moved: Vec::new(),
            leaving: Vec::new(),
        }
    }

    /// Begins a phase from the best timetable found so far.
    pub(crate) fn begin(&mut self, aim: Aim, hot: f64) {
        self.aim = aim;
        self.hot = hot;
        self.state.assume(&self.best_spots);
        self.best = self.state.score();
    }

    /// Looks for moves around these requests only.
    pub(crate) fn focus(&mut self, needs: Vec<u32>) {
        self.focus = needs;
    }

    /// The best timetable found.
    pub(crate) fn best(&self) -> (Score, &[Spot]) {
        (self.best, &self.best_spots)
    }

    /// Moves tried.
    pub(crate) fn moves(&self) -> u64 {
        self.moves
    }

    /// Goes on from another search's timetable.
    pub(crate) fn adopt(&mut self, spots: &[Spot]) {
        self.state.assume(spots);
        self.note_best();
    }

    /// Searches until the end given, or until the first score reaches `enough`.
    pub(crate) fn run(&mut self, until: Until, enough: Score) {
        let keep = (self.state.spots().len() as u64 / 4).max(1_024);
        let mut made = 0;
        while self.worth_going_on(enough) {
            let gone = match until {
                Until::Time { begun, end, cold } => {
                    let now = Instant::now();
                    if now >= end {
                        break;
                    }
                    (now - begun).as_secs_f64() / (cold - begun).as_secs_f64().max(1e-9)
                }
                Until::Moves { moves, .. } if made >= moves => break,
                Until::Moves { done, all, .. } => (done + made) as f64 / all.max(1) as f64,
            };
            self.temperature = self.hot * (1.0 - gone).max(0.0).powi(2);
            let batch = match until {
                Until::Moves { moves, .. } => BATCH.min(moves - made),
                Until::Time { .. } => BATCH,
            };
            for _ in 0..batch {
                self.step();
            }
            let before = made / keep;
            made += batch;
            if made / keep != before {
                self.note_best();
            }
        }
        self.moves += made;
        self.note_best();
    }

    /// Whether the timetable of the moment can still be improved upon, as far as is known.
    fn worth_going_on(&self, enough: Score) -> bool {
        match self.aim {
            Aim::Weight => self.state.score().primary < enough.primary,
            Aim::Order => !self.state.is_orderly(),
        }
    }

    /// Whether this search is still looking for something.
    pub(crate) fn is_looking(&self, enough: Score) -> bool {
        match self.aim {
            Aim::Weight => self.best.primary < enough.primary,
            Aim::Order => self.worth_going_on(enough) || self.best != self.state.score(),
        }
    }

    fn note_best(&mut self) {
        let score = self.state.score();
        if score > self.best {
            self.best = score;
            self.best_spots.copy_from_slice(self.state.spots());
        }
    }

    fn step(&mut self) {
        let before = self.state.score();
        let over = self.state.over_limit();
        let mark = self.state.mark();
        let tried = match self.aim {
            Aim::Weight => self.try_weight(),
            Aim::Order => self.try_order(),
        };
        if tried && self.state.over_limit() <= over && self.accepts(before, self.state.score()) {
            self.state.commit();
        } else {
            self.state.roll_back(mark);
        }
    }

    fn accepts(&mut self, before: Score, after: Score) -> bool {
        let loss = match self.aim {
            Aim::Weight => before.primary - after.primary,
            Aim::Order if self.state.instance.complete => {
                LEFT_OUT * (before.primary - after.primary) + before.secondary - after.secondary
            }
            Aim::Order if before.primary != after.primary => return after.primary > before.primary,
            Aim::Order => before.secondary - after.secondary,
        };
        loss <= 0 || self.temperature > 0.0 && self.random.unit() < (-(loss as f64) / self.temperature).exp()
    }

    /// A request to serve, and a move to make way for it.
    fn try_weight(&mut self) -> bool {
        let Some(need) = self.draw_need() else { return false };
        if self.state.instance.needs[need as usize].locked.is_some() {
            return false;
        }
        if self.random.chance(0.5) { self.eject(need) } else { self.chain(need) }
    }

    fn draw_need(&mut self) -> Option<u32> {
        if !self.focus.is_empty() {
            return Some(self.focus[self.random.below(self.focus.len())]);
        }
        let idle = self.state.idle();
        if !idle.is_empty() && self.random.chance(0.75) {
            return Some(idle[self.random.below(idle.len())]);
        }
        let all = self.state.spots().len();
        (all > 0).then(|| self.random.below(all) as u32)
    }
}

/// The temperature at which a phase starts.
pub(crate) fn hot(aim: Aim, state: &State<'_>) -> f64 {
    match aim {
        Aim::Order => 0.7 * BREAK as f64,
        Aim::Weight => {
            let needs = state.instance.needs.iter().filter(|need| need.value > 0);
            let (sum, count) = needs.fold((0, 0_i64), |(sum, count), need| (sum + need.value, count + 1));
            0.4 * sum as f64 / count.max(1) as f64
        }
    }
}
