//! The bytes of a file, read in chunks: whoever reads slowly holds a chunk, and not the file.

use std::fmt;

use blake3::Hasher;
use bytes::Bytes;

use super::{File, Shelf};
use crate::{Error, Result};

/// The most bytes that [`Reading::next`] gives at once.
pub const CHUNK: u64 = 128 << 10;

/// The bytes of a file on their way out.
pub struct Reading {
    shelf: Shelf,
    file: File,
    /// How many bytes there are in all, and how many of them have been read.
    length: u64,
    done: u64,
    hasher: Hasher,
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("file", &self.file.id)
            .field("done", &self.done)
            .finish_non_exhaustive()
    }
}

impl Reading {
    pub(super) fn new(shelf: Shelf, file: File) -> Result<Self> {
        let length = u64::try_from(file.bytes).map_err(Error::internal)?;
        Ok(Self { shelf, file, length, done: 0, hasher: Hasher::new() })
    }

    /// The next bytes, at most [`CHUNK`]; none after the last. The last are given only if all together are those that were
    /// kept, so that nobody who has come to the end has altered bytes.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the shelf does not answer; [`Error::Internal`] where the bytes are gone, or are not
    /// those that were kept.
    pub async fn next(&mut self) -> Result<Option<Bytes>> {
        if self.done == self.length {
            return Ok(None);
        }
        let end = self.length.min(self.done + CHUNK);
        let chunk = self.shelf.part(&self.file.digest, self.done..end).await?;
        self.hasher.update(&chunk);
        let is_whole = chunk.len() as u64 == end - self.done;
        if !is_whole || end == self.length && self.hasher.finalize().to_hex().as_str() != self.file.digest {
            let id = self.file.id;
            return Err(Error::internal(format!("the bytes of file {id} are not those that were kept")));
        }
        self.done = end;
        Ok(Some(chunk))
    }
}
