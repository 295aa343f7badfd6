//! The largest event: 10,000 people, 80 slots, 60,000 requests. Run under `time -v` for memory.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use schedule::check::check;
use schedule::generate::{Presence, Recipe, Shape};
use schedule::{Budget, Options, solve};

pub(crate) fn run() {
    let usual = Recipe::usual(Presence::Windows, Shape::Open);
    let recipe = Recipe { participants: 10_000, slots: 80, requests: 60_000, tables: 1_000, ..usual };
    let event = recipe.event();
    let begun = Instant::now();
    let options = Options { seed: 1, threads: 2, budget: Budget::Time(Duration::from_secs(9)) };
    let solution =
        solve(&event, &options, &mut |_| ControlFlow::Continue(())).expect("weight mode always answers");
    let wall = begun.elapsed();
    let broken = check(&event, &solution.timetable).expect("made-up events are valid");
    assert!(broken.is_empty(), "{}", broken[0]);
    println!(
        "\n| people | slots | requests | wall s | greedy | served | bound | of the bound |\n|---|---|---|---|---|---|---|---|"
    );
    println!(
        "| {} | {} | {} | {:.1} | {} | {} | {} | {:.3} % |",
        event.participants.len(),
        event.slots.len(),
        event.requests.len(),
        wall.as_secs_f64(),
        solution.greedy,
        solution.served,
        solution.bound,
        100.0 * solution.served as f64 / solution.bound as f64
    );
}
