//! Proofs that not every request can be served.

use std::fmt;

use crate::instance::Instance;
use crate::model::Event;

/// What stands in the way of a complete timetable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// In words, naming the people, meetings or slots concerned.
    pub reason: String,
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

/// An obstacle, if one is found quickly; without one there may still be no timetable.
pub(crate) fn prove(_event: &Event, _instance: &Instance) -> Option<Obstacle> {
    None
}
