//! What stands where in a backup.
//!
//! A backup is a Zstandard frame around a tar archive, and behind it the [seal](super::seal). The archive's entries, in
//! this order:
//!
//! | entry | what |
//! |---|---|
//! | `manifest.json` | [`Manifest`] |
//! | `keys/NAME` | the keys of the installation |
//! | `heads` | the signed heads of the change log, if any were kept |
//! | `tables/NAME.NNNNNN.ndjson` | rows, a JSON array to a line, in parts of about [`PART`] bytes |
//! | `files/DIGEST` | each file that a row of `file` names, once, by the BLAKE3 digest of its bytes |
//! | `summary.json` | [`Summary`] |

use std::collections::BTreeMap;

use db::{Table, Timestamp};
use serde::{Deserialize, Serialize};

/// What `product` says in the manifest of every backup.
pub(super) const PRODUCT: &str = "causeway";

/// The version of the format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SUMMARY: &str = "summary.json";
pub(super) const HEADS: &str = "heads";
pub(super) const KEYS: &str = "keys/";
pub(super) const TABLES: &str = "tables/";
pub(super) const FILES: &str = "files/";

/// The table whose rows name the files, and the columns that do.
pub(super) const FILE_TABLE: &str = "file";
pub(super) const FILE_DIGEST: &str = "digest";
pub(super) const FILE_BYTES: &str = "bytes";

/// The table that the migrations keep themselves; the version in the manifest stands for it.
pub(super) const SCHEMA_TABLE: &str = "schema_migration";

/// Rows are gathered into parts of so many bytes, since a tar entry says its size before its content.
pub(super) const PART: usize = 4 << 20;

/// The largest entry that is held in memory: a part of a table (one row may be larger than [`PART`]), the manifest, the
/// summary.
pub(super) const HELD: u64 = 64 << 20;

/// The largest key.
pub(super) const KEY: u64 = 1 << 20;

/// What a backup says of itself before anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always `causeway`.
    pub product: String,
    /// The version of the format: [`FORMAT`].
    pub format: u32,
    /// The release that made it.
    pub release: String,
    /// The version of the database's schema.
    pub schema: i64,
    /// The engine that the rows come from: `sqlite` or `postgres`. They go into either.
    pub engine: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// The tables, those that are referred to before those that refer to them.
    pub tables: Vec<Table>,
}

/// What a backup says of itself in the end.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The rows of each table of the manifest.
    pub rows: BTreeMap<String, u64>,
    /// The files, all together.
    pub files: FileSummary,
    /// Every entry before this one, in their order, but for the files, whose names are their digests.
    pub entries: Vec<EntrySummary>,
}

/// The files of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSummary {
    /// How many there are.
    pub count: u64,
    /// How many bytes they have together.
    pub bytes: u64,
}

/// One entry of a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrySummary {
    /// Its name in the archive.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// The BLAKE3 digest of its bytes, in hex.
    pub blake3: String,
}

/// The name of a part of a table; parts are numbered from 1.
pub(super) fn part_name(table: &str, part: u64) -> String {
    format!("{TABLES}{table}.{part:06}.ndjson")
}

/// The table and the number of the part, out of the name of its entry.
pub(super) fn parse_part_name(name: &str) -> Option<(&str, u64)> {
    let (table, number) = name.strip_prefix(TABLES)?.strip_suffix(".ndjson")?.rsplit_once('.')?;
    let number = number.parse().ok()?;
    (name == part_name(table, number)).then_some((table, number))
}

/// Whether it can be the digest of a file: 64 lower-case hex digits.
pub(super) fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether it can be the name of a key: one part of a path, and a harmless one.
pub(super) fn is_key_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    !name.is_empty() && name.len() <= 80 && !name.starts_with('.') && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_part_is_read_as_it_is_written() {
        assert_eq!(part_name("change_sealed", 12), "tables/change_sealed.000012.ndjson");
        assert_eq!(parse_part_name("tables/change_sealed.000012.ndjson"), Some(("change_sealed", 12)));
        assert_eq!(parse_part_name("tables/a.1234567.ndjson"), Some(("a", 1_234_567)));
        for wrong in
            ["tables/a.ndjson", "tables/a.12.ndjson", "tables/a.+00012.ndjson", "files/a.000001.ndjson"]
        {
            assert_eq!(parse_part_name(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_name_leads_out_of_its_folder() {
        assert!(is_key_name("audit.key") && is_key_name("audit-2026_1.pk8"));
        for wrong in ["", "..", ".hidden", "a/b", "../audit.key", "a\\b", "a\0"] {
            assert!(!is_key_name(wrong), "{wrong}");
        }
        assert!(is_digest(&"0a".repeat(32)));
        for wrong in ["", "..", &"0A".repeat(32), &"0a".repeat(31), &"../".repeat(22)[..64]] {
            assert!(!is_digest(wrong), "{wrong}");
        }
    }
}
