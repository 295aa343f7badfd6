//! Whether a timetable keeps to the rules. Reads event and timetable as they are written, one meeting at a time, and
//! shares no code with the search: what it finds is found independently.

mod calendar;
mod meeting;
mod person;
mod venue;

use std::collections::HashMap;
use std::fmt;

use crate::model::{
    Event, Goal, Interpreter, InterpreterId, Invalid, Level, Meeting, Participant, ParticipantId, Request,
    RequestId, Slot, SlotId, Table, TableId, Timetable,
};

/// A rule that a timetable breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// Who, when and where, in words.
    pub message: String,
}

/// The rules a timetable must keep to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Meetings name what exists, and serve a request once.
    Names,
    /// The people are of the request's two sides, and not the same person.
    Sides,
    /// Nobody is in two meetings at once.
    DoubleBooking,
    /// Everybody is available.
    Availability,
    /// The request allows the slot.
    RequestedSlots,
    /// Declined people are not put together.
    Declined,
    /// A table serves one meeting at a time, is open, and is the host's where there is a host.
    Tables,
    /// Halls and slots are not over capacity.
    Capacity,
    /// People who share no language have an interpreter for theirs; nobody else has one.
    Languages,
    /// There is time to walk between halls.
    Walking,
    /// Caps, longest runs and rests.
    Limits,
    /// Pauses are left free.
    Pauses,
    /// Locked meetings are held as locked.
    Locks,
    /// Earlier meetings come earlier.
    Precedence,
    /// In complete mode: every request is served, and breaks are spread as allowed.
    Complete,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.rule, self.message)
    }
}

/// All rules that `timetable` breaks; empty if it is valid. The event itself must be valid.
pub fn check(event: &Event, timetable: &Timetable) -> Result<Vec<Violation>, Invalid> {
    crate::model::validate::index(event)?;
    let mut check = Check::new(event);
    let known = check.names(timetable);
    for held in &known {
        check.meeting(held);
    }
    check.people(&known);
    check.venue(&known);
    check.precedences(&known);
    check.locks(&known);
    check.complete(&known);
    Ok(check.violations)
}

/// A meeting with all that it names.
struct Held<'a> {
    meeting: &'a Meeting,
    request: &'a Request,
    slot: &'a Slot,
    /// Place of the slot among all.
    at: usize,
    table: &'a Table,
    from: &'a Participant,
    to: &'a Participant,
    interpreter: Option<&'a Interpreter>,
}

struct Check<'a> {
    event: &'a Event,
    slots: HashMap<&'a SlotId, (usize, &'a Slot)>,
    tables: HashMap<&'a TableId, &'a Table>,
    participants: HashMap<&'a ParticipantId, &'a Participant>,
    interpreters: HashMap<&'a InterpreterId, &'a Interpreter>,
    requests: HashMap<&'a RequestId, &'a Request>,
    declined: Vec<&'a Request>,
    violations: Vec<Violation>,
}

impl<'a> Check<'a> {
    fn new(event: &'a Event) -> Self {
        Self {
            event,
            slots: event.slots.iter().enumerate().map(|(at, slot)| (&slot.id, (at, slot))).collect(),
            tables: event.tables.iter().map(|table| (&table.id, table)).collect(),
            participants: event.participants.iter().map(|p| (&p.id, p)).collect(),
            interpreters: event.interpreters.iter().map(|i| (&i.id, i)).collect(),
            requests: event.requests.iter().map(|request| (&request.id, request)).collect(),
            declined: event.requests.iter().filter(|request| request.level == Level::Never).collect(),
            violations: Vec::new(),
        }
    }

    fn report(&mut self, rule: Rule, message: String) {
        self.violations.push(Violation { rule, message });
    }

    /// The meetings whose names all exist and whose request has no other meeting.
    fn names<'t: 'a>(&mut self, timetable: &'t Timetable) -> Vec<Held<'a>> {
        let mut known: Vec<Held<'a>> = Vec::new();
        let mut served: HashMap<&RequestId, &SlotId> = HashMap::new();
        for meeting in &timetable.meetings {
            let found = self.find(meeting);
            let Some(held) = found else {
                let message = format!(
                    "the meeting of request \"{}\" names something that is not in the event",
                    meeting.request
                );
                self.report(Rule::Names, message);
                continue;
            };
            if let Some(other) = served.insert(&meeting.request, &meeting.slot) {
                let message = format!(
                    "request \"{}\" has a meeting in {other} and another in {}",
                    meeting.request, meeting.slot
                );
                self.report(Rule::Names, message);
            }
            known.push(held);
        }
        known
    }

    fn find<'t: 'a>(&self, meeting: &'t Meeting) -> Option<Held<'a>> {
        let (at, slot) = *self.slots.get(&meeting.slot)?;
        let interpreter = match &meeting.interpreter {
            None => None,
            Some(id) => Some(*self.interpreters.get(id)?),
        };
        Some(Held {
            meeting,
            request: self.requests.get(&meeting.request)?,
            slot,
            at,
            table: self.tables.get(&meeting.table)?,
            from: self.participants.get(&meeting.from)?,
            to: self.participants.get(&meeting.to)?,
            interpreter,
        })
    }

    fn precedences(&mut self, known: &[Held<'_>]) {
        let at: HashMap<&RequestId, usize> = known.iter().map(|held| (&held.request.id, held.at)).collect();
        for precedence in &self.event.precedences {
            if let (Some(before), Some(after)) = (at.get(&precedence.before), at.get(&precedence.after))
                && before >= after
            {
                let message =
                    format!("\"{}\" is not held before \"{}\"", precedence.before, precedence.after);
                self.report(Rule::Precedence, message);
            }
        }
    }

    fn locks(&mut self, known: &[Held<'_>]) {
        let meetings: HashMap<&RequestId, &Meeting> =
            known.iter().map(|held| (&held.request.id, held.meeting)).collect();
        for request in &self.event.requests {
            let Some(lock) = &request.lock else { continue };
            let kept = meetings.get(&request.id).is_some_and(|meeting| {
                meeting.slot == lock.slot
                    && lock.table.as_ref().is_none_or(|table| *table == meeting.table)
                    && lock
                        .people
                        .as_ref()
                        .is_none_or(|[from, to]| *from == meeting.from && *to == meeting.to)
                    && lock.interpreter.as_ref().is_none_or(|id| Some(id) == meeting.interpreter.as_ref())
            });
            if !kept {
                self.report(Rule::Locks, format!("request \"{}\" is not held as it is locked", request.id));
            }
        }
    }

    fn complete(&mut self, known: &[Held<'_>]) {
        let Goal::Complete { spread } = self.event.rules.goal else { return };
        let asked = self.event.requests.iter().filter(|request| request.level != Level::Never).count();
        if known.len() < asked {
            self.report(Rule::Complete, format!("{} of {asked} requests are served", known.len()));
        }
        let Some(spread) = spread else { return };
        let mut breaks: Vec<usize> =
            self.diaries(known).iter().map(|diary| person::breaks(self.event, diary)).collect();
        breaks.sort_unstable();
        if let (Some(least), Some(most)) = (breaks.first(), breaks.last())
            && most - least > usize::from(spread)
        {
            self.report(
                Rule::Complete,
                format!("breaks of people range from {least} to {most}, more than {spread} apart"),
            );
        }
    }

    /// For each participant the slots they meet in, in order.
    fn diaries(&self, known: &[Held<'_>]) -> Vec<Vec<usize>> {
        let mut by_person: HashMap<&ParticipantId, Vec<usize>> = HashMap::new();
        for held in known {
            by_person.entry(&held.from.id).or_default().push(held.at);
            by_person.entry(&held.to.id).or_default().push(held.at);
        }
        let diary = |participant: &Participant| {
            let mut slots = by_person.get(&participant.id).cloned().unwrap_or_default();
            slots.sort_unstable();
            slots
        };
        self.event.participants.iter().map(diary).collect()
    }
}
