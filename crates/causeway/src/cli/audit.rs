//! `causeway audit verify`, `show`, `head`, `keys` and `trust`.

use domain::actor::Actor;
use domain::change::{self, Change, Fault, Head, Subject};
use domain::page::MOST;
use serde_json::json;

use super::{Failure, on_site, print, print_json};
use crate::audit::{self, Heads, KeyState, KeyView};
use crate::config::Config;
use crate::site::Site;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Check every row, every seal and every head, and name the first that is wrong
    Verify {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what was done to one thing, oldest first
    Show {
        /// Its reference, such as N20261123-4KX9QD, or its id
        #[arg(value_parser = subject)]
        subject: Subject,
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
    /// List the keys of all nodes, and whether this machine believes them
    Keys {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Believe the signatures of another node, once its key was compared with what it prints itself
    Trust {
        /// Its public key, as `causeway audit head` prints it there
        key: String,
    },
}

fn subject(text: &str) -> Result<Subject, String> {
    text.parse()
        .map_err(|_| "name a thing by its reference, such as N20261123-4KX9QD, or by its id".to_owned())
}

pub(super) fn run(command: &Command, config: Config) -> Result<(), Failure> {
    on_site(config, async |site| match command {
        Command::Verify { json } => {
            let trust = audit::trust(&site.folder)?;
            let heads = trust.heads.len();
            let verdict = change::verify(&site.db, &trust, |_| ()).await?;
            if *json {
                print_json(&json!({
                    "rows": verdict.rows, "batches": verdict.batches, "unsealed": verdict.unsealed,
                    "heads": heads, "last": verdict.last, "hash": verdict.hash,
                    "fault": verdict.fault.as_ref().map(ToString::to_string),
                    "position": verdict.fault.as_ref().map(Fault::position),
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
                    "the change log is not as it was written: {fault}. All is right up to row {}. {}",
                    verdict.last,
                    way_out(site, &fault).await?
                ))),
            }
        }
        Command::Show { subject, json } => {
            let changes = whole_history(site, subject).await?;
            if *json {
                return print_json(&changes);
            }
            if changes.is_empty() {
                return Err(Failure::Sentence("the change log knows of no such thing".to_owned()));
            }
            changes.iter().try_for_each(|change| print(&line(change)))
        }
        Command::Keys { json } => {
            let keys = audit::keys(&site.db, &site.folder).await?;
            if *json {
                return print_json(&keys);
            }
            keys.iter().try_for_each(|key| print(&told(key)))
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

/// What to do about a fault. A signature that does not hold, of the log or of a head that was kept as it came by, may be that of
/// a node which this machine was not told of.
async fn way_out(site: &Site, fault: &Fault) -> Result<String, Failure> {
    let compare = "Keep the database as it is, and compare it with a backup".to_owned();
    let (Fault::Signature(position) | Fault::ForeignHead(position)) = fault else { return Ok(compare) };
    let signer = change::signer_at(&site.db, *position).await?;
    let keys = audit::keys(&site.db, &site.folder).await?;
    let waiting = |key: &&KeyView| key.state == KeyState::Waiting && Some(&key.key) == signer.as_ref();
    Ok(keys.iter().find(waiting).map_or(compare, |key| {
        format!(
            "It is signed with a key that {} has made known and that this machine does not believe: {}. If that node \
             is yours and `causeway audit head` prints the same key there, run `causeway audit trust` with it here",
            key.node.as_deref().unwrap_or("a node"),
            key.key
        )
    }))
}

async fn whole_history(site: &Site, subject: &Subject) -> Result<Vec<Change>, Failure> {
    let (operator, mut changes, mut position) = (Actor::operator(), Vec::new(), 0);
    loop {
        let more = change::history(&site.db, &operator, subject, position, MOST).await?;
        let is_all = more.len() < MOST as usize || more.last().is_none_or(|last| last.position.is_none());
        position = more.iter().rev().find_map(|change| change.position).unwrap_or(position);
        changes.extend(more);
        if is_all {
            return Ok(changes);
        }
    }
}

fn line(change: &Change) -> String {
    let position = change.position.map_or_else(|| "unsealed".to_owned(), |position| position.to_string());
    let by =
        change.actor.map_or_else(|| change.actor_kind.clone(), |id| format!("{} {id}", change.actor_kind));
    let mut text = format!("{position}  {}  {}  by {by}\n", change.at, change.verb);
    for (name, value) in [("before", &change.before), ("after", &change.after)] {
        if let Some(value) = value {
            text.push_str(&format!("    {name} {value}\n"));
        }
    }
    text
}

fn told(key: &KeyView) -> String {
    let state = match key.state {
        KeyState::Believed => "believed",
        KeyState::Unannounced => "believed, made known by no node",
        KeyState::Waiting => {
            "NOT believed: compare it with `causeway audit head` there, then `causeway audit trust`"
        }
        KeyState::Unknown => "UNKNOWN, and has signed the log",
    };
    format!("{}  {}  {state}\n", key.key, key.node.as_deref().unwrap_or("-"))
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
