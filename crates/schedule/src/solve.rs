//! From an event to its timetable: bound, greedy, annealing by phases on several threads, interpreters, tables.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use crate::anneal::{Aim, Search, Until, hot};
use crate::bound;
use crate::compose;
use crate::greedy;
use crate::infeasible::{self, Obstacle};
use crate::instance::{self, Instance, Spot};
use crate::interpreters;
use crate::model::{Event, Invalid, Timetable};
use crate::state::{Score, State};

/// How to search.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// What random choices depend on.
    pub seed: u64,
    /// Searches side by side, 1 to 64; they exchange the best at intervals.
    pub threads: usize,
    /// How long.
    pub budget: Budget,
}

/// How long to search. A search that can prove there is nothing better ends before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Wall time for everything, from reading the event on; the result depends on the machine.
    Time(Duration),
    /// Moves tried per thread; the result depends on event, seed and number of threads alone.
    Moves(u64),
}

/// Part of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Serving as much weight as possible.
    Weight,
    /// Fairness, breaks, walks.
    Order,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Since the start.
    pub elapsed: Duration,
    /// What is being done.
    pub phase: Phase,
    /// Value served by the best timetable so far.
    pub served: i64,
    /// No timetable serves more than this value.
    pub bound: i64,
    /// Requests not served.
    pub unserved: usize,
    /// Breaks of all participants.
    pub breaks: usize,
}

/// A timetable and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// The timetable.
    pub timetable: Timetable,
    /// Value served; see [`report`](crate::report) for its meaning.
    pub served: i64,
    /// No timetable serves more than this value.
    pub bound: i64,
    /// Value that the greedy start served.
    pub greedy: i64,
    /// Moves tried, all threads together.
    pub moves: u64,
    /// Whether the observer asked to stop.
    pub stopped: bool,
}

/// Why there is no timetable.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The event cannot be used.
    #[error("{0}")]
    Invalid(#[from] Invalid),
    /// In complete mode: it is proved that not every request can be served.
    #[error("no complete timetable exists: {0}")]
    Infeasible(Obstacle),
    /// In complete mode: none was found in the time given; there may be one.
    #[error("no complete timetable was found: the best places {placed} of {all} meetings{spread}; \
             give more time, more tables or fewer fixed slots",
            spread = if *.uneven { " (with breaks spread wider than allowed)" } else { "" })]
    NoneFound {
        /// Meetings of the best attempt.
        placed: usize,
        /// Meetings asked for.
        all: usize,
        /// Whether the attempt breaks the limit on the spread of breaks.
        uneven: bool,
    },
}

/// Wall time of a round, after which the threads exchange their best.
const ROUND: Duration = Duration::from_millis(200);
/// Rounds of each phase where moves are counted instead.
const ROUNDS: u64 = 8;
/// Share of the budget for weight; what it leaves goes to order.
const WEIGHT_SHARE: f64 = 0.72;
/// Share of the time kept for tables and composing.
const TABLE_SHARE: f64 = 0.03;

/// Finds a timetable. `observe` is called after every round and may end the search.
pub fn solve(
    event: &Event,
    options: &Options,
    observe: &mut dyn FnMut(&Progress) -> ControlFlow<()>,
) -> Result<Solution, Failure> {
    let begun = Instant::now();
    let instance = instance::compile(event)?;
    if instance.complete
        && let Some(obstacle) = infeasible::at_once(event, &instance)
    {
        return Err(Failure::Infeasible(obstacle));
    }
    let mut state = State::new(&instance)?;
    let bound = bound::quick(&instance);
    greedy::fill(&mut state);
    let greedy = served(&instance, state.spots());
    let mut run = Run::new(begun, options, &state, bound, observe);
    run.weigh();
    run.order();
    let stopped = run.stopped;
    let moves = run.searches.iter().map(Search::moves).sum();
    let (best, spots) = run.leader();
    let mut state = State::new(&instance)?;
    state.assume(spots);
    if instance.complete && (!state.idle().is_empty() || best.excess > 0) {
        if !state.idle().is_empty()
            && let Some(obstacle) = infeasible::by_trying(event, &instance)
        {
            return Err(Failure::Infeasible(obstacle));
        }
        let all = instance.needs.len();
        return Err(Failure::NoneFound { placed: all - state.idle().len(), all, uneven: best.excess > 0 });
    }
    interpreters::balance(&mut state);
    let served = served(&instance, state.spots());
    let timetable = compose::timetable(event, &instance, state.spots(), None);
    Ok(Solution { timetable, served, bound, greedy, moves, stopped })
}

/// What the greedy start alone gives.
pub fn greedy_only(event: &Event) -> Result<Solution, Invalid> {
    simple(event, greedy::fill)
}

/// What serving requests in the order they were made gives: each in its first free slot.
pub fn first_come_first_served(event: &Event) -> Result<Solution, Invalid> {
    simple(event, greedy::first_come)
}

fn simple(event: &Event, fill: impl FnOnce(&mut State<'_>)) -> Result<Solution, Invalid> {
    let instance = instance::compile(event)?;
    let mut state = State::new(&instance)?;
    fill(&mut state);
    let served = served(&instance, state.spots());
    let timetable = compose::timetable(event, &instance, state.spots(), None);
    Ok(Solution {
        timetable,
        served,
        bound: bound::quick(&instance),
        greedy: served,
        moves: 0,
        stopped: false,
    })
}

/// The value of the requests served.
pub(crate) fn served(instance: &Instance, spots: &[Spot]) -> i64 {
    let needs = instance.needs.iter().zip(spots);
    needs.filter(|(_, spot)| !spot.is_none()).map(|(need, _)| need.value).sum()
}

struct Run<'r, 'a> {
    begun: Instant,
    options: &'r Options,
    searches: Vec<Search<'a>>,
    instance: &'a Instance,
    bound: i64,
    observe: &'r mut dyn FnMut(&Progress) -> ControlFlow<()>,
    stopped: bool,
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(
        begun: Instant,
        options: &'r Options,
        state: &State<'a>,
        bound: i64,
        observe: &'r mut dyn FnMut(&Progress) -> ControlFlow<()>,
    ) -> Self {
        let instance = state.instance;
        let threads = options.threads.clamp(1, 64) as u64;
        let seed = |thread: u64| options.seed.wrapping_mul(0x9e37_79b9).wrapping_add(thread);
        let searches = (0..threads).map(|thread| Search::new(state.clone(), seed(thread))).collect();
        Self { begun, options, searches, instance, bound, observe, stopped: false }
    }

    /// The phase for weight. It ends early at the bound.
    fn weigh(&mut self) {
        let enough = Score { primary: self.best_possible(), secondary: i64::MAX, excess: 0 };
        self.phase(Phase::Weight, Aim::Weight, WEIGHT_SHARE, enough);
    }

    /// The phase for order, with what is left.
    fn order(&mut self) {
        let enough = Score { primary: i64::MAX, secondary: i64::MAX, excess: 0 };
        self.phase(Phase::Order, Aim::Order, 1.0 - TABLE_SHARE, enough);
    }

    /// No first score is higher than this.
    fn best_possible(&self) -> i64 {
        let above: i64 = self.instance.needs.iter().map(|need| need.worth - need.value).sum();
        let floors: i64 = self.instance.limits.iter().map(|limit| i64::from(limit.floor)).sum();
        self.bound + above + floors * self.instance.floor_worth
    }

    fn phase(&mut self, phase: Phase, aim: Aim, share: f64, enough: Score) {
        if self.stopped {
            return;
        }
        let begun = Instant::now();
        for search in &mut self.searches {
            let hot = hot(aim, &search.state);
            search.begin(aim, hot);
        }
        match self.options.budget {
            Budget::Time(time) => {
                let cold = self.begun + time.mul_f64(share);
                while Instant::now() < cold && !self.stopped {
                    let end = cold.min(Instant::now() + ROUND);
                    self.round(phase, Until::Time { begun, end, cold }, enough);
                    if self.is_done(enough) {
                        break;
                    }
                }
            }
            Budget::Moves(moves) => {
                let spent = self.searches[0].moves();
                let all = ((moves as f64 * share) as u64).saturating_sub(spent);
                for round in 0..ROUNDS {
                    let done = all * round / ROUNDS;
                    let until = Until::Moves { moves: all * (round + 1) / ROUNDS - done, done, all };
                    self.round(phase, until, enough);
                    if self.stopped || self.is_done(enough) {
                        break;
                    }
                }
            }
        }
    }

    fn round(&mut self, phase: Phase, until: Until, enough: Score) {
        std::thread::scope(|scope| {
            let (first, others) = self.searches.split_at_mut(1);
            for search in others {
                scope.spawn(move || search.run(until, enough));
            }
            first[0].run(until, enough);
        });
        let (best, spots) = self.leader();
        let spots = spots.to_vec();
        for search in &mut self.searches {
            if search.best().0 < best {
                search.adopt(&spots);
            }
        }
        let breaks = (0..self.instance.participants as u32)
            .map(|p| usize::from(self.searches[0].state.breaks(p)))
            .sum();
        let progress = Progress {
            elapsed: self.begun.elapsed(),
            phase,
            served: served(self.instance, &spots),
            bound: self.bound,
            unserved: spots.iter().filter(|spot| spot.is_none()).count(),
            breaks,
        };
        self.stopped = (self.observe)(&progress).is_break();
    }

    fn is_done(&self, enough: Score) -> bool {
        self.searches.iter().any(|search| !search.is_looking(enough))
    }

    fn leader(&self) -> (Score, &[Spot]) {
        let first = self.searches[0].best();
        self.searches[1..]
            .iter()
            .map(Search::best)
            .fold(first, |best, other| if other.0 > best.0 { other } else { best })
    }
}
