//! The README's one test command: finds or installs what the tests need, starts their servers, runs every
//! step even when an earlier one failed, and closes with the counts alone on the last line.
//!
//! It starts nothing that outlives it (`group`); what a test does with the servers is the tests' own matter.

pub mod chromedriver;
pub mod group;
pub mod postgres;
mod step;
pub mod tools;

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use self::chromedriver::Chromedriver;
use self::group::Interrupt;
use self::postgres::Postgres;
use self::step::{Report, Step};
use self::tools::Tools;
use crate::environment::preset;
use crate::workspace::Workspace;

/// What `cargo xtask test` takes.
#[derive(Debug, Args)]
pub struct Options {
    /// Run only the tests whose name contains one of these words, and no other step.
    pub filter: Vec<String>,
    /// Run only this part (may be given several times).
    #[arg(long, value_enum)]
    pub only: Vec<Part>,
}

/// A part of the run that can be asked for alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// The format of the code.
    Fmt,
    /// The lints.
    Clippy,
    /// Building everything, every test and the examples in the documentation.
    Test,
    /// The checks of the tree.
    Tidy,
}

impl Options {
    fn wants(&self, part: Part) -> bool {
        if self.only.is_empty() {
            self.filter.is_empty() || part == Part::Test
        } else {
            self.only.contains(&part)
        }
    }
}

/// Runs the wanted steps and prints the counts. Gives whether all of them passed.
///
/// # Errors
/// When a needed program is missing or a server does not start, or the run is interrupted.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let interrupt = Interrupt::listen()?;
    let mut report = Report::default();
    let servers = if options.wants(Part::Test) {
        step::heading("servers");
        let start = Instant::now();
        let servers = Servers::start(workspace, &interrupt)?;
        println!("servers are up after {:.1} s", start.elapsed().as_secs_f64());
        Some(servers)
    } else {
        None
    };
    if options.wants(Part::Fmt) {
        report.take(Step::format(), &interrupt)?;
    }
    if options.wants(Part::Clippy) {
        report.take(Step::lints(), &interrupt)?;
    }
    if let Some(servers) = servers {
        let seen = workspace.sql_seen();
        // A narrowed run adds to what the last whole run saw, so that `tidy` alone goes on telling the truth.
        if options.filter.is_empty() && seen.exists() {
            fs::remove_dir_all(&seen).with_context(|| format!("cannot clear {}", seen.display()))?;
        }
        fs::create_dir_all(&seen).with_context(|| format!("cannot make {}", seen.display()))?;
        let variables = servers.variables(&seen);
        if report.take(Step::build(), &interrupt)? {
            for step in step::tests(servers.tools.nextest, &options.filter) {
                report.take(step.with(&variables), &interrupt)?;
            }
        }
    }
    if options.wants(Part::Tidy) {
        report.tidy(workspace)?;
    }
    println!("\n{report}");
    Ok(report.passed())
}

/// What runs beside the tests, or was named by the developer.
struct Servers {
    tools: Tools,
    postgres: Option<Postgres>,
    chromedriver: Option<Chromedriver>,
}

impl Servers {
    fn start(workspace: &Workspace, interrupt: &Interrupt) -> Result<Servers> {
        let folder = workspace.target.join("test-tools");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let tools = tools::find_or_install(&folder, interrupt)?;
        let log = |name: &str| folder.join(name);
        let postgres = match &tools.postgres {
            Some(programs) => Some(Postgres::start(programs, &log("postgres.log"), interrupt)?),
            None => None,
        };
        let chromedriver = match &tools.chromedriver {
            Some(program) => Some(Chromedriver::start(program, &log("chromedriver.log"), interrupt)?),
            None => None,
        };
        Ok(Servers { tools, postgres, chromedriver })
    }

    /// The variables that tell the tests where everything is. What the developer preset goes through unchanged.
    fn variables(&self, sql_seen: &Path) -> Vec<(&'static str, PathBuf)> {
        let mut variables = vec![
            ("CAUSEWAY_TEST_SQL_SEEN", sql_seen.to_owned()),
            ("CAUSEWAY_TEST_CHROMIUM", self.tools.chromium.clone()),
            ("CAUSEWAY_TEST_AXE", self.tools.axe.clone()),
        ];
        let urls = [
            ("CAUSEWAY_TEST_POSTGRES", self.postgres.as_ref().map(Postgres::url)),
            ("CAUSEWAY_TEST_WEBDRIVER", self.chromedriver.as_ref().map(Chromedriver::url)),
        ];
        for (name, started) in urls {
            let url = started.map(PathBuf::from).or_else(|| preset(name).map(PathBuf::from));
            variables.extend(url.map(|url| (name, url)));
        }
        variables
    }
}

/// A loopback port that nobody listens on now.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on loopback")?;
    Ok(listener.local_addr()?.port())
}

/// The last lines of a log, for an error message.
fn last_lines(log: &Path) -> String {
    let text = fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
