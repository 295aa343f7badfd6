//! The command line program of the crate.

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    schedule::cli::run(schedule::cli::Args::parse())
}
