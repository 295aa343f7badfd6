//! Tables as comma separated values (RFC 4180), safe to open in a spreadsheet program: a text that it would take for a
//! formula is kept a text.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use db::Timestamp;
use i18n::Locale;

use crate::file::attachment;

/// The value of one column in one line.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// A text.
    Text(String),
    /// A moment, UTC.
    Moment(Timestamp),
}

/// The mark by which spreadsheet programs know UTF-8.
const MARK: &str = "\u{feff}";

/// What a spreadsheet program takes for the beginning of a formula, in narrow and in wide characters.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The first line, with the names of the columns.
pub(crate) fn head(names: &[String], with_mark: bool) -> Vec<u8> {
    let mut out = if with_mark { MARK.as_bytes().to_vec() } else { Vec::new() };
    line(&mut out, &names.iter().cloned().map(Cell::Text).collect::<Vec<_>>());
    out
}

/// One more line.
pub(crate) fn line(out: &mut Vec<u8>, cells: &[Cell]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Text(text) => out.extend_from_slice(quoted(text).as_bytes()),
            Cell::Moment(moment) => {
                out.extend_from_slice(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string().as_bytes());
            }
        }
    }
    out.extend_from_slice(b"\r\n");
}

/// The answer, to be saved as `name`.
pub(crate) fn answer(body: Body, name: &str, locale: Locale) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag())),
        (CONTENT_DISPOSITION, attachment(name)),
    ];
    (headers, body).into_response()
}

/// A text as one field: never a formula, whatever stands in it.
fn quoted(text: &str) -> String {
    let shield = if text.starts_with(FORMULA) { "'" } else { "" };
    if shield.is_empty() && !text.contains(['"', ',', '\r', '\n']) {
        return text.to_owned();
    }
    format!("\"{shield}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_where_they_must_be_and_formulas_stay_texts() {
        for (text, field) in [
            ("plain ข่าว", "plain ข่าว"),
            ("a,b", "\"a,b\""),
            ("say \"x\"", "\"say \"\"x\"\"\""),
            ("two\nlines", "\"two\nlines\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("＝1", "\"'＝1\""),
            ("＠x", "\"'＠x\""),
            ("", ""),
        ] {
            assert_eq!(quoted(text), field, "{text:?}");
        }
    }

    #[test]
    fn a_table_has_a_head_and_lines_that_end_as_they_should() {
        let mut table = head(&["a".to_owned(), "b".to_owned()], true);
        let moment = "2026-11-28T08:00:00Z".parse().unwrap();
        line(&mut table, &[Cell::Text("x".to_owned()), Cell::Moment(moment)]);
        assert_eq!(String::from_utf8(table).unwrap(), "\u{feff}a,b\r\nx,2026-11-28T08:00:00Z\r\n");
    }
}
