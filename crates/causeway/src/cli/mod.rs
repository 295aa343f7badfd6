//! The command line: what can be asked of the program, and how answers and errors are printed.
//! Each command's work is in a file of its own.

mod audit;
mod backup;
mod config;
mod demo;
mod doctor;
mod job;
mod mail;
mod manual;
mod migrate;
mod organisation;
mod programme;
mod publication;
mod refusal;
mod routes;
mod serve;
mod support;
mod token;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use domain::page::{Ask, MOST, Page};

use crate::audit::AuditError;
use crate::backup::{BackupError, Source};
use crate::config::{Config, Environment, Loaded, Problems};
use crate::serve::ServeError;
use crate::site::{Site, SiteError};

/// A self-hosted platform for international technology transfer.
#[derive(Debug, Parser)]
#[command(name = "causeway", version, max_term_width = 100)]
struct Cli {
    /// Configuration file [default: the one CAUSEWAY_CONFIG names, else /etc/causeway/causeway.toml]
    #[arg(long, global = true, value_name = "PATH")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site
    Serve,
    /// Serve a throw-away site with demonstration data, and remove it at the end
    Demo(demo::Arguments),
    /// Bring the database's schema up to date
    Migrate(migrate::Arguments),
    /// Look at everything an operator should know of, and say what is wrong
    Doctor(doctor::Arguments),
    /// Write everything into one portable, checksummed file
    Backup(backup::BackupArgs),
    /// Prove that a backup is whole, and say what is in it
    Verify(backup::VerifyArgs),
    /// Put a backup into a new data folder or an empty PostgreSQL database
    Restore(backup::RestoreArgs),
    /// Prove that the change log is as it was written
    #[command(subcommand)]
    Audit(audit::Command),
    /// Keys with which programs sign in
    #[command(subcommand)]
    Token(token::Command),
    /// Organisations: taking them in from a file
    #[command(subcommand)]
    Organisation(organisation::Command),
    /// News on the home page
    #[command(subcommand)]
    Publication(publication::Command),
    /// What the installation serves: countries, partners, lists and calendars
    #[command(subcommand)]
    Programme(programme::Command),
    /// Work done in the background
    #[command(subcommand)]
    Job(job::Command),
    /// E-mail that the site sends
    #[command(subcommand)]
    Mail(mail::Command),
    /// Place meetings into slots, tables and languages
    #[command(subcommand)]
    Schedule(schedule::cli::Command),
    /// List every address that is answered
    Routes(routes::Arguments),
    /// Write what a maintainer needs to help, without secrets and personal data
    SupportBundle(support::Arguments),
    /// Show the configuration, or explain every setting
    #[command(subcommand)]
    Config(config::Command),
    /// Write manual pages and shell completions into a folder
    #[command(hide = true)]
    Manual {
        /// Folder to write into; it is created
        folder: PathBuf,
    },
}

/// Why a command failed, in a sentence with the way out.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Config(#[from] Problems),
    #[error(transparent)]
    Site(#[from] SiteError),
    #[error(transparent)]
    Serve(#[from] ServeError),
    #[error(transparent)]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Backup(#[from] BackupError),
    #[error(transparent)]
    Programme(#[from] domain::programme::Problems),
    #[error("{}", refusal::sentence(.0))]
    Domain(#[from] domain::Error),
    #[error("{0}")]
    Sentence(String),
    /// The command has said all there is to say; only the exit code is left.
    #[error("")]
    Said,
}

impl Failure {
    /// What starts the program again and again need not do so for a failure that only a person can mend (2).
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => NOT_UNDERSTOOD.into(),
            _ => ExitCode::FAILURE,
        }
    }
}

/// Exit code when arguments or configuration are not understood.
const NOT_UNDERSTOOD: u8 = 2;

/// Runs the command that the arguments ask for. Exit code 0: done; 1: failed, with the reason on standard error;
/// 2: the arguments or the configuration are not understood.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Nothing is left to do when even the usage cannot be printed.
            let _ = usage.print();
            return if usage.use_stderr() { NOT_UNDERSTOOD.into() } else { ExitCode::SUCCESS };
        }
    };
    let load = || crate::config::load(cli.config.as_deref(), environment);
    match dispatch(cli.command, load, environment) {
        Ok(code) => code,
        Err(Failure::Said) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("causeway: {failure}");
            failure.exit_code()
        }
    }
}

fn dispatch(
    command: Command,
    load: impl FnOnce() -> Result<Loaded, Problems>,
    environment: &Environment,
) -> Result<ExitCode, Failure> {
    let outcome = match command {
        Command::Schedule(command) => return Ok(schedule::cli::run(schedule::cli::Args { command })),
        Command::Serve => serve::run(load()?.config, environment),
        Command::Demo(arguments) => demo::run(&arguments, load()?.config, environment),
        Command::Migrate(arguments) => migrate::run(&arguments, load()?.config),
        Command::Doctor(arguments) => doctor::run(&arguments, load()?.config),
        Command::Backup(arguments) => on_site(load()?.config, async |site| {
            let source = Source::new(site.db.clone(), site.shelf.clone(), &site.folder);
            say(backup::make(&arguments, &source).await?)
        }),
        Command::Verify(arguments) => block_on(async { say(backup::verify(&arguments).await?) })?,
        Command::Restore(arguments) => {
            let shelf = crate::site::outside_shelf(&load()?.config)?;
            block_on(async { say(backup::restore(&arguments, shelf).await?) })?
        }
        Command::Audit(command) => audit::run(&command, load()?.config),
        Command::Token(command) => token::run(&command, load()?.config),
        Command::Organisation(command) => organisation::run(&command, load),
        Command::Publication(command) => publication::run(&command, load()?.config),
        Command::Programme(command) => programme::run(&command, load),
        Command::Job(command) => job::run(&command, load()?.config),
        Command::Mail(command) => mail::run(&command, load()?.config),
        Command::Routes(arguments) => routes::run(&arguments),
        Command::SupportBundle(arguments) => support::run(&arguments, load()?),
        Command::Config(command) => config::run(&command, load),
        Command::Manual { folder } => manual::write(&folder),
    };
    outcome.map(|()| ExitCode::SUCCESS)
}

/// Prints to standard output. A reader that has seen enough (`| head`) is not an error.
fn print(text: &str) -> Result<(), Failure> {
    use std::io::{ErrorKind, Write};
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Sentence(format!("the output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints what a command about a backup has to say.
fn say(answer: backup::Answer) -> Result<(), Failure> {
    print(&answer.text)?;
    answer.warning.map_or(Ok(()), |warning| Err(Failure::Sentence(warning)))
}

/// Prints a value as JSON, for programs.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::Sentence(error.to_string()))?;
    print(&format!("{text}\n"))
}

/// The newest things of a list, as many pages of it as it takes.
async fn newest<T>(limit: u32, list: impl AsyncFn(Ask) -> domain::Result<Page<T>>) -> domain::Result<Vec<T>> {
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let missing = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
        if missing == 0 {
            return Ok(found);
        }
        let page = list(Ask { limit: missing.min(MOST), after }).await?;
        found.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// Runs `work` to its end.
fn block_on<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::Sentence(format!("threads cannot be started: {error}")))?;
    Ok(runtime.block_on(work))
}

/// Opens the site beside whoever serves it, runs `work` on it, and closes it.
fn on_site<T>(config: Config, work: impl AsyncFnOnce(&Site) -> Result<T, Failure>) -> Result<T, Failure> {
    block_on(async {
        let site = Site::visit(config).await?;
        let outcome = work(&site).await;
        site.close().await;
        outcome
    })?
}
