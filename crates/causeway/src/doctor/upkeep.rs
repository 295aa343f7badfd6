//! What runs in the background, and what it has left lying.

use domain::job::{self, Overview};
use domain::{change, node};
use jiff::SignedDuration;

use super::Finding;
use crate::audit::{self, KeyState};
use crate::background::{free_bytes, future_by};
use crate::site::Site;

/// A log whose tail has waited this long for its seal is not being sealed.
const UNSEALED_MOST: i64 = 10_000;

/// A backup older than this is too old.
const BACKUP_AGE: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Clocks of two nodes may differ by this much, and a change may lie this far ahead.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

pub(super) async fn examine(site: &Site) -> Vec<Finding> {
    vec![
        clock(site).await,
        jobs(site).await,
        log(site).await,
        nodes(site).await,
        keys(site).await,
        shelf(site).await,
        backup(site),
    ]
}

async fn clock(site: &Site) -> Finding {
    match future_by(&site.db).await {
        Ok(ahead) if ahead <= AHEAD => Finding::good("clock", "agrees with the newest change"),
        Ok(ahead) => Finding::wrong(
            "clock",
            format!(
                "the newest change lies {} minutes ahead of this machine's clock: set the clock right (timedatectl)",
                ahead.as_mins()
            ),
        ),
        Err(error) => Finding::wrong("clock", error.to_string()),
    }
}

async fn jobs(site: &Site) -> Finding {
    match job::overview(&site.db).await {
        Ok(Overview { dead_count: 0, due_count, running_count, .. }) => {
            Finding::good("jobs", format!("{due_count} due, {running_count} running, none dead"))
        }
        Ok(overview) => Finding::warning(
            "jobs",
            format!(
                "{} failed for the last time: look at them with `causeway job list --state dead`, mend the cause, then \
                 `causeway job retry ID`",
                overview.dead_count
            ),
        ),
        Err(error) => Finding::wrong("jobs", error.to_string()),
    }
}

async fn log(site: &Site) -> Finding {
    match site.db.read(async |read| change::unsealed(&read).await).await {
        Ok(waiting) if waiting <= UNSEALED_MOST => {
            Finding::good("change-log", format!("{waiting} changes wait for their seal"))
        }
        Ok(waiting) => Finding::warning(
            "change-log",
            format!("{waiting} changes wait for their seal: they are sealed while `causeway serve` runs"),
        ),
        Err(error) => Finding::wrong("change-log", error.to_string()),
    }
}

async fn nodes(site: &Site) -> Finding {
    match node::list(&site.db).await {
        Ok(nodes) if nodes.is_empty() => Finding::good("nodes", "nobody serves the site at the moment"),
        Ok(nodes) => {
            let names: Vec<_> =
                nodes.iter().map(|node| format!("{} ({})", node.name, node.version)).collect();
            Finding::good("nodes", names.join(", "))
        }
        Err(error) => Finding::wrong("nodes", error.to_string()),
    }
}

async fn keys(site: &Site) -> Finding {
    let keys = match audit::keys(&site.db, &site.folder).await {
        Ok(keys) => keys,
        Err(error) => return Finding::wrong("audit-keys", error.to_string()),
    };
    let in_state = |state| keys.iter().filter(move |key| key.state == state);
    if let Some(key) = in_state(KeyState::Unknown).next() {
        return Finding::wrong(
            "audit-keys",
            format!(
                "the key {} has signed the change log, no node has made it known and this machine does not believe it: \
                 either a node's data folder was lost, or somebody forged the log; see `causeway audit keys`",
                key.key
            ),
        );
    }
    if let Some(key) = in_state(KeyState::Waiting).next() {
        return Finding::warning(
            "audit-keys",
            format!(
                "{} signs the change log with the key {}, which this machine does not believe: if `causeway audit head` \
                 prints the same key there, run `causeway audit trust {}` here",
                key.node.as_deref().unwrap_or("a node"),
                key.key,
                key.key
            ),
        );
    }
    let (believed, silent) = (in_state(KeyState::Believed).count(), in_state(KeyState::Unannounced).count());
    let silent = match silent {
        0 => String::new(),
        some => format!("; {some} more are believed that no node has made known since"),
    };
    Finding::good("audit-keys", format!("{believed} made known by nodes, all of them believed{silent}"))
}

/// Writes a few bytes to the file store, reads them back and removes them.
async fn shelf(site: &Site) -> Finding {
    const PROBE: &str = "probe";
    let content = bytes::Bytes::from_static(b"probe");
    let tried = async {
        site.shelf.put(PROBE, content.clone()).await?;
        let back = site.shelf.get(PROBE).await?;
        site.shelf.remove(PROBE).await?;
        Ok::<_, domain::Error>(back == content)
    };
    match tried.await {
        Ok(true) => Finding::good("files", "the file store gives back what it is given"),
        Ok(false) => Finding::wrong("files", "the file store gives back other bytes than it was given"),
        Err(error) => Finding::wrong("files", format!("the file store cannot be used: {error}")),
    }
}

fn backup(site: &Site) -> Finding {
    let folder = site.backup_folder();
    let newest = std::fs::read_dir(&folder).ok().and_then(|entries| {
        let times =
            entries.flatten().filter(|entry| entry.file_name().to_string_lossy().ends_with(".tar.zst"));
        times.filter_map(|entry| entry.metadata().ok()?.modified().ok()).max()
    });
    let Some(age) = newest.and_then(|made| made.elapsed().ok()) else {
        let sentence = format!(
            "there is none in {}: set backup.every, or let `causeway backup` run every night",
            folder.display()
        );
        return Finding::warning("backup", sentence);
    };
    let hours = age.as_secs() / 3600;
    if SignedDuration::try_from(age).is_ok_and(|age| age <= BACKUP_AGE) {
        let room = free_bytes(&folder).unwrap_or(0) >> 30;
        return Finding::good(
            "backup",
            format!("the newest is {hours} hours old; {room} GiB are free beside it"),
        );
    }
    Finding::warning("backup", format!("the newest is {} days old: set backup.every", hours / 24))
}
