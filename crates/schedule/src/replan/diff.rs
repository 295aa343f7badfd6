//! What has changed between two timetables.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::{Meeting, RequestId, Timetable};

/// The difference between two timetables.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Diff {
    /// Meetings as they were.
    pub kept: usize,
    /// Meetings now at another time, or between other people of the request.
    pub moved: Vec<Moved>,
    /// Meetings at the same time, but at another table or with another interpreter.
    pub replaced: Vec<Moved>,
    /// Meetings that could still be held but are not.
    pub dropped: Vec<Meeting>,
    /// Meetings that cannot be held any more: someone is absent, or the request is gone.
    pub lost: Vec<Meeting>,
    /// Meetings that were not there before.
    pub added: Vec<Meeting>,
}

/// A meeting before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Moved {
    /// As it was.
    pub before: Meeting,
    /// As it is.
    pub after: Meeting,
}

/// What differs in `after` from `before`; `lost` could not be kept.
pub(super) fn between(before: &Timetable, after: &Timetable, lost: &[Meeting]) -> Diff {
    let now: HashMap<&RequestId, &Meeting> =
        after.meetings.iter().map(|meeting| (&meeting.request, meeting)).collect();
    let then: HashSet<&RequestId> = before.meetings.iter().map(|meeting| &meeting.request).collect();
    let mut diff = Diff::default();
    for old in &before.meetings {
        match now.get(&old.request) {
            None if lost.contains(old) => diff.lost.push(old.clone()),
            None => diff.dropped.push(old.clone()),
            Some(new) if *new == old => diff.kept += 1,
            Some(new) => {
                let moved = Moved { before: old.clone(), after: (*new).clone() };
                let same_time = new.slot == old.slot && new.from == old.from && new.to == old.to;
                if same_time { diff.replaced.push(moved) } else { diff.moved.push(moved) }
            }
        }
    }
    diff.added = after.meetings.iter().filter(|meeting| !then.contains(&meeting.request)).cloned().collect();
    diff
}
