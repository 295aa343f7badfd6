//! The published B2BSP instances beside their published optima (`best_known.tsv`).

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use schedule::check::check;
use schedule::format::dzn;
use schedule::report::report;
use schedule::{Budget, Failure, Options, solve};

pub(crate) fn run(folder: &Path, seconds: f64) -> ExitCode {
    let Ok(table) = fs::read_to_string(folder.join("best_known.tsv")) else {
        eprintln!("{} has no best_known.tsv", folder.display());
        return ExitCode::from(2);
    };
    println!(
        "\n| instance | spread | published | found | above | first complete s | wall s |\n|---|---|---|---|---|---|---|"
    );
    let (mut right, mut all) = (0, 0);
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [name, family, spread, status, optimum, ..] = cells[..] else { continue };
        let name = format!("{name}.{family}{}", if family.starts_with("fixed") { "-Forb" } else { "" });
        let Ok(text) = fs::read_to_string(folder.join(format!("b2bsp/{name}.dzn"))) else {
            println!("| {name} | {spread} | {status} {optimum} | no file | | | |");
            continue;
        };
        let event = match dzn::read(&text, spread.parse().ok()) {
            Ok(event) => event,
            Err(invalid) => {
                println!("| {name} | {spread} | {status} {optimum} | cannot be read: {invalid} | | | |");
                continue;
            }
        };
        let begun = Instant::now();
        let mut first = None;
        let options = Options { seed: 1, threads: 2, budget: Budget::Time(Duration::from_secs_f64(seconds)) };
        let result = solve(&event, &options, &mut |progress| {
            if progress.unserved == 0 {
                first.get_or_insert(progress.elapsed.as_secs_f64());
            }
            ControlFlow::Continue(())
        });
        all += 1;
        let (found, above) = match result {
            Ok(solution) => {
                let broken = check(&event, &solution.timetable).expect("the instance was valid");
                assert!(broken.is_empty(), "{name}: {}", broken[0]);
                let breaks = report(&event, &solution.timetable).expect("the instance was valid").breaks;
                let above = optimum.parse::<usize>().map(|optimum| breaks - optimum);
                right += usize::from(above == Ok(0));
                (breaks.to_string(), above.map_or_else(|_| "WRONG".to_owned(), |above| above.to_string()))
            }
            Err(Failure::Infeasible(_)) => {
                right += usize::from(status == "UNSAT");
                (
                    "proved infeasible".to_owned(),
                    if status == "UNSAT" { String::new() } else { "WRONG".to_owned() },
                )
            }
            Err(_) => {
                ("none found".to_owned(), if status == "UNSAT" { String::new() } else { "MISSED".to_owned() })
            }
        };
        let first = first.map_or_else(String::new, |first| format!("{first:.1}"));
        let wall = begun.elapsed().as_secs_f64();
        println!("| {name} | {spread} | {status} {optimum} | {found} | {above} | {first} | {wall:.1} |");
    }
    println!("\n{right} of {all} as published (optimum reached, or infeasibility proved)");
    ExitCode::SUCCESS
}
