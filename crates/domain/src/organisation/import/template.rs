//! The table to fill in: headings in somebody's language, and the codes that are taken.

use i18n::{Locale, Translator};
use rust_xlsxwriter::{DataValidation, Format as Style, Workbook, XlsxError};

use super::Format;
use super::column::Column;
use crate::error::Problem;
use crate::organisation::model::{Kind, Size};
use crate::programme::{ListKind, Programme};
use crate::{Error, Result, taxonomy};

/// How far down the choices of a column reach.
const ROWS: u32 = 5_000;

/// A table with headings in `locale` and no rows. A spreadsheet has a second sheet with the codes and their labels.
///
/// # Errors
/// [`Error::Invalid`] naming `format` for records, which nobody fills in by hand.
pub fn template(format: Format, locale: Locale) -> Result<Vec<u8>> {
    match format {
        Format::Csv => csv(locale),
        Format::Xlsx => xlsx(locale).map_err(Error::internal),
        Format::Ror => Err(Error::field("format", Problem::BadValue)),
    }
}

fn csv(locale: Locale) -> Result<Vec<u8>> {
    let t = Translator::new(locale);
    // Spreadsheet programs take a file without this mark for one of an older encoding.
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    writer
        .write_record(Column::all().into_iter().map(|column| column.heading(t)))
        .map_err(Error::internal)?;
    writer.into_inner().map_err(|error| Error::internal(error.to_string()))
}

fn xlsx(locale: Locale) -> Result<Vec<u8>, XlsxError> {
    let t = Translator::new(locale);
    let programme = Programme::embedded();
    let bold = Style::new().set_bold();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("organisations")?;
    sheet.set_freeze_panes(1, 0)?;
    for (place, column) in (0_u16..).zip(Column::all()) {
        sheet.write_with_format(0, place, column.heading(t), &bold)?;
        sheet.set_column_width(place, 22)?;
        let codes: Vec<&str> = match column {
            Column::Kind => Kind::ALL.iter().map(|kind| kind.code()).collect(),
            Column::Size => Size::ALL.iter().map(|size| size.code()).collect(),
            Column::Country => programme.countries().map(|country| country.code.as_str()).collect(),
            _ => continue,
        };
        // Offered, not demanded: labels and other countries are taken, too.
        let choice = DataValidation::new().allow_list_strings(&codes)?.show_error_message(false);
        sheet.add_data_validation(1, place, ROWS, place, &choice)?;
    }
    let codes = book.add_worksheet();
    codes.set_name("codes")?;
    codes.set_column_width(0, 28)?;
    codes.set_column_width(1, 48)?;
    let mut line = 0;
    let mut section = |heading: String, entries: Vec<(String, String)>| -> Result<(), XlsxError> {
        codes.write_with_format(line, 0, heading, &bold)?;
        for (code, label) in entries {
            line += 1;
            codes.write(line, 0, code)?;
            codes.write(line, 1, label)?;
        }
        line += 2;
        Ok(())
    };
    let listed = |list| {
        let entries = programme.list(list).offered();
        entries
            .map(|entry| {
                (
                    entry.code.clone(),
                    programme.label(list, &entry.code, locale).unwrap_or_default().to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    section(Column::Kind.heading(t), listed(ListKind::OrganisationKinds))?;
    section(Column::Size.heading(t), listed(ListKind::OrganisationSizes))?;
    let countries =
        programme.countries().map(|country| (country.code.to_string(), country.code.name(locale).to_owned()));
    section(Column::Country.heading(t), countries.collect())?;
    let fields = taxonomy::fields().map(|field| (field.code.to_owned(), field.label(locale).to_owned()));
    section(Column::Fields.heading(t), fields.collect())?;
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organisation::import::{self, sheet};

    #[test]
    fn both_templates_are_read_back_in_every_language() {
        for locale in Locale::ALL {
            let csv = sheet::of_csv(&template(Format::Csv, locale).unwrap()).unwrap();
            let xlsx = sheet::of_xlsx(&template(Format::Xlsx, locale).unwrap()).unwrap();
            assert_eq!(csv, xlsx, "{}", locale.tag());
            let read: Vec<_> = csv[0].iter().map(|heading| Column::read(heading).unwrap()).collect();
            assert_eq!(read, Column::all());
        }
        assert_eq!(
            import::read(&template(Format::Csv, Locale::Km).unwrap(), Format::Csv, "x").unwrap().count(),
            0
        );
    }
}
