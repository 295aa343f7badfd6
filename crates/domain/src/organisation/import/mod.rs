//! Taking in organisations from elsewhere: tables that people fill in, and records of the Research Organization Registry.
//! A file is read into rows, rows are judged against what is on record, and nothing is written before somebody has seen
//! the judgement. The same file a second time changes nothing.

mod apply;
mod column;
mod job;
mod judge;
mod ror;
mod sheet;
mod table;
mod template;

use serde::{Deserialize, Serialize};

pub use apply::{Intake, Outcome, plan};
pub use job::{Import, enqueue};
pub use template::template;

use super::model::{Domain, Identifier, Kind, Size};
use super::name::Names;
use crate::Result;
use crate::error::Problem;
use crate::id::Reference;
use crate::programme::CountryCode;
use crate::words::Words;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Text with columns, in UTF-8.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Records of the Research Organization Registry, one JSON object a line.
    Ror,
}

impl Format {
    /// What a file's name says that it is.
    pub fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "jsonl" | "ndjson" => Some(Self::Ror),
            _ => None,
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    rows: Vec<Row>,
    findings: Vec<Finding>,
}

impl Rows {
    /// How many rows can be judged.
    pub fn count(&self) -> usize {
        self.rows.len()
    }
}

/// Something to tell of one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Its number in the file, from 1; in a table the headings are row 1.
    pub row: u64,
    /// The column.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
    /// What stands there, shortened.
    pub value: String,
    /// Whether the row is left out because of it. If not, only this value is.
    pub rejects: bool,
}

impl Finding {
    fn new(row: u64, field: &'static str, problem: Problem, value: &str) -> Self {
        let value = value.chars().take(80).collect();
        Self { row, field, problem, value, rejects: true }
    }

    fn left_out(row: u64, field: &'static str, value: &str) -> Self {
        let problem = Problem::Because("organisation-import-left-out");
        Self { rejects: false, ..Self::new(row, field, problem, value) }
    }
}

/// One organisation as a file has it. What is empty says nothing.
#[derive(Clone, Debug)]
struct Row {
    number: u64,
    names: Names,
    kind: Option<Kind>,
    /// Whether the kind may replace another: a register's kinds are coarser than ours.
    sure_of_kind: bool,
    size: Option<Size>,
    country: CountryCode,
    region: String,
    established: Option<i64>,
    website: String,
    domains: Vec<Domain>,
    identifiers: Vec<Identifier>,
    fields: Vec<String>,
    description: Words,
    /// The bodies of which it may be part; the first that there is counts.
    parents: Vec<Link>,
    predecessors: Vec<Link>,
    /// Whether it is no more.
    closed: bool,
}

/// Another organisation, as a file names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    /// By a number.
    Number(Identifier),
    /// By our own reference.
    Reference(String),
}

impl Link {
    /// What people write: one of our references, a ROR id or address, else an id of the file.
    fn read(text: &str, source: &str) -> Self {
        if let Some(reference) = Reference::parse(text) {
            return Self::Reference(reference.as_str().to_owned());
        }
        let ror = Identifier::of("ror", text);
        if ror.is_well_formed() {
            return Self::Number(ror);
        }
        Self::Number(Identifier::of(&format!("import:{source}"), text))
    }
}

/// The name of a source, as numbers of it are kept under: small letters, digits and hyphens.
pub fn source_of(name: &str) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
    let joined: String = words.join("-").chars().take(40).collect();
    if joined.is_empty() { "file".to_owned() } else { joined }
}

/// Reads a file. `source` tells its ids from those of other files: see [`source_of`].
///
/// # Errors
/// [`Error::Invalid`](crate::Error::Invalid) naming `file`, where it is not what it should be or too large.
pub fn read(bytes: &[u8], format: Format, source: &str) -> Result<Rows> {
    let source = source_of(source);
    match format {
        Format::Csv => table::read(sheet::of_csv(bytes)?, &source),
        Format::Xlsx => table::read(sheet::of_xlsx(bytes)?, &source),
        Format::Ror => ror::read(bytes),
    }
}

/// A file that cannot be read, with the reason.
fn unreadable(key: &'static str) -> crate::Error {
    crate::Error::field("file", Problem::Because(key))
}
