//! Explanations as English sentences, for the command line; a platform renders [`Explanation`] in its own words.

use super::{Explanation, Occupied, Reason};
use crate::model::SlotId;

/// Meetings or slots named in a sentence.
const NAMED: usize = 4;

/// One line for an explanation.
pub fn in_words(explanation: &Explanation) -> String {
    let why = match &explanation.reason {
        Reason::Declined => "declined".to_owned(),
        Reason::NoInterpreter => "no common language and no interpreter for theirs".to_owned(),
        Reason::NoCommonTime => "no slot in which all are there".to_owned(),
        Reason::CapReached { person, cap } => format!("{person} may have {cap} meetings and has them"),
        Reason::DiaryFull { person, asking, meetings } => {
            let side = if *asking { "the asking side" } else { "the side asked" };
            format!("the diary of {person} ({side}) is full: {}", occupied(meetings))
        }
        Reason::InterpretersBusy { slots, .. } => format!("every interpreter is busy in {}", named(slots)),
        Reason::TablesFull { slots } => format!("no table is free in {}", named(slots)),
        Reason::AgainstRules { slots } => format!("limits, pauses or walks forbid {}", named(slots)),
        Reason::NoCommonFreeTime { meetings } => format!("one or the other is busy: {}", occupied(meetings)),
        Reason::Possible { slot } => format!("nothing stands in the way in {slot}"),
    };
    let exchange = explanation.exchange.as_ref().map(|exchange| {
        let moves: Vec<String> =
            exchange.moves.iter().map(|shift| format!("{} to {}", shift.request, shift.slot)).collect();
        let drops: Vec<String> = exchange.drops.iter().map(ToString::to_string).collect();
        let mut parts = Vec::new();
        if !moves.is_empty() {
            parts.push(format!("move {}", moves.join(", ")));
        }
        if !drops.is_empty() {
            parts.push(format!("drop {}", drops.join(", ")));
        }
        let what =
            if parts.is_empty() { "nothing else would change".to_owned() } else { parts.join(" and ") };
        format!("; to hold it in {}: {what} (cost {})", exchange.slot, exchange.cost)
    });
    format!("{}: {why}{}", explanation.request, exchange.unwrap_or_default())
}

fn occupied(meetings: &[Occupied]) -> String {
    let one =
        |meeting: &Occupied| format!("{} in {} (weight {})", meeting.request, meeting.slot, meeting.weight);
    shortened(meetings.iter().map(one).collect())
}

fn named(slots: &[SlotId]) -> String {
    shortened(slots.iter().map(ToString::to_string).collect())
}

fn shortened(names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let shown = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
