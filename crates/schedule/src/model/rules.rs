//! What holds for the whole event.

use serde::{Deserialize, Serialize};

use super::Pause;

/// Rules and preferences of the organiser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// What is sought.
    pub goal: Goal,
    /// Among timetables of equal weight, prefer the one that spreads meetings over more people.
    pub fairness: bool,
    /// How many `if-possible` requests of a weight one `want` of the same weight outweighs, 1 to 1,000.
    pub want_outweighs: u32,
    /// Pauses of everybody, on each person's own clock.
    pub pauses: Vec<Pause>,
}

/// What is sought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub enum Goal {
    /// The greatest weight of requests served; then fairness, then few breaks, then few changes of place.
    #[default]
    Weight,
    /// Every request served, or nothing; then few breaks (the B2BSP of the literature).
    Complete {
        /// Most that two people may differ in their number of breaks; absent: any.
        spread: Option<u16>,
    },
}

impl Default for Rules {
    fn default() -> Self {
        Self { goal: Goal::Weight, fairness: true, want_outweighs: 16, pauses: Vec::new() }
    }
}
