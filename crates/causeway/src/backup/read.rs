//! Reading the archive: what `archive` wrote, entry by entry, without ever holding one that may be large.

use std::io::{self, BufRead, BufReader, Read};

use blake3::Hasher;
use tar::{Archive, Entries, EntryType};
use zstd::stream::read::Decoder;

use super::seal::{SealReader, Verdict};
use super::{Flaw, Progress, format};

/// Zstandard may ask for a window of 2 to this power bytes to look back into; what we write needs 2 MiB.
const WINDOW_LOG: u32 = 23;

const BUFFER: usize = 256 << 10;

type Body<R> = Decoder<'static, SealReader<R>>;

/// A backup being read.
pub(super) struct ArchiveReader<R: Read>(Archive<Body<R>>);

/// One entry of it.
pub(super) struct Entry<'a, R: Read> {
    pub(super) name: String,
    pub(super) size: u64,
    content: tar::Entry<'a, Body<R>>,
    hasher: Hasher,
}

/// How reading ended.
pub(super) struct End {
    pub(super) seal: Verdict,
    /// Whether the archive was read to its end, and was all there is.
    pub(super) complete: bool,
}

impl<R: Read> ArchiveReader<R> {
    /// Steps of `progress` are bytes of `inner`.
    pub(super) fn new(inner: R, progress: &Progress) -> io::Result<Self> {
        let mut body = Decoder::with_buffer(SealReader::new(inner, progress.clone()))?.single_frame();
        body.window_log_max(WINDOW_LOG)?;
        Ok(Self(Archive::new(body)))
    }

    /// Its entries; to be asked for once.
    pub(super) fn entries(&mut self) -> Result<EntryWalk<'_, R>, Flaw> {
        Ok(EntryWalk(self.0.entries()?.raw(true)))
    }

    /// Reads to the end of the file and judges the seal.
    pub(super) fn close(self) -> io::Result<End> {
        let mut body = self.0.into_inner();
        let archive_ended = only_zeros(&mut body);
        let (seal, nothing_left) = body.finish().close()?;
        Ok(End { seal, complete: archive_ended && nothing_left })
    }
}

pub(super) struct EntryWalk<'a, R: Read>(Entries<'a, Body<R>>);

impl<'a, R: Read> EntryWalk<'a, R> {
    /// The next entry. What was not read of the one before is passed over.
    pub(super) fn next(&mut self) -> Result<Option<Entry<'a, R>>, Flaw> {
        let Some(content) = self.0.next().transpose()? else { return Ok(None) };
        let name = String::from_utf8(content.path_bytes().into_owned())
            .map_err(|_| Flaw::Unsound("an entry whose name is no text".to_owned()))?;
        if content.header().entry_type() != EntryType::Regular {
            return Err(Flaw::Unsound(format!("the entry {name} is not a plain file")));
        }
        Ok(Some(Entry { name, size: content.size(), content, hasher: Hasher::new() }))
    }
}

impl<R: Read> Entry<'_, R> {
    /// Its whole content, which must not be larger than `most`.
    pub(super) fn hold(&mut self, most: u64) -> Result<Vec<u8>, Flaw> {
        if self.size > most {
            return Err(Flaw::Unsound(format!("the entry {} is too large", self.name)));
        }
        let mut content = Vec::new();
        self.read_to_end(&mut content)?;
        Ok(content)
    }

    /// Gives each of its lines, without its end, to `take`; none can be larger than [`format::HELD`].
    pub(super) fn each_line(&mut self, mut take: impl FnMut(&[u8]) -> Result<(), Flaw>) -> Result<(), Flaw> {
        let mut lines = self.lines()?;
        while let Some(line) = lines.next()? {
            take(line)?;
        }
        Ok(())
    }

    /// Its lines, one after the other.
    pub(super) fn lines(&mut self) -> Result<Lines<&mut Self>, Flaw> {
        let name = self.name.clone();
        if self.size > format::HELD && name != format::HEADS {
            return Err(Flaw::Unsound(format!("the entry {name} is too large")));
        }
        Ok(Lines { name, inner: BufReader::with_capacity(BUFFER, self), line: Vec::new() })
    }

    /// The digest of what was read.
    pub(super) fn digest(&self) -> blake3::Hash {
        self.hasher.finalize()
    }
}

impl<R: Read> Read for Entry<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.content.read(into)?;
        self.hasher.update(&into[..count]);
        Ok(count)
    }
}

/// The lines of an entry.
pub(super) struct Lines<R> {
    name: String,
    inner: BufReader<R>,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    /// The next line, without its end.
    pub(super) fn next(&mut self) -> Result<Option<&[u8]>, Flaw> {
        self.line.clear();
        let mut bounded = (&mut self.inner).take(format::HELD);
        if bounded.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        match self.line.split_last() {
            Some((b'\n', line)) => Ok(Some(line)),
            _ => Err(Flaw::Unsound(format!("the last line of {} has no end", self.name))),
        }
    }
}

/// Whether nothing but what pads an archive is left.
fn only_zeros(rest: &mut impl Read) -> bool {
    let mut block = [0; 512];
    loop {
        match rest.read(&mut block) {
            Ok(0) => return true,
            Ok(count) if block[..count].iter().all(|byte| *byte == 0) => {}
            _ => return false,
        }
    }
}
