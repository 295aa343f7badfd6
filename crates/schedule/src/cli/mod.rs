//! The command line front. Reads and writes files, prints; all else is the library's.

mod args;
mod command;
mod files;

use std::process::ExitCode;

pub use args::{Args, Command};

/// Runs a command. Gives 0 if all is well, 1 if the answer is no (a rule is broken, no timetable exists), 2 if an
/// input cannot be used.
pub fn run(args: Args) -> ExitCode {
    let result = match args.command {
        Command::Solve(solve) => command::solve(&solve),
        Command::Check { event, timetable } => command::check(&event, &timetable),
        Command::Replan(replan) => command::replan(&replan),
        Command::Explain { event, timetable, json } => command::explain(&event, &timetable, json),
        Command::Report { event, timetable } => command::report(&event, &timetable),
        Command::Print { event, timetable, output } => command::print(&event, &timetable, &output),
        Command::Generate(generate) => command::generate(&generate),
        Command::Schema { of } => command::schema(of),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}
