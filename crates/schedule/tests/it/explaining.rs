//! Explanations hold: what they say can be checked against the timetable.

use schedule::check::check;
use schedule::explain::{Reason, explain, in_words};
use schedule::model::*;
use schedule::report::report;

use crate::search::{options, solved};
use crate::world::{Size, anything};

#[test]
fn every_unserved_request_is_explained_and_no_served_one() {
    let size = Size { people: 20, slots: 8, requests: 60, tables: 4 };
    let mut seen = std::collections::HashSet::new();
    for seed in 0..200 {
        let event = anything(seed, size);
        let timetable = solved(&event, &options(3_000, seed)).timetable;
        let explanations = explain(&event, &timetable).unwrap();
        assert_eq!(explanations.len() + timetable.meetings.len(), event.requests.len());
        for explanation in &explanations {
            assert!(timetable.find(&explanation.request).is_none());
            assert!(!in_words(explanation).is_empty());
            seen.insert(std::mem::discriminant(&explanation.reason));
            holds(&timetable, &explanation.reason, seed);
            if let Some(exchange) = &explanation.exchange {
                let known = |id: &RequestId| timetable.find(id).is_some();
                assert!(
                    exchange.drops.iter().all(known)
                        && exchange.moves.iter().all(|shift| known(&shift.request))
                );
            }
        }
    }
    assert!(seen.len() >= 7, "only {} kinds of reason occurred", seen.len());
}

fn holds(timetable: &Timetable, reason: &Reason, seed: u64) {
    let of = |person: &ParticipantId| {
        timetable.meetings.iter().filter(|m| m.from == *person || m.to == *person).count()
    };
    match reason {
        Reason::CapReached { person, cap } => assert_eq!(of(person), usize::from(*cap), "seed {seed}"),
        Reason::DiaryFull { meetings, .. } => {
            for occupied in meetings {
                assert_eq!(timetable.find(&occupied.request).unwrap().slot, occupied.slot, "seed {seed}");
            }
        }
        Reason::Possible { slot } => panic!("seed {seed}: the search left {slot} unused"),
        _ => {}
    }
}

#[test]
fn an_exchange_that_only_moves_leads_to_a_valid_timetable() {
    let size = Size { people: 20, slots: 8, requests: 60, tables: 6 };
    for seed in 0..40 {
        let event = anything(seed, size);
        let greedy = schedule::first_come_first_served(&event).unwrap().timetable;
        for explanation in explain(&event, &greedy).unwrap() {
            let Some(exchange) = explanation.exchange else { continue };
            // Holding every meeting named at the time named must be possible: lock them all and look.
            let mut locked = event.clone();
            let lock = |request: &mut Request, slot: &SlotId| {
                request.lock =
                    Some(Lock { slot: slot.clone(), table: None, people: None, interpreter: None });
            };
            for request in &mut locked.requests {
                if exchange.drops.contains(&request.id) {
                    request.level = Level::IfPossible;
                } else if request.id == explanation.request {
                    lock(request, &exchange.slot);
                } else if let Some(shift) = exchange.moves.iter().find(|shift| shift.request == request.id) {
                    lock(request, &shift.slot);
                } else if let Some(meeting) = greedy.find(&request.id) {
                    lock(request, &meeting.slot);
                }
            }
            if locked.requests.iter().any(|r| r.from.len() + r.to.len() > 2)
                || !event.interpreters.is_empty()
                || event.halls.len() > 1
            {
                continue;
            }
            let held = schedule::greedy_only(&locked).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
            assert_eq!(check(&locked, &held.timetable).unwrap(), [], "seed {seed}");
        }
    }
}

#[test]
fn a_report_counts_what_the_timetable_holds() {
    let size = Size { people: 20, slots: 8, requests: 60, tables: 4 };
    for seed in 0..100 {
        let event = anything(seed, size);
        let solution = solved(&event, &options(2_000, seed));
        let report = report(&event, &solution.timetable).unwrap();
        assert_eq!(
            report.levels.iter().map(|level| level.served).sum::<usize>(),
            solution.timetable.meetings.len()
        );
        assert_eq!(report.value, solution.served);
        assert!(report.value <= report.bound && report.bound <= solution.bound, "seed {seed}");
        assert_eq!(report.slots.iter().sum::<usize>(), solution.timetable.meetings.len());
    }
}
