//! The program `causeway`.

use std::process::ExitCode;

fn main() -> ExitCode {
    causeway::cli::run(std::env::args_os(), &causeway::config::Environment::of_process())
}
