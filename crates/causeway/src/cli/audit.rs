//! `causeway audit verify`, `head` and `trust`.

use domain::change::{self, Head};
use serde_json::json;

use super::{Failure, on_site, print, print_json};
use crate::audit::{self, Heads};
use crate::config::Config;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check every row, every seal and every head, and name the first that is wrong
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the newest head and this machine's keys, to be kept elsewhere
    Head {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Believe the signatures of another node
    Trust {
        /// Its public key, as `causeway audit head` prints it there
        key: String,
    },
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    on_site(config, async |site| match command {
        Command::Verify { json } => {
            let trust = audit::trust(&site.folder)?;
            let heads = trust.heads.len();
            let verdict = site.db.read(async |read| change::verify(&read, &trust, |_| ()).await).await?;
            if *json {
                print_json(&json!({
                    "rows": verdict.rows, "batches": verdict.batches, "unsealed": verdict.unsealed,
                    "heads": heads, "last": verdict.last, "hash": verdict.hash,
                    "fault": verdict.fault.as_ref().map(ToString::to_string),
                    "position": verdict.fault.as_ref().map(change::Fault::position),
                }))?;
            } else if verdict.fault.is_none() {
                print(&format!(
                    "The change log is as it was written: {} rows in {} seals, {} heads kept outside agree, {} rows wait \
                     for their seal.\nHead {} {}\n",
                    verdict.rows, verdict.batches, heads, verdict.unsealed, verdict.last, verdict.hash
                ))?;
            }
            match verdict.fault {
                None => Ok(()),
                Some(_) if *json => Err(Failure::Said),
                Some(fault) => Err(Failure::Sentence(format!(
                    "the change log is not as it was written: {fault}. All is right up to row {}. Keep the database as \
                     it is, and compare it with a backup",
                    verdict.last
                ))),
            }
        }
        Command::Head { json } => {
            let head = Heads::of(&site.folder).newest()?;
            let keys = audit::trusted_keys(&site.folder)?;
            if *json {
                return print_json(&json!({ "head": head, "keys": keys }));
            }
            print(&said(head.as_ref(), &keys))
        }
        Command::Trust { key } => Ok(audit::trust_key(&site.folder, key)?),
    })
}

fn said(head: Option<&Head>, keys: &[String]) -> String {
    let mut text = match head {
        Some(head) => format!(
            "head {} {}\nsigned {}\nsignature {}\n",
            head.last, head.hash, head.made_at, head.signature
        ),
        None => "No change has been sealed yet.\n".to_owned(),
    };
    for key in keys {
        text.push_str(&format!("key {key}\n"));
    }
    text
}
