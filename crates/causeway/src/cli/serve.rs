//! `causeway serve`.

use super::{Failure, block_on};
use crate::config::{Config, Environment};
use crate::telemetry;

pub(super) fn run(config: Config, environment: &Environment) -> Result<(), Failure> {
    telemetry::install(&config.log, environment).map_err(|error| Failure::Sentence(error.to_string()))?;
    block_on(crate::serve::serve(config, environment, async |_, _| ()))??;
    Ok(())
}
