//! `causeway doctor`.

use super::{Failure, block_on, print, print_json};
use crate::config::Config;
use crate::doctor::{self, Finding, Level};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Exit code 1 where something is wrong; a warning alone leaves it at 0.
pub(super) fn run(arguments: &Arguments, config: Config) -> Result<(), Failure> {
    let findings = block_on(doctor::examine(config))?;
    if arguments.json {
        print_json(&findings)?;
    } else {
        print(&findings.iter().map(line).collect::<String>())?;
    }
    if findings.iter().any(|finding| finding.level == Level::Wrong) { Err(Failure::Said) } else { Ok(()) }
}

fn line(finding: &Finding) -> String {
    format!("{:7}  {:12}  {}\n", finding.level.word(), finding.subject, finding.sentence)
}
