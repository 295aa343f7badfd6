//! The heads in the data folder: one JSON line each, appended as they come. Now and then the older ones are thinned to one a
//! day, so that the file grows by a line a day in the long run. Each head covers the whole log before it, so the newest alone shows any
//! cut; those before it are kept for the day that the end of the file is lost.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use db::Db;
use domain::change::{self, Head};

use super::AuditError;
use super::key::write_whole;
use crate::folder::DataFolder;

/// Heads read from the database at a time.
const PAGE: u32 = 1000;

/// So many of the newest heads are kept whatever their day; of those before them the last of each day (UTC).
pub const RECENT: usize = 1000;

/// The file of heads of one data folder.
#[derive(Clone, Debug)]
pub struct Heads {
    path: PathBuf,
}

impl Heads {
    /// The heads of `folder`.
    pub fn of(folder: &DataFolder) -> Self {
        Self { path: folder.heads() }
    }

    /// Every head that was kept, oldest first. A last line that a crash cut short does not count.
    ///
    /// # Errors
    /// [`AuditError`].
    pub fn read(&self) -> Result<Vec<Head>, AuditError> {
        let text = match std::fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(AuditError::File { path: self.path.clone(), source: error }),
        };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole
            .lines()
            .zip(1..)
            .map(|(line, number)| {
                serde_json::from_str(line)
                    .map_err(|_| AuditError::Line { path: self.path.clone(), line: number })
            })
            .collect()
    }

    /// The position of the last head that was kept; 0 before the first.
    ///
    /// # Errors
    /// [`AuditError`].
    pub fn last(&self) -> Result<i64, AuditError> {
        Ok(self.newest()?.map_or(0, |head| head.last))
    }

    /// The last head that was kept, found without reading those before it.
    ///
    /// # Errors
    /// [`AuditError`].
    pub fn newest(&self) -> Result<Option<Head>, AuditError> {
        let tail = match read_tail(&self.path) {
            Ok(tail) => tail,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(AuditError::File { path: self.path.clone(), source: error }),
        };
        let whole = tail.rfind('\n').map_or("", |end| &tail[..end]);
        let Some(line) = whole.lines().next_back() else { return Ok(None) };
        serde_json::from_str(line)
            .map(Some)
            .map_err(|_| AuditError::Line { path: self.path.clone(), line: 0 })
    }

    /// Appends heads, on the disk when it returns.
    ///
    /// # Errors
    /// [`AuditError::File`].
    pub fn append(&self, heads: &[Head]) -> Result<(), AuditError> {
        self.append_lines(heads).map_err(AuditError::file(&self.path))
    }

    fn append_lines(&self, heads: &[Head]) -> std::io::Result<()> {
        let mut file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&self.path)?;
        cut_torn_line(&mut file)?;
        file.write_all(lines(heads)?.as_bytes())?;
        file.sync_data()
    }

    /// Leaves of the heads before the newest [`RECENT`] only the last of each day, once there are as many again to be spared,
    /// and tells how many there are. All of the old file or all of the new one is there, whenever the machine stops.
    ///
    /// # Errors
    /// [`AuditError`].
    pub fn thin(&self) -> Result<usize, AuditError> {
        let heads = self.read()?;
        let old = heads.len().saturating_sub(RECENT);
        let day = |head: &Head| head.made_at.strftime("%Y-%m-%d").to_string();
        let is_last_of_its_day =
            |at: usize| heads.get(at + 1).is_none_or(|next| day(next) != day(&heads[at]));
        let kept: Vec<&Head> = (0..heads.len())
            .filter(|at| *at >= old || is_last_of_its_day(*at))
            .map(|at| &heads[at])
            .collect();
        if heads.len() - kept.len() < RECENT {
            return Ok(heads.len());
        }
        let text = lines(kept.iter().copied()).map_err(AuditError::file(&self.path))?;
        write_whole(&self.path, text.as_bytes()).map_err(AuditError::file(&self.path))?;
        Ok(kept.len())
    }

    /// Appends what the log has sealed after `position`, whoever sealed it, and tells the position it has come to and how many that
    /// were.
    ///
    /// # Errors
    /// [`AuditError::File`] as an [`domain::Error::Full`]; or what the database says.
    pub async fn follow(&self, db: &Db, mut position: i64) -> domain::Result<(i64, usize)> {
        let mut count = 0;
        loop {
            let heads = db.read(async |read| change::heads_after(&read, position, PAGE).await).await?;
            let Some(last) = heads.last() else { return Ok((position, count)) };
            self.append(&heads).map_err(|error| domain::Error::Full(error.to_string()))?;
            (position, count) = (last.last, count + heads.len());
        }
    }
}

fn lines<'h>(heads: impl IntoIterator<Item = &'h Head>) -> std::io::Result<String> {
    let mut lines = String::new();
    for head in heads {
        lines.push_str(&serde_json::to_string(head)?);
        lines.push('\n');
    }
    Ok(lines)
}

/// No head is longer than half of this.
const TAIL: u64 = 4096;

fn read_tail(path: &std::path::Path) -> std::io::Result<String> {
    let mut file = File::open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    Ok(String::from_utf8_lossy(&tail).into_owned())
}

/// Removes what follows the last line break.
fn cut_torn_line(file: &mut File) -> std::io::Result<()> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail = length.min(TAIL);
    file.seek(SeekFrom::End(-i64::try_from(tail).unwrap_or(0)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    if end.last().is_none_or(|byte| *byte == b'\n') {
        return Ok(());
    }
    let kept = end.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    file.set_len(length - tail + kept as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(count: i64, an_hour: i64) -> Vec<Head> {
        let start: db::Timestamp = "2026-11-23T00:30:00Z".parse().unwrap();
        (1..=count)
            .map(|last| Head {
                last,
                hash: format!("{last:064x}"),
                signer: "s".repeat(64),
                signature: "f".repeat(128),
                made_at: start + jiff::SignedDuration::from_mins(last * 60 / an_hour),
            })
            .collect()
    }

    #[test]
    fn old_heads_are_thinned_to_one_a_day_and_the_newest_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = Heads { path: folder.path().join("heads") };
        assert_eq!(file.thin().unwrap(), 0, "there is none yet");
        let all = heads(5000, 10);
        file.append(&all[..1999]).unwrap();
        assert_eq!(file.thin().unwrap(), 1999, "not worth the while");
        let mut largest = 0;
        for more in all[1999..].chunks(250) {
            file.append(more).unwrap();
            file.thin().unwrap();
            largest = largest.max(file.read().unwrap().len());
        }
        assert!(largest < 2 * RECENT + 250, "{largest}");
        let kept = file.read().unwrap();
        assert_eq!(file.newest().unwrap().as_ref(), all.last(), "a log that is cut shows by it");
        assert_eq!(kept[kept.len() - RECENT..], all[all.len() - RECENT..]);
        assert!(kept.windows(2).all(|pair| pair[0].last < pair[1].last));
        let days = |heads: &[Head]| -> std::collections::BTreeSet<String> {
            heads.iter().map(|head| head.made_at.strftime("%Y-%m-%d").to_string()).collect()
        };
        assert_eq!(days(&kept), days(&all), "each day has one");
        assert!(kept.iter().all(|head| all.contains(head)));
    }
}
