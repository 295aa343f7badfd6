//! The command line: what can be asked of the program, and how answers and errors are printed.
//! Each command's work is in a file of its own.

pub mod backup;
mod config;
mod manual;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{Environment, Loaded, Problems};

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
    /// Check every byte of a backup, and say what is in it
    Verify(backup::VerifyArgs),
    /// Restore a backup into an empty data folder or an empty database
    Restore(backup::RestoreArgs),
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
    Backup(#[from] crate::backup::BackupError),
    #[error("{0}")]
    Sentence(String),
}

/// Runs the command that the arguments ask for. Exit code 0: done; 1: failed, with the reason on standard error;
/// 2: the arguments are not understood.
pub fn run(arguments: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(usage) => {
            // Nothing is left to do when even the usage cannot be printed.
            let _ = usage.print();
            return if usage.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let load = || crate::config::load(cli.config.as_deref(), environment);
    match dispatch(&cli.command, load) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("causeway: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &Command, load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<(), Failure> {
    match command {
        Command::Verify(args) => told(backup::verify(args)),
        Command::Restore(args) => told(backup::restore(args, None)),
        Command::Config(command) => config::run(command, load),
        Command::Manual { folder } => manual::write(folder),
    }
}

/// Runs `work` to its end and prints its answer.
fn told(
    work: impl Future<Output = Result<backup::Answer, crate::backup::BackupError>>,
) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::Sentence(format!("threads cannot be started: {error}")))?;
    let answer = runtime.block_on(work)?;
    print(&answer.text)?;
    answer.warning.map_or(Ok(()), |warning| Err(Failure::Sentence(warning)))
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
