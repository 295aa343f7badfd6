//! Tables as files: text with columns, and spreadsheets. Bounded in every direction, because anybody may have made them.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};

use super::unreadable;
use crate::Result;

/// The most rows, with the headings.
pub(super) const ROWS_MOST: usize = 50_001;

/// The most columns.
const COLUMNS_MOST: usize = 60;

/// The most bytes of all cells together, and of a spreadsheet once it is unpacked.
const BYTES_MOST: usize = 64 << 20;

/// The most files in a spreadsheet.
const PARTS_MOST: usize = 1_000;

/// Rows of cells as text.
pub(super) type Sheet = Vec<Vec<String>>;

const TOO_LARGE: &str = "organisation-import-too-large";
const NOT_A_TABLE: &str = "organisation-import-not-a-table";

/// Reads text with columns. Which character parts them, the first line tells.
pub(super) fn of_csv(bytes: &[u8]) -> Result<Sheet> {
    if bytes.len() > BYTES_MOST {
        return Err(unreadable(TOO_LARGE));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| unreadable(NOT_A_TABLE))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| head.matches(delimiter).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::new();
    for record in reader.records() {
        let record = record.map_err(|_| unreadable(NOT_A_TABLE))?;
        if sheet.len() == ROWS_MOST || record.len() > COLUMNS_MOST {
            return Err(unreadable(TOO_LARGE));
        }
        sheet.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
    }
    Ok(sheet)
}

/// Reads the first sheet of a spreadsheet.
pub(super) fn of_xlsx(bytes: &[u8]) -> Result<Sheet> {
    measure(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| unreadable(NOT_A_TABLE))?;
    let first = book.sheet_names().into_iter().next().ok_or_else(|| unreadable(NOT_A_TABLE))?;
    // Cell by cell: the whole sheet at once would be as large as its farthest cell says.
    let mut cells = book.worksheet_cells_reader(&first).map_err(|_| unreadable(NOT_A_TABLE))?;
    let mut sheet = Sheet::new();
    let mut bytes = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| unreadable(NOT_A_TABLE))? {
        let text = written(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        bytes += text.len();
        if row >= ROWS_MOST || column >= COLUMNS_MOST || bytes > BYTES_MOST {
            return Err(unreadable(TOO_LARGE));
        }
        if sheet.len() <= row {
            sheet.resize(row + 1, Vec::new());
        }
        if sheet[row].len() <= column {
            sheet[row].resize(column + 1, String::new());
        }
        sheet[row][column] = text;
    }
    Ok(sheet)
}

/// Unpacks a spreadsheet into nothing, to know how large it is: what its directory says may be a lie.
fn measure(bytes: &[u8]) -> Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable(NOT_A_TABLE))?;
    if archive.len() > PARTS_MOST {
        return Err(unreadable(TOO_LARGE));
    }
    let mut left = BYTES_MOST as u64;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| unreadable(NOT_A_TABLE))?;
        let copied = std::io::copy(&mut part.take(left + 1), &mut std::io::sink())
            .map_err(|_| unreadable(NOT_A_TABLE))?;
        left = left.checked_sub(copied).ok_or_else(|| unreadable(TOO_LARGE))?;
    }
    Ok(())
}

fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Whole numbers come as 1998.0; a year is none with a fraction.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}
