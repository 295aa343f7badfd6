//! `causeway demo`.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::{Failure, block_on, print, refusal};
use crate::config::{Config, Environment};
use crate::demo;
use crate::telemetry;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Address and port to serve on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Folder to keep the data in; without, they are removed at the end
    #[arg(long, value_name = "PATH")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, config: Config, environment: &Environment) -> Result<(), Failure> {
    telemetry::install(&config.log, environment).map_err(|error| Failure::Sentence(error.to_string()))?;
    let stage = demo::Stage::set(config, arguments.listen, arguments.folder.clone()).map_err(|error| {
        Failure::Sentence(format!("a folder for the demonstration cannot be made: {error}"))
    })?;
    block_on(crate::serve::serve(stage.config.clone(), environment, async |site, address| {
        let played = demo::play(&site.db).await;
        let said = match &played {
            Ok(sign_ins) => demo::programme_note(address, &crate::mail::folder(site), sign_ins),
            Err(error) => format!("The demonstration data could not be made: {}\n", refusal::sentence(error)),
        };
        // Whoever closed the output does not want to read it.
        print(&said).ok();
    }))??;
    Ok(())
}
