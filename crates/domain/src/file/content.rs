//! What the bytes are: judged by themselves, never by what the sender calls them.

use crate::error::Problem;
use crate::{Error, Result};

/// The most characters that a file's name may have.
pub const NAME_MAX: usize = 200;

/// The kinds that are taken: documents, sheets, presentations, pictures, archives of documents. Nothing that a browser or
/// an office program would run.
const TAKEN: [&str; 12] = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "application/zip",
    "image/png",
    "image/jpeg",
    "image/webp",
    "text/plain",
];

/// What `content` shows itself to be: one of the kinds that are taken, or `None`.
pub fn media_type_of(content: &[u8]) -> Option<&'static str> {
    if content.is_empty() {
        return None;
    }
    match infer::get(content) {
        Some(kind) => TAKEN.into_iter().find(|taken| *taken == kind.mime_type()),
        None => is_plain_text(content).then_some("text/plain"),
    }
}

/// UTF-8 without control characters, and without anything that a browser might take for markup.
fn is_plain_text(content: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(content) else { return false };
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    !start.starts_with('<') && !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

pub(super) fn checked(content: &[u8], most: u64) -> Result<&'static str> {
    if content.is_empty() {
        return Err(Error::field("content", Problem::Required));
    }
    if content.len() as u64 > most {
        return Err(Error::field(
            "content",
            Problem::TooLong { max: usize::try_from(most).unwrap_or(usize::MAX) },
        ));
    }
    media_type_of(content).ok_or(Error::field("content", Problem::BadValue))
}

/// The last part of a path, without what would hide in a listing or break a header.
pub(super) fn safe_name(name: &str) -> Result<String> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| !c.is_control() && !is_direction_mark(*c)).collect();
    let kept = kept.trim().trim_start_matches('.').to_owned();
    if kept.is_empty() {
        return Err(Error::field("name", Problem::Required));
    }
    if kept.chars().count() > NAME_MAX {
        return Err(Error::field("name", Problem::TooLong { max: NAME_MAX }));
    }
    Ok(kept)
}

/// Marks that turn the order of what is shown: `exe.gnp` for `gnp.exe`.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_what_they_show_not_what_they_are_called() {
        assert_eq!(media_type_of(b"%PDF-1.7\n..."), Some("application/pdf"));
        assert_eq!(media_type_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("image/png"));
        assert_eq!(media_type_of("ຂໍ້ຕົກລົງ\n".as_bytes()), Some("text/plain"));
        for refused in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"\xef\xbb\xbf  <html><script>",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
            b"MZ\x90\0\x03\0\0\0",
            b"#!/bin/sh\nrm -rf /\n",
            b"GIF89a\x01\0\x01\0",
            b"\xff\xfe\x00\x01\x02",
        ] {
            assert_eq!(media_type_of(refused), None, "{:?}", String::from_utf8_lossy(refused));
        }
    }

    #[test]
    fn a_name_is_the_last_part_of_a_path_and_hides_nothing() {
        for (given, kept) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\ข้อตกลง.pdf", "ข้อตกลง.pdf"),
            (".htaccess", "htaccess"),
            ("a\u{202e}fdp.exe", "afdp.exe"),
            ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ] {
            assert_eq!(safe_name(given).unwrap(), kept);
        }
        assert!(safe_name("..").is_err());
        assert!(safe_name(&"x".repeat(201)).is_err());
    }
}
