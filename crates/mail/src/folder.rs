//! A folder instead of a mail server: each letter a file that mail programs open. For development, demonstrations and tests.

use std::path::{Path, PathBuf};

use domain::id::LetterId;
use domain::notice::Outcome;
use lettre::Message;
use tokio::io::AsyncWriteExt as _;

/// The folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Letters go to `path`, which is made when the first one comes.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Puts a letter there, as `<id>.eml`: whole or not at all, and once, however often it is sent.
    pub(crate) async fn send(&self, id: LetterId, message: &Message) -> Outcome {
        let file = self.0.join(format!("{id}.eml"));
        match self.put(&file, &message.formatted()).await {
            Ok(()) => Outcome::Sent(file.display().to_string()),
            Err(error) => Outcome::Later(format!("{}: {error}", file.display())),
        }
    }

    async fn put(&self, file: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let mut folder = tokio::fs::DirBuilder::new();
        // What lies here opens accounts.
        #[cfg(unix)]
        folder.mode(0o700);
        folder.recursive(true).create(&self.0).await?;
        let unfinished = file.with_extension("part");
        let mut open = tokio::fs::File::create(&unfinished).await?;
        open.write_all(bytes).await?;
        open.sync_all().await?;
        tokio::fs::rename(&unfinished, file).await
    }
}
