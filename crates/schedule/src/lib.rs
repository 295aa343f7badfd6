//! Meeting timetables: model, solver, independent checker, re-planner, formats. Owns no storage and knows nothing of the
//! platform; what follows is its README.

#![doc = include_str!("../README.md")]

mod anneal;
mod bits;
mod bound;
pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
mod compose;
pub mod explain;
pub mod format;
pub mod generate;
mod greedy;
mod infeasible;
mod instance;
mod interpreters;
pub mod model;
mod random;
pub mod replan;
pub mod report;
mod solve;
mod state;
mod tables;

pub use infeasible::Obstacle;

pub use solve::{
    Budget, Failure, Options, Phase, Progress, Solution, first_come_first_served, greedy_only, solve,
};
