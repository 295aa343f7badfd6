//! Measurements of the crate, one table each. `cargo xtask bench schedule` runs them all.
//!
//! `cargo run --release -p schedule --example bench -- [quality|replan|large|literature FOLDER|curve FILE]`

mod curve;
mod large;
mod literature;
mod quality;
mod replan;

use std::path::Path;
use std::process::ExitCode;

use schedule::generate::{Presence, Recipe, Shape};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args[..] {
        [] => {
            quality::run(&[0.3, 1.0, 5.0]);
            replan::run();
            large::run();
        }
        ["quality"] => quality::run(&[0.3, 1.0, 5.0]),
        ["quality", seconds] => match seconds.parse() {
            Ok(seconds) => quality::run(&[seconds]),
            Err(_) => return usage(),
        },
        ["replan"] => replan::run(),
        ["large"] => large::run(),
        ["literature", folder] => return literature::run(Path::new(folder), 10.0),
        ["literature", folder, seconds] => match seconds.parse() {
            Ok(seconds) => return literature::run(Path::new(folder), seconds),
            Err(_) => return usage(),
        },
        ["curve", file] => return curve::run(Path::new(file)),
        _ => return usage(),
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    eprintln!("bench [quality [SECONDS] | replan | large | literature FOLDER [SECONDS] | curve FILE.svg]");
    ExitCode::from(2)
}

/// The made-up events measured, by name.
fn events() -> Vec<(&'static str, Recipe)> {
    let usual = Recipe::usual;
    vec![
        ("scattered, open", usual(Presence::Scattered, Shape::Open)),
        ("scattered, hosts", usual(Presence::Scattered, Shape::Hosts)),
        ("windows, open", Recipe { tables: 300, ..usual(Presence::Windows, Shape::Open) }),
        ("windows, open, few tables", usual(Presence::Windows, Shape::Open)),
        ("windows, hosts", usual(Presence::Windows, Shape::Hosts)),
        ("planted", usual(Presence::Planted, Shape::Open)),
        ("planted, 21,080 requests", Recipe { tables: 527, ..usual(Presence::Planted, Shape::Open) }),
    ]
}
