//! Rules of a person's day: one meeting at a time, limits, pauses, walking.

use std::collections::HashMap;

use jiff::SignedDuration;
use jiff::civil::DateTime;

use super::{Check, Held, Rule, calendar};
use crate::model::{Availability, Event, HallId, Limits, Pause};

/// Someone with the meetings they are in.
struct Day<'c, 'a> {
    name: String,
    available: &'c Availability,
    pauses: &'c [Pause],
    limits: &'c Limits,
    meetings: Vec<&'c Held<'a>>,
}

impl<'a> Check<'a> {
    pub(super) fn people(&mut self, known: &[Held<'a>]) {
        let event = self.event;
        let mut by_name: HashMap<(bool, &'a str), Vec<&Held<'a>>> = HashMap::new();
        for held in known {
            by_name.entry((false, held.from.id.as_str())).or_default().push(held);
            by_name.entry((false, held.to.id.as_str())).or_default().push(held);
            if let Some(interpreter) = held.interpreter {
                by_name.entry((true, interpreter.id.as_str())).or_default().push(held);
            }
        }
        let mut meetings = |interprets: bool, id: &'a str| {
            let mut meetings = by_name.remove(&(interprets, id)).unwrap_or_default();
            meetings.sort_by_key(|held| held.at);
            meetings
        };
        let participants = event.participants.iter().map(|p| Day {
            name: format!("participant \"{}\"", p.id),
            available: &p.available,
            pauses: &p.pauses,
            limits: &p.limits,
            meetings: Vec::new(),
        });
        let mut days: Vec<Day<'_, 'a>> = participants.collect();
        days.iter_mut()
            .zip(&event.participants)
            .for_each(|(day, p)| day.meetings = meetings(false, p.id.as_str()));
        for interpreter in &event.interpreters {
            days.push(Day {
                name: format!("interpreter \"{}\"", interpreter.id),
                available: &interpreter.available,
                pauses: &interpreter.pauses,
                limits: &interpreter.limits,
                meetings: meetings(true, interpreter.id.as_str()),
            });
        }
        for day in days.iter().filter(|day| !day.meetings.is_empty()) {
            self.day(day);
        }
    }

    fn day(&mut self, day: &Day<'_, '_>) {
        for pair in day.meetings.windows(2) {
            if pair[0].at == pair[1].at {
                let message = format!(
                    "{} is in \"{}\" and \"{}\" at once",
                    day.name, pair[0].request.id, pair[1].request.id
                );
                self.report(Rule::DoubleBooking, message);
            }
        }
        if let Some(cap) = day.limits.cap
            && day.meetings.len() > usize::from(cap)
        {
            self.report(
                Rule::Limits,
                format!("{} has {} meetings of at most {cap}", day.name, day.meetings.len()),
            );
        }
        if let Some(most) = day.limits.longest_run {
            let slots: Vec<usize> = day.meetings.iter().map(|held| held.at).collect();
            let longest = longest_stretch(self.event, &slots, usize::from(day.limits.rest.unwrap_or(1)));
            if longest > usize::from(most) {
                self.report(
                    Rule::Limits,
                    format!("{} has {longest} meetings in a stretch of at most {most}", day.name),
                );
            }
        }
        for pause in self.event.rules.pauses.iter().chain(day.pauses) {
            self.pause(day, pause);
        }
        self.walks(day);
    }

    /// A pause on each day that a meeting touches its window.
    fn pause(&mut self, day: &Day<'_, '_>, pause: &Pause) {
        let times: Vec<(DateTime, DateTime)> =
            day.meetings.iter().map(|held| calendar::local(self.event, day.available, held.slot)).collect();
        let mut dates: Vec<_> = times.iter().flat_map(|(begin, end)| [begin.date(), end.date()]).collect();
        dates.dedup();
        for date in dates {
            let (from, to) = (date.to_datetime(pause.from), date.to_datetime(pause.to));
            let touching = times.iter().filter(|(begin, end)| *begin < to && *end > from);
            let (mut free_from, mut longest) = (from, SignedDuration::ZERO);
            let mut any = false;
            for (begin, end) in touching {
                any = true;
                longest = longest.max(free_from.duration_until(*begin));
                free_from = free_from.max(*end);
            }
            longest = longest.max(free_from.duration_until(to));
            let enough = match pause.minutes {
                None => !any,
                Some(minutes) => longest >= SignedDuration::from_mins(minutes.into()),
            };
            if !enough {
                let message =
                    format!("{} has no pause between {} and {} on {date}", day.name, pause.from, pause.to);
                self.report(Rule::Pauses, message);
            }
        }
    }

    fn walks(&mut self, day: &Day<'_, '_>) {
        for (later, held) in day.meetings.iter().enumerate() {
            for before in day.meetings[..later].iter().rev() {
                let gap = held.slot.start.as_second()
                    - before.slot.start.as_second()
                    - i64::from(before.slot.minutes) * 60;
                let minutes = walk(self.event, &before.table.hall, &held.table.hall);
                if i64::from(minutes) * 60 > gap {
                    let message = format!(
                        "{} needs {minutes} minutes from \"{}\" to \"{}\" and has {}",
                        day.name,
                        before.request.id,
                        held.request.id,
                        gap / 60
                    );
                    self.report(Rule::Walking, message);
                }
            }
        }
    }
}

fn walk(event: &Event, from: &HallId, to: &HallId) -> u32 {
    if from == to {
        return 0;
    }
    let joins = |walk: &&crate::model::Walk| {
        walk.from == *from && walk.to == *to || walk.from == *to && walk.to == *from
    };
    event.walks.iter().filter(joins).map(|walk| walk.minutes).max().unwrap_or(0)
}

/// Most meetings of one session with fewer than `rest` idle slots between neighbours.
fn longest_stretch(event: &Event, slots: &[usize], rest: usize) -> usize {
    let (mut longest, mut length) = (0, 0);
    let mut before: Option<usize> = None;
    for &slot in slots {
        let joined = before.is_some_and(|before| {
            event.slots[before].session == event.slots[slot].session && slot - before <= rest
        });
        length = if joined { length + 1 } else { 1 };
        longest = longest.max(length);
        before = Some(slot);
    }
    longest
}

/// Runs of idle slots between two meetings of a session.
pub(super) fn breaks(event: &Event, slots: &[usize]) -> usize {
    let gap = |pair: &&[usize]| {
        event.slots[pair[0]].session == event.slots[pair[1]].session && pair[1] > pair[0] + 1
    };
    slots.windows(2).filter(gap).count()
}
