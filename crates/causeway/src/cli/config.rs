//! `causeway config show` and `causeway config reference`.

use super::{Failure, print};
use crate::config::{self, Loaded, Problems};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print what the program understood of its configuration, without secrets
    Show {
        /// Say where each value comes from
        #[arg(long)]
        origin: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Explain every setting, as Markdown
    Reference {
        /// Print an example configuration file instead
        #[arg(long)]
        toml: bool,
        /// Data folder that the example file sets
        #[arg(long, requires = "toml", value_name = "PATH")]
        data_folder: Option<String>,
    },
}

pub(super) fn run(command: &Command, load: impl FnOnce() -> Result<Loaded, Problems>) -> Result<(), Failure> {
    match command {
        Command::Show { origin, json: true } => {
            print(&format!("{:#}\n", config::as_json(&load()?.effective, *origin)))
        }
        Command::Show { origin, json: false } => print(&config::as_toml(&load()?.effective, *origin)),
        Command::Reference { toml: false, .. } => print(&config::markdown()),
        Command::Reference { toml: true, data_folder } => {
            let set: Vec<_> = data_folder.iter().map(|folder| ("data.folder", folder.as_str())).collect();
            print(&config::example(&set))
        }
    }
}
