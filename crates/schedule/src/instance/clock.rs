//! From clocks to slots: which slots lie within a person's hours, and which a pause touches.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::bits;
use crate::model::{Availability, Event, Hours, Pause};

/// Start and end of each slot on one clock, with the slots of each date.
pub(super) struct Clock {
    spans: Vec<(DateTime, DateTime)>,
}

impl Clock {
    /// The clock of `zone`, which validation has found to exist.
    pub(super) fn new(event: &Event, zone: &str) -> Self {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let civil = |time: Timestamp| zone.to_datetime(time);
        let spans = event
            .slots
            .iter()
            .map(|slot| {
                let end = slot.start.saturating_add(SignedDuration::from_mins(slot.minutes.into()));
                (civil(slot.start), civil(end.unwrap_or(Timestamp::MAX)))
            })
            .collect();
        Self { spans }
    }

    /// The slots wholly within one of `hours`.
    pub(super) fn within(&self, hours: &[Hours]) -> Vec<u64> {
        let mut mask = vec![0; self.spans.len().div_ceil(64)];
        for (slot, (start, end)) in self.spans.iter().enumerate() {
            let fits = |hours: &Hours| {
                *start >= start.date().to_datetime(hours.from) && *end <= start.date().to_datetime(hours.to)
            };
            if hours.iter().any(fits) {
                bits::add(&mut mask, slot);
            }
        }
        mask
    }

    /// What a pause asks for on each day: masks of slots of which one at least must stay free of meetings.
    /// Days on which it can be had in any case are left out.
    pub(super) fn alternatives(&self, pause: &Pause) -> Vec<Vec<Vec<u64>>> {
        let mut dates: Vec<_> =
            self.spans.iter().flat_map(|(start, end)| [start.date(), end.date()]).collect();
        dates.sort_unstable();
        dates.dedup();
        let days = dates.into_iter().map(|date| {
            let (from, to) = (date.to_datetime(pause.from), date.to_datetime(pause.to));
            let length = pause.minutes.unwrap_or_else(|| crate::model::minutes_between(pause.from, pause.to));
            let mut starts = vec![from];
            starts.extend(self.spans.iter().map(|(_, end)| *end).filter(|end| *end > from));
            let mut masks: Vec<Vec<u64>> = Vec::new();
            for start in starts {
                let end = start.saturating_add(SignedDuration::from_mins(length.into()));
                if end <= to || pause.minutes.is_none() && start == from {
                    masks.push(self.touching(start, end.min(to)));
                }
            }
            masks.sort_by_key(|mask| bits::count(mask));
            masks.dedup();
            masks
        });
        days.filter(|masks| masks.iter().all(|mask| bits::count(mask) > 0)).collect()
    }

    fn touching(&self, from: DateTime, to: DateTime) -> Vec<u64> {
        let mut mask = vec![0; self.spans.len().div_ceil(64)];
        for (slot, (start, end)) in self.spans.iter().enumerate() {
            if *start < to && *end > from {
                bits::add(&mut mask, slot);
            }
        }
        mask
    }
}

/// Clocks by zone, made once each: events have few zones and many people.
pub(super) struct Clocks<'a> {
    event: &'a Event,
    made: Vec<(&'a str, Clock)>,
}

impl<'a> Clocks<'a> {
    pub(super) fn new(event: &'a Event) -> Self {
        Self { event, made: Vec::new() }
    }

    /// The clock a person lives by.
    pub(super) fn of(&mut self, available: &'a Availability) -> &Clock {
        let zone = available.zone.as_deref().unwrap_or(&self.event.zone);
        let at = self.made.iter().position(|(name, _)| *name == zone).unwrap_or_else(|| {
            self.made.push((zone, Clock::new(self.event, zone)));
            self.made.len() - 1
        });
        &self.made[at].1
    }
}
