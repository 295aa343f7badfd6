//! The best timetable of a small event, by trying everything. Slow, simple, and built on the checker alone.

use schedule::check::check;
use schedule::model::*;

/// What the search may claim of a timetable: musts by weight, promised meetings, then value.
pub(crate) type Worth = (u64, u64, u64);

/// The worth of a timetable, computed from the event as it is written.
pub(crate) fn worth(event: &Event, timetable: &Timetable) -> Worth {
    let (mut must, mut value) = (0, 0);
    let mixed = event.requests.iter().any(|request| request.level == Level::IfPossible);
    let want = if mixed { u64::from(event.rules.want_outweighs) } else { 1 };
    for meeting in &timetable.meetings {
        let request = event.requests.iter().find(|request| request.id == meeting.request).unwrap();
        let weight = u64::from(request.weight);
        match request.level {
            Level::Must => {
                must += weight;
                value += want * weight;
            }
            Level::Want => value += want * weight,
            Level::IfPossible => value += weight,
            Level::Never => panic!("a declined request is served"),
        }
    }
    let floors = event.participants.iter().map(|participant| {
        let held =
            timetable.meetings.iter().filter(|m| m.from == participant.id || m.to == participant.id).count();
        held.min(usize::from(participant.limits.floor)) as u64
    });
    (must, floors.sum(), value)
}

/// The best that any timetable of the event is worth.
pub(crate) fn best(event: &Event) -> Worth {
    let choices: Vec<Vec<Meeting>> = event.requests.iter().map(|request| choices(event, request)).collect();
    let mut best = (0, 0, 0);
    let mut timetable = Timetable::default();
    extend(event, &choices, &mut timetable, &mut best);
    best
}

fn extend(event: &Event, choices: &[Vec<Meeting>], timetable: &mut Timetable, best: &mut Worth) {
    let Some((first, rest)) = choices.split_first() else {
        *best = (*best).max(worth(event, timetable));
        return;
    };
    for meeting in first {
        timetable.meetings.push(meeting.clone());
        // Every rule forbids something: a timetable that breaks one is not mended by more meetings.
        if check(event, timetable).unwrap().is_empty() {
            extend(event, rest, timetable, best);
        }
        timetable.meetings.pop();
    }
    extend(event, rest, timetable, best);
}

/// Every way to hold the meeting by itself.
fn choices(event: &Event, request: &Request) -> Vec<Meeting> {
    let mut found = Vec::new();
    let nobody = std::iter::once(None);
    let interpreters: Vec<Option<InterpreterId>> =
        nobody.chain(event.interpreters.iter().map(|interpreter| Some(interpreter.id.clone()))).collect();
    for from in &request.from {
        for to in &request.to {
            for slot in &event.slots {
                for table in &event.tables {
                    for interpreter in &interpreters {
                        let meeting = Meeting {
                            request: request.id.clone(),
                            slot: slot.id.clone(),
                            table: table.id.clone(),
                            from: from.clone(),
                            to: to.clone(),
                            interpreter: interpreter.clone(),
                        };
                        let alone = Timetable { meetings: vec![meeting.clone()] };
                        if check(event, &alone).unwrap().is_empty() {
                            found.push(meeting);
                        }
                    }
                }
            }
        }
    }
    found
}
