//! Counts of what passed, failed and was skipped, and how to read them from the test runners' closing lines.

use std::fmt;
use std::ops::AddAssign;

/// How many tests or checks passed, failed and were skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Ran and held.
    pub passed: u64,
    /// Ran and did not hold, timed out, or were wanted and could not be run.
    pub failed: u64,
    /// Were not wanted: ignored, left out by a filter, or without a subject.
    pub skipped: u64,
}

impl Tally {
    /// One check that passed or failed.
    pub fn of_one(passed: bool) -> Tally {
        if passed { Tally { passed: 1, ..Tally::default() } } else { Tally { failed: 1, ..Tally::default() } }
    }
}

/// A test runner, by the closing lines it prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runner {
    /// cargo-nextest: `Summary [..] 9 tests run: 8 passed, 1 failed, 2 skipped`, once for the whole run.
    Nextest,
    /// `cargo test`: `test result: ok. 8 passed; 0 failed; 1 ignored; ..`, once for each test program.
    Cargo,
}

impl Runner {
    /// The counts in a closing line; `None` for any other line. What a failed test printed is shown by nextest
    /// with an indent and may hold a line of another runner, so each reads its own only.
    ///
    /// A run that nextest broke off (`3/9 tests run`) counts what it did not run as failed.
    pub fn read(self, line: &str) -> Option<Tally> {
        let line = without_colour(line);
        match self {
            Runner::Nextest => {
                let rest = line.trim_start().strip_prefix("Summary [")?.split_once(']')?.1;
                let (run, rest) =
                    rest.split_once(" tests run: ").or_else(|| rest.split_once(" test run: "))?;
                let wanted: u64 = run.rsplit('/').next()?.trim().parse().ok()?;
                let rest = without_brackets(rest);
                let counts = Counts::read(&rest, ',');
                let passed = counts.of("passed");
                Some(Tally { passed, failed: wanted.saturating_sub(passed), skipped: counts.of("skipped") })
            }
            Runner::Cargo => {
                let counts = Counts::read(line.strip_prefix("test result: ")?.split_once(". ")?.1, ';');
                let skipped = counts.of("ignored") + counts.of("filtered out");
                Some(Tally { passed: counts.of("passed"), failed: counts.of("failed"), skipped })
            }
        }
    }

    /// The counts of a whole run from those of its closing lines, in their order; `None` when there was none.
    pub fn sum(self, closing: &[Tally]) -> Option<Tally> {
        match self {
            Runner::Nextest => closing.last().copied(),
            Runner::Cargo => closing.iter().copied().reduce(|mut sum, part| {
                sum += part;
                sum
            }),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// The pairs of a closing line such as `8 passed, 2 skipped`.
struct Counts<'a>(Vec<(u64, &'a str)>);

impl<'a> Counts<'a> {
    fn read(text: &'a str, separator: char) -> Counts<'a> {
        let pair = |part: &'a str| {
            let (number, name) = part.trim().split_once(' ')?;
            Some((number.parse().ok()?, name.trim()))
        };
        Counts(text.split(separator).filter_map(pair).collect())
    }

    fn of(&self, wanted: &str) -> u64 {
        self.0.iter().filter(|(_, name)| *name == wanted).map(|(number, _)| number).sum()
    }
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

/// The line without terminal colour sequences (`ESC [ .. m`).
fn without_colour(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        kept.push_str(before);
        rest = after.split_once('m').map_or("", |(_, after)| after);
    }
    kept + rest
}
