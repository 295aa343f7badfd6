//! How fast a timetable is mended, and how little is moved for it.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use schedule::check::check;
use schedule::model::{Event, ParticipantId, Timetable};
use schedule::replan::{Policy, replan};
use schedule::{Budget, Options, solve};

pub(crate) fn run() {
    println!("\n| event | change | wall ms | lost | moved | moved per lost | dropped | added |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, recipe) in crate::events() {
        let event = recipe.event();
        let options = Options { seed: 1, threads: 2, budget: Budget::Time(Duration::from_secs(2)) };
        let before = solve(&event, &options, &mut |_| ControlFlow::Continue(()))
            .expect("weight mode always answers")
            .timetable;
        cancellation(name, &event, &before);
        let absent = event.participants.iter().step_by(event.participants.len() / 20).take(20);
        mend(
            name,
            "20 no-shows",
            &event,
            &before,
            absent.map(|participant| participant.id.clone()).collect(),
        );
    }
}

/// One meeting is called off: its request is withdrawn.
fn cancellation(name: &str, event: &Event, before: &Timetable) {
    let gone = &before.meetings[before.meetings.len() / 2].request;
    let mut event = event.clone();
    event.requests.retain(|request| request.id != *gone);
    mend(name, "1 cancellation", &event, before, Vec::new());
}

fn mend(name: &str, change: &str, event: &Event, before: &Timetable, absent: Vec<ParticipantId>) {
    let begun = Instant::now();
    let after =
        replan(event, before, &Policy { absent, ..Policy::default() }).expect("the timetable was valid");
    let wall = begun.elapsed().as_secs_f64() * 1_000.0;
    let broken = check(event, &after.timetable).expect("made-up events are valid");
    assert!(broken.is_empty(), "{name}: {}", broken[0]);
    let diff = after.diff;
    let per_lost = diff.moved.len() as f64 / diff.lost.len().max(1) as f64;
    println!(
        "| {name} | {change} | {wall:.0} | {} | {} | {per_lost:.2} | {} | {} |",
        diff.lost.len(),
        diff.moved.len(),
        diff.dropped.len(),
        diff.added.len()
    );
}
