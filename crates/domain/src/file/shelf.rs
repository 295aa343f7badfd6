//! The shelf: bytes under their digest, in a local folder or an S3 bucket (`object_store`).

use std::ops::Range;
use std::path::Path as FilePath;
use std::sync::Arc;

use bytes::Bytes;
use db::Timestamp;
use futures_util::TryStreamExt as _;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt as _};

use crate::Error;

/// The part of every key that says what lies there.
const ROOT: &str = "files";

/// Why the shelf cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the file store at {at} cannot be used: {source}")]
pub struct ShelfError {
    at: String,
    source: object_store::Error,
}

/// Where bytes are kept. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Shelf {
    store: Arc<dyn ObjectStore>,
    most: u64,
}

impl Shelf {
    /// A shelf in the local `folder`, which must be there, for files of at most `most` bytes.
    ///
    /// # Errors
    /// [`ShelfError`] where the folder cannot be used.
    pub fn local(folder: &FilePath, most: u64) -> Result<Self, ShelfError> {
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(|source| ShelfError { at: folder.display().to_string(), source })?
            .with_fsync(true);
        Ok(Self::of(Arc::new(store), most))
    }

    /// A shelf in any store, for files of at most `most` bytes.
    pub fn of(store: Arc<dyn ObjectStore>, most: u64) -> Self {
        Self { store, most }
    }

    /// The most bytes that a file may have.
    pub fn most(&self) -> u64 {
        self.most
    }

    fn path(digest: &str) -> Path {
        Path::from(format!("{ROOT}/{}/{digest}", digest.get(..2).unwrap_or("xx")))
    }

    /// Keeps `content` under `digest`. Writing the same bytes again changes nothing.
    ///
    /// # Errors
    /// [`Error::Full`] or [`Error::Unavailable`].
    pub async fn put(&self, digest: &str, content: Bytes) -> Result<(), Error> {
        self.store.put(&Self::path(digest), content.into()).await.map_err(refused)?;
        Ok(())
    }

    /// The bytes under `digest`.
    ///
    /// # Errors
    /// [`Error::Internal`] where they are gone; [`Error::Unavailable`] where the shelf does not answer.
    pub async fn get(&self, digest: &str) -> Result<Bytes, Error> {
        let found = self.store.get(&Self::path(digest)).await.map_err(refused)?;
        found.bytes().await.map_err(refused)
    }

    /// The bytes under `digest` that lie in `range`; fewer where it reaches beyond their end.
    ///
    /// # Errors
    /// As [`Shelf::get`]; also where `range` begins beyond their end.
    pub async fn part(&self, digest: &str, range: Range<u64>) -> Result<Bytes, Error> {
        self.store.get_range(&Self::path(digest), range).await.map_err(refused)
    }

    /// Begins to keep bytes under `digest` that come in parts, for files too large to hold.
    ///
    /// # Errors
    /// As [`Shelf::put`].
    pub async fn begin(&self, digest: &str) -> Result<Upload, Error> {
        self.store.put_multipart(&Self::path(digest)).await.map(Upload).map_err(refused)
    }

    /// Every digest on the shelf, with when it was put there.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the shelf does not answer.
    pub async fn digests(&self) -> Result<Vec<(String, Timestamp)>, Error> {
        let objects: Vec<_> =
            self.store.list(Some(&Path::from(ROOT))).try_collect().await.map_err(refused)?;
        let digest = |object: object_store::ObjectMeta| {
            let at = Timestamp::from_microsecond(object.last_modified.timestamp_micros()).ok()?;
            Some((object.location.filename()?.to_owned(), at))
        };
        Ok(objects.into_iter().filter_map(digest).collect())
    }

    /// Removes the bytes under `digest`.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the shelf does not answer.
    pub async fn remove(&self, digest: &str) -> Result<(), Error> {
        self.store.delete(&Self::path(digest)).await.map_err(refused)
    }
}

/// Bytes that are being put on a shelf part by part. Nothing is on the shelf before [`Upload::finish`].
#[derive(Debug)]
pub struct Upload(Box<dyn MultipartUpload>);

impl Upload {
    /// The size of every part but the last, in bytes: what buckets ask for at the least, and a bearable amount to hold.
    pub const PART: usize = 8 << 20;

    /// Adds the next part, of [`Upload::PART`] bytes unless it is the last.
    ///
    /// # Errors
    /// [`Error::Full`] or [`Error::Unavailable`]; nothing is left of the parts before then.
    pub async fn add(&mut self, part: Bytes) -> Result<(), Error> {
        match self.0.put_part(part.into()).await {
            Ok(()) => Ok(()),
            Err(error) => {
                // The parts are left to the store's own sweep where even this fails; the first error is the answer.
                self.0.abort().await.ok();
                Err(refused(error))
            }
        }
    }

    /// Puts the whole on the shelf.
    ///
    /// # Errors
    /// As [`Upload::add`].
    pub async fn finish(mut self) -> Result<(), Error> {
        self.0.complete().await.map_err(refused)?;
        Ok(())
    }

    /// Forgets the parts.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the shelf does not answer.
    pub async fn abandon(mut self) -> Result<(), Error> {
        self.0.abort().await.map_err(refused)
    }
}

fn refused(error: object_store::Error) -> Error {
    let mut source: Option<&dyn std::error::Error> = Some(&error);
    while let Some(cause) = source {
        if let Some(io) = cause.downcast_ref::<std::io::Error>() {
            use std::io::ErrorKind::{QuotaExceeded, ReadOnlyFilesystem, StorageFull};
            if matches!(io.kind(), StorageFull | QuotaExceeded | ReadOnlyFilesystem) {
                return Error::Full(io.to_string());
            }
        }
        source = cause.source();
    }
    match error {
        object_store::Error::NotFound { .. } => Error::internal(error),
        other => Error::Unavailable(other.to_string()),
    }
}
