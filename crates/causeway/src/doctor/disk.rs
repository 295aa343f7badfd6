//! The data folder and the disk below it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Finding;
use crate::background::free_bytes;
use crate::folder::DataFolder;

const SYNCS: u32 = 20;

/// A disk that needs longer than this to keep a few bytes makes every change feel slow.
const SLOW: Duration = Duration::from_millis(25);

/// Less free space than this deserves a look.
const LITTLE: u64 = 1 << 30;

pub(super) fn examine(folder: &DataFolder) -> Vec<Finding> {
    vec![access(folder), room(folder), syncing(folder.path())]
}

fn access(folder: &DataFolder) -> Finding {
    let path = folder.path().display();
    match folder.is_open_to_others() {
        Ok(false) => Finding::good("folder", format!("{path} is its owner's alone")),
        Ok(true) => Finding::wrong("folder", format!("others may look into {path}: chmod 0700 {path}")),
        Err(error) => Finding::wrong("folder", error.to_string()),
    }
}

fn room(folder: &DataFolder) -> Finding {
    match free_bytes(folder.path()) {
        Ok(free) if free >= LITTLE => Finding::good("disk", format!("{} GiB are free", free >> 30)),
        Ok(free) => {
            Finding::warning("disk", format!("only {} MiB are free: make room before it is full", free >> 20))
        }
        Err(error) => Finding::wrong("disk", format!("cannot be looked at: {error}")),
    }
}

/// How long the disk takes to keep what it is given; the median of some tries.
fn syncing(folder: &Path) -> Finding {
    let probe = folder.join("sync-probe");
    let measured = measure(&probe);
    // What is left of it does no harm, and the next examination writes over it.
    std::fs::remove_file(&probe).ok();
    match measured {
        Ok(median) if median <= SLOW => {
            Finding::good("sync", format!("the disk keeps a change in {median:.1?}"))
        }
        Ok(median) => Finding::warning(
            "sync",
            format!("the disk takes {median:.1?} to keep a change: use a faster one"),
        ),
        Err(error) => Finding::wrong("sync", format!("cannot write to {}: {error}", folder.display())),
    }
}

fn measure(probe: &Path) -> std::io::Result<Duration> {
    let mut file = OpenOptions::new().create(true).write(true).truncate(true).open(probe)?;
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        let started = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    times.sort();
    Ok(times[times.len() / 2])
}
