//! Writing the archive: tar entries through Zstandard to the seal, with what the summary says of each.

use std::io::{self, BufWriter, Read, Write};

use blake3::Hasher;
use db::Timestamp;
use tar::{EntryType, Header};
use zstd::stream::write::Encoder;

use super::format::EntrySummary;
use super::seal::SealWriter;

/// Zstandard's own default: text to a fifth of its size, faster than most disks.
const LEVEL: i32 = 3;

/// Compressed bytes are handed on in pieces of this size.
const BUFFER: usize = 1 << 20;

/// tar's blocks.
const BLOCK: u64 = 512;

pub(super) struct ArchiveWriter<W: Write> {
    out: Encoder<'static, BufWriter<SealWriter<W>>>,
    made_at: Timestamp,
    entries: Vec<EntrySummary>,
}

/// An entry whose bytes are being written.
pub(super) struct Entry<'a, W: Write> {
    out: &'a mut Encoder<'static, BufWriter<SealWriter<W>>>,
    left: u64,
    hasher: Hasher,
}

impl<W: Write> ArchiveWriter<W> {
    pub(super) fn new(inner: W, made_at: Timestamp) -> io::Result<Self> {
        let mut out = Encoder::new(BufWriter::with_capacity(BUFFER, SealWriter::new(inner)), LEVEL)?;
        out.include_checksum(true)?;
        Ok(Self { out, made_at, entries: Vec::new() })
    }

    /// Begins an entry of exactly `size` bytes.
    pub(super) fn begin(&mut self, name: &str, size: u64) -> io::Result<Entry<'_, W>> {
        let mut header = Header::new_ustar();
        header.set_path(name)?;
        header.set_entry_type(EntryType::Regular);
        header.set_size(size);
        header.set_mode(0o600);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(u64::try_from(self.made_at.as_second()).unwrap_or(0));
        header.set_cksum();
        self.out.write_all(header.as_bytes())?;
        Ok(Entry { out: &mut self.out, left: size, hasher: Hasher::new() })
    }

    /// Writes an entry that is held in memory, and notes it for the summary.
    pub(super) fn put(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.copy(name, content.len() as u64, content)
    }

    /// Writes an entry of the first `size` bytes of `content`, and notes it for the summary.
    pub(super) fn copy(&mut self, name: &str, size: u64, mut content: impl Read) -> io::Result<()> {
        let mut entry = self.begin(name, size)?;
        let mut buffer = vec![0; usize::try_from(size).unwrap_or(BUFFER).min(BUFFER)];
        while entry.left > 0 {
            let most = usize::try_from(entry.left).unwrap_or(BUFFER).min(BUFFER);
            let count = content.read(&mut buffer[..most])?;
            if count == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            entry.write(&buffer[..count])?;
        }
        let blake3 = entry.end()?.to_string();
        self.entries.push(EntrySummary { name: name.to_owned(), bytes: size, blake3 });
        Ok(())
    }

    /// What has been noted so far.
    pub(super) fn take_entries(&mut self) -> Vec<EntrySummary> {
        std::mem::take(&mut self.entries)
    }

    /// Ends the archive, the frame and the file. Gives the writer back, and the size of the whole.
    pub(super) fn finish(mut self) -> io::Result<(W, u64)> {
        self.out.write_all(&[0; 2 * BLOCK as usize])?;
        let sealer = self.out.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        sealer.finish()
    }
}

impl<W: Write> Entry<'_, W> {
    /// Writes a piece of its content; never more than was said.
    pub(super) fn write(&mut self, piece: &[u8]) -> io::Result<()> {
        self.left = self
            .left
            .checked_sub(piece.len() as u64)
            .ok_or_else(|| io::Error::other("an entry is longer than it said"))?;
        self.hasher.update(piece);
        self.out.write_all(piece)
    }

    /// Ends it, and gives the digest of its content.
    pub(super) fn end(self) -> io::Result<blake3::Hash> {
        if self.left > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let written = self.hasher.count();
        let padding = written.next_multiple_of(BLOCK) - written;
        self.out.write_all(&[0; BLOCK as usize][..usize::try_from(padding).expect("less than a block")])?;
        Ok(self.hasher.finalize())
    }
}
