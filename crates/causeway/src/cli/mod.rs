//! The command line: what can be asked of the program, and how answers and errors are printed.
//! Each command's work is in a file of its own.

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
    #[error("{0}")]
    Sentence(String),
}

impl Failure {
    /// What starts the program again and again need not do so for a failure that only a person can mend (2).
    fn exit_code(&self) -> ExitCode {
        match self {
            Self::Config(_) => NOT_UNDERSTOOD.into(),
            Self::Sentence(_) => ExitCode::FAILURE,
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
    match dispatch(&cli.command, load) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("causeway: {failure}");
            failure.exit_code()
        }
    }
}

fn dispatch(command: &Command, load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<(), Failure> {
    match command {
        Command::Config(command) => config::run(command, load),
        Command::Manual { folder } => manual::write(folder),
    }
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
