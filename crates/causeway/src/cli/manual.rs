//! `causeway manual FOLDER`: manual pages and shell completions, made from the command line's own description
//! when the Debian package is built.

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory;
use clap_complete::{Shell, generate_to};

use super::{Cli, Failure};

pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    let written = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        clap_mangen::generate_to(Cli::command(), folder)?;
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            generate_to(shell, &mut Cli::command(), "causeway", folder)?;
        }
        Ok(())
    };
    written().map_err(|error| {
        Failure::Sentence(format!("the folder {} cannot be written: {error}", folder.display()))
    })
}
