//! The steps of a test run as cargo commands, and the report that collects how each ended.

use std::fmt;
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::group::{self, Interrupt};
use crate::tally::{Runner, Tally};
use crate::tidy::{self, Routes};
use crate::workspace::Workspace;

/// One command of the run.
pub(super) struct Step {
    name: &'static str,
    command: Command,
    /// Who closes it with counts; otherwise it counts as one check.
    runner: Option<Runner>,
}

impl Step {
    pub(super) fn format() -> Step {
        Step::cargo("format", &["fmt", "--all", "--check"])
    }

    pub(super) fn lints() -> Step {
        Step::cargo("lints", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])
    }

    /// Builds what the tests need and the binary, in one go, so that features are unified once.
    pub(super) fn build() -> Step {
        Step::cargo("build", &["build", "--workspace", "--bins", "--tests"])
    }

    pub(super) fn with(mut self, variables: &[(&'static str, PathBuf)]) -> Step {
        self.command.envs(variables.iter().map(|(name, value)| (name, value)));
        self
    }

    fn cargo(name: &'static str, arguments: &[&str]) -> Step {
        let mut command = Command::new("cargo");
        command.args(arguments);
        if stderr().is_terminal() {
            command.env("CARGO_TERM_COLOR", "always");
        }
        Step { name, command, runner: None }
    }

    fn counted_by(mut self, runner: Runner) -> Step {
        self.runner = Some(runner);
        self
    }
}

/// Every test of the workspace, then the examples in the documentation (which nextest does not run).
pub(super) fn tests(nextest: bool, filter: &[String]) -> Vec<Step> {
    let (runner, arguments) = if nextest {
        (Runner::Nextest, &["nextest", "run", "--workspace", "--no-fail-fast"][..])
    } else {
        (Runner::Cargo, &["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast", "--"][..])
    };
    let mut tests = Step::cargo("tests", arguments);
    tests.command.args(filter);
    let mut examples = Step::cargo("examples", &["test", "--workspace", "--doc", "--no-fail-fast", "--"]);
    examples.command.args(filter);
    vec![tests.counted_by(runner), examples.counted_by(Runner::Cargo)]
}

/// Prints the heading of a step.
pub(super) fn heading(name: &str) {
    println!("\n== {name}");
}

/// How each step ended.
#[derive(Default)]
pub(super) struct Report {
    lines: Vec<(&'static str, Tally, Duration)>,
}

impl Report {
    /// Runs a step and notes how it ended. Gives whether it passed.
    pub(super) fn take(&mut self, mut step: Step, interrupt: &Interrupt) -> Result<bool> {
        heading(step.name);
        let start = Instant::now();
        let ran = group::run(&mut step.command, step.runner, interrupt)?;
        let mut tally = match step.runner {
            // A test runner without a closing line has not run: that counts as a failure.
            Some(_) => ran.tally.unwrap_or_else(|| Tally::of_one(false)),
            None => Tally::of_one(ran.succeeded),
        };
        // So does one that fails without a failed test: it does not build, or finds nothing to run.
        if tally.failed == 0 && !ran.succeeded {
            tally += Tally::of_one(false);
        }
        self.note(step.name, tally, start.elapsed());
        Ok(tally.failed == 0)
    }

    /// Runs the checks of the tree on what the tests left.
    pub(super) fn tidy(&mut self, workspace: &Workspace) -> Result<()> {
        heading("tidy");
        let start = Instant::now();
        let tally = tidy::report(workspace, &[], Routes::FromBuild)?;
        self.note("tidy", tally, start.elapsed());
        Ok(())
    }

    /// Whether nothing failed.
    pub(super) fn passed(&self) -> bool {
        self.total().failed == 0
    }

    fn note(&mut self, name: &'static str, tally: Tally, time: Duration) {
        let outcome = if tally.failed == 0 { "passed" } else { "FAILED" };
        println!("-- {name} {outcome} after {:.1} s", time.as_secs_f64());
        self.lines.push((name, tally, time));
    }

    fn total(&self) -> Tally {
        let mut total = Tally::default();
        for (_, tally, _) in &self.lines {
            total += *tally;
        }
        total
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, tally, time) in &self.lines {
            let outcome = if tally.failed == 0 { "passed" } else { "FAILED" };
            writeln!(out, "{name:<10} {outcome}  {:>7.1} s   {tally}", time.as_secs_f64())?;
        }
        write!(out, "{}", self.total())
    }
}
