//! `causeway support-bundle`.

use std::path::PathBuf;

use super::{Failure, block_on, print};
use crate::config::{self, Loaded};
use crate::{doctor, support};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// File to write
    #[arg(short, long, default_value = "causeway-support.tar.zst", value_name = "PATH")]
    output: PathBuf,
}

pub(super) fn run(arguments: &Arguments, loaded: Loaded) -> Result<(), Failure> {
    let settings = config::as_json(&loaded.effective, true);
    let bundle = block_on(async {
        let findings = doctor::examine(loaded.config.clone()).await;
        support::gather(loaded.config, settings, findings).await
    })?;
    bundle.write(&arguments.output).map_err(|error| {
        Failure::Sentence(format!("{} cannot be written: {error}", arguments.output.display()))
    })?;
    let names = bundle.names().collect::<Vec<_>>().join(", ");
    print(&format!("Wrote {} with {names}. Look at it before you send it.\n", arguments.output.display()))
}
