//! The seal: the last 48 bytes of a backup, by which any change to any of its bytes is found. To Zstandard it is a
//! skippable frame, so that ordinary tools read past it:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | `0x184D2A5C`, little-endian: a skippable frame |
//! | 4 | 40, little-endian: its length |
//! | 8 | `CWAYSEAL` |
//! | 32 | the BLAKE3 digest of all bytes before the frame |
//!
//! It shows damage, not forgery: whoever can write a backup can write its seal.

use std::io::{self, BufRead, Read, Write};

use blake3::Hasher;

use super::Progress;

const LENGTH: usize = 48;
const HEAD: [u8; 16] = *b"\x5c\x2a\x4d\x18\x28\x00\x00\x00CWAYSEAL";

/// How a Zstandard frame begins.
const FRAME: [u8; 4] = 0xfd2f_b528_u32.to_le_bytes();

/// Bytes read at once.
const BUFFER: usize = 256 << 10;

/// Passes bytes on and, in the end, seals them.
#[derive(Debug)]
pub(super) struct SealWriter<W> {
    inner: W,
    hasher: Hasher,
    written: u64,
}

impl<W: Write> SealWriter<W> {
    pub(super) fn new(inner: W) -> Self {
        Self { inner, hasher: Hasher::new(), written: 0 }
    }

    /// Writes the seal. Gives the writer back, and how many bytes it was given with the seal.
    pub(super) fn finish(mut self) -> io::Result<(W, u64)> {
        self.inner.write_all(&HEAD)?;
        self.inner.write_all(self.hasher.finalize().as_bytes())?;
        self.inner.flush()?;
        Ok((self.inner, self.written + LENGTH as u64))
    }
}

impl<W: Write> Write for SealWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..count]);
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What the seal says once all has been read.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Every byte is as it was written.
    Whole,
    /// There is no seal at the end.
    Missing,
    /// There is none, and no backup begins as this does.
    Foreign,
    /// There is one, of other bytes.
    Broken,
}

/// Reads what was sealed, without the seal.
#[derive(Debug)]
pub(super) struct SealReader<R> {
    inner: R,
    progress: Progress,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    hasher: Hasher,
    /// Whether it begins as a Zstandard frame does.
    begins_well: Option<bool>,
    /// Why `inner` could not be read further; the decoder above would take it for a flaw of the data.
    failure: Option<io::Error>,
}

impl<R: Read> SealReader<R> {
    pub(super) fn new(inner: R, progress: Progress) -> Self {
        let buffer = vec![0; BUFFER + LENGTH];
        Self {
            inner,
            progress,
            buffer,
            start: 0,
            end: 0,
            ended: false,
            hasher: Hasher::new(),
            begins_well: None,
            failure: None,
        }
    }

    /// Reads what is left, and judges the seal. `nothing_left` tells whether there was nothing but the seal.
    pub(super) fn close(mut self) -> io::Result<(Verdict, bool)> {
        let mut nothing_left = true;
        loop {
            if let Some(failure) = self.failure.take() {
                return Err(failure);
            }
            let count = match self.fill_buf() {
                Ok(bytes) => bytes.len(),
                Err(_) => continue,
            };
            if count == 0 {
                break;
            }
            nothing_left = false;
            self.consume(count);
        }
        let seal = &self.buffer[self.start..self.end];
        let verdict = match seal.strip_prefix(&HEAD) {
            Some(digest) if digest == self.hasher.finalize().as_bytes() => Verdict::Whole,
            Some(digest) if digest.len() == blake3::OUT_LEN => Verdict::Broken,
            _ if self.begins_well == Some(true) => Verdict::Missing,
            _ => Verdict::Foreign,
        };
        Ok((verdict, nothing_left))
    }

    fn refill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        while !self.ended && self.end <= LENGTH {
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.end += count;
                    if self.begins_well.is_none() && self.end >= FRAME.len() {
                        self.begins_well = Some(self.buffer.starts_with(&FRAME));
                    }
                    self.progress.advance(count as u64).map_err(io::Error::other)?;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl<R: Read> BufRead for SealReader<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.end - self.start <= LENGTH
            && !self.ended
            && let Err(error) = self.refill()
        {
            let again = io::Error::new(error.kind(), error.to_string());
            self.failure = Some(error);
            return Err(again);
        }
        Ok(&self.buffer[self.start..(self.end - LENGTH.min(self.end)).max(self.start)])
    }

    fn consume(&mut self, count: usize) {
        self.hasher.update(&self.buffer[self.start..self.start + count]);
        self.start += count;
    }
}

impl<R: Read> Read for SealReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let count = bytes.len().min(into.len());
        into[..count].copy_from_slice(&bytes[..count]);
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut writer = SealWriter::new(Vec::new());
        writer.write_all(bytes).unwrap();
        let (out, written) = writer.finish().unwrap();
        assert_eq!(written, out.len() as u64);
        out
    }

    /// Gives bytes in pieces of one size, as a pipe may.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(into.len()).min(self.0.len());
            let (now, later) = self.0.split_at(count);
            into[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    fn judge(bytes: &[u8], piece: usize) -> (Vec<u8>, Verdict) {
        let mut reader = SealReader::new(Pieces(bytes, piece), Progress::default());
        let mut out = Vec::new();
        reader.read_to_end(&mut out).unwrap();
        let (verdict, nothing_left) = reader.close().unwrap();
        assert!(nothing_left);
        (out, verdict)
    }

    #[test]
    fn what_was_sealed_is_read_without_its_seal() {
        for length in [0, 1, 47, 48, 49, 1000, BUFFER - 1, BUFFER, 2 * BUFFER + 7] {
            let bytes: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            for piece in [13, 48, usize::MAX] {
                let (out, verdict) = judge(&sealed(&bytes), piece);
                assert!(out == bytes && matches!(verdict, Verdict::Whole), "{length} in pieces of {piece}");
            }
        }
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_found() {
        let whole = sealed(b"a few bytes, so that every bit can be tried");
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(!matches!(judge(&flipped, 64).1, Verdict::Whole), "bit {bit}");
        }
        for length in 0..whole.len() {
            assert!(!matches!(judge(&whole[..length], 64).1, Verdict::Whole), "cut at {length}");
        }
        for more in [&b"x"[..], &whole, &[0; 4096]] {
            assert!(!matches!(judge(&[&whole, more].concat(), 64).1, Verdict::Whole));
        }
    }

    #[test]
    fn a_zstandard_tool_reads_past_the_seal() {
        let frame = zstd::encode_all(&b"content"[..], 3).unwrap();
        assert_eq!(zstd::decode_all(&sealed(&frame)[..]).unwrap(), b"content");
    }
}
