//! A slot on a person's clock.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::model::{Availability, Event, Slot};

/// Begin and end of a slot as the person's clock shows them.
pub(super) fn local(event: &Event, available: &Availability, slot: &Slot) -> (DateTime, DateTime) {
    let name = available.zone.as_deref().unwrap_or(&event.zone);
    let zone = TimeZone::get(name).unwrap_or(TimeZone::UTC);
    let length = SignedDuration::from_mins(slot.minutes.into());
    let end = slot.start.checked_add(length).unwrap_or(Timestamp::MAX);
    (zone.to_datetime(slot.start), zone.to_datetime(end))
}

/// Whether someone can meet in a slot: listed, not excepted, within hours.
pub(super) fn is_available(event: &Event, available: &Availability, slot: &Slot) -> bool {
    let listed = available.slots.as_ref().is_none_or(|slots| slots.contains(&slot.id));
    let excepted = available.except.contains(&slot.id);
    let (begin, end) = local(event, available, slot);
    let in_hours = available.hours.is_empty()
        || available
            .hours
            .iter()
            .any(|hours| begin.time() >= hours.from && end.date() == begin.date() && end.time() <= hours.to);
    listed && !excepted && in_hours
}
