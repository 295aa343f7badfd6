//! The heads in the data folder: one JSON line each, only ever appended to.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use db::Db;
use domain::change::{self, Head};

use super::AuditError;
use crate::folder::DataFolder;

/// Heads read from the database at a time.
const PAGE: u32 = 1000;

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
        let mut lines = String::new();
        for head in heads {
            lines.push_str(&serde_json::to_string(head)?);
            lines.push('\n');
        }
        file.write_all(lines.as_bytes())?;
        file.sync_data()
    }

    /// Appends what the log has sealed after `position`, whoever sealed it, and tells the position it has come to.
    ///
    /// # Errors
    /// [`AuditError::File`] as an [`domain::Error::Full`]; or what the database says.
    pub async fn follow(&self, db: &Db, mut position: i64) -> domain::Result<i64> {
        loop {
            let heads = db.read(async |read| change::heads_after(&read, position, PAGE).await).await?;
            let Some(last) = heads.last() else { return Ok(position) };
            self.append(&heads).map_err(|error| domain::Error::Full(error.to_string()))?;
            position = last.last;
        }
    }
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
