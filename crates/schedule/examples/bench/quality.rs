//! Value served after so many seconds, beside greedy, first come first served and the proved bound.

use std::ops::ControlFlow;
use std::time::Duration;

use schedule::check::check;
use schedule::report::report;
use schedule::{Budget, Options, first_come_first_served, greedy_only, solve};

pub(crate) fn run(seconds: &[f64]) {
    println!(
        "\n| event | requests | first come | greedy | seconds | served | bound | of the bound | breaks | table changes |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    for (name, recipe) in crate::events() {
        let event = recipe.event();
        let first = first_come_first_served(&event).expect("made-up events are valid").served;
        let greedy = greedy_only(&event).expect("made-up events are valid").served;
        for &seconds in seconds {
            let budget = Budget::Time(Duration::from_secs_f64(seconds));
            let options = Options { seed: 1, threads: 2, budget };
            let solution = solve(&event, &options, &mut |_| ControlFlow::Continue(()))
                .expect("weight mode always answers");
            let broken = check(&event, &solution.timetable).expect("made-up events are valid");
            assert!(broken.is_empty(), "{name}: {}", broken[0]);
            let report = report(&event, &solution.timetable).expect("made-up events are valid");
            println!(
                "| {name} | {} | {first} | {greedy} | {seconds} | {} | {} | {:.3} % | {} | {} |",
                event.requests.len(),
                report.value,
                report.bound,
                100.0 - report.gap_percent,
                report.breaks,
                report.table_changes
            );
        }
    }
}
