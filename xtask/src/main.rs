//! The command line of the developer tool: `cargo xtask`. What each command does lives in the library.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::workspace::Workspace;
use xtask::{bench, conform, suite, tidy};

/// What developers of Causeway run.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", arg_required_else_help = true)]
struct CommandLine {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Run format, lints, every test on both databases and in a browser, and tidy; close with the counts.
    Test(suite::Options),
    /// Print ratios against a baseline that runs beside: `writes`, `verify`, `backup`.
    Bench(bench::Options),
    /// Ask a serving process everything that the description of the API allows, and much that it forbids.
    Conform(conform::Options),
    /// Check what the compiler cannot: arrows, names, lengths, messages, routes, statements.
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    match run(CommandLine::parse().task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Gives whether everything that was run passed.
fn run(task: Task) -> Result<bool> {
    let workspace = Workspace::find()?;
    match task {
        Task::Test(options) => suite::run(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options),
        Task::Conform(options) => conform::run(&workspace, &options),
        Task::Tidy(options) => tidy::run(&workspace, &options),
    }
}
