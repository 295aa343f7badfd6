//! What an event is and what a timetable of it is: plain data with public fields, as the JSON files carry it.
//! Owns the vocabulary and its validation; knows nothing of how a timetable is found.

mod event;
mod fault;
mod id;
mod person;
mod request;
mod rules;
mod timetable;
pub(crate) mod validate;

pub use event::{Event, Hall, Slot, Table, Walk};
pub use fault::{Fault, Invalid};
pub use id::{HallId, InterpreterId, ParticipantId, RequestId, SlotId, TableId};
pub use person::{Availability, Hours, Interpreter, Limits, Participant, Pause};
pub use request::{Level, Lock, Precedence, Request};
pub use rules::{Goal, Rules};
pub use timetable::{Meeting, Timetable};

/// Whole minutes from one time of day to a later one.
pub(crate) fn minutes_between(from: jiff::civil::Time, to: jiff::civil::Time) -> u32 {
    let minutes = |time: jiff::civil::Time| {
        time.hour().cast_unsigned() as u32 * 60 + u32::from(time.minute().cast_unsigned())
    };
    minutes(to).saturating_sub(minutes(from))
}
