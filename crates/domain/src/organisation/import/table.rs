//! From the cells of a table to rows: which column says what, and what each cell means.

use std::collections::HashMap;
use std::sync::LazyLock;

use i18n::Locale;

use super::column::Column;
use super::sheet::Sheet;
use super::{Finding, Link, Row, Rows, unreadable};
use crate::Result;
use crate::error::Problem;
use crate::organisation::model::{Domain, DomainUse, Identifier, Kind, Size};
use crate::organisation::name::{NameKind, Names};
use crate::programme::{CountryCode, ListKind, Programme};
use crate::taxonomy;
use crate::words::Words;

/// Between the values of a cell that may have several.
const BETWEEN: [char; 4] = [';', '；', '|', '\n'];

/// Reads every row under the headings.
pub(super) fn read(sheet: Sheet, source: &str) -> Result<Rows> {
    let mut lines = (1_u64..).zip(sheet);
    let head = lines.next().map(|(_, head)| head).unwrap_or_default();
    let columns: Vec<Option<Column>> = head.iter().map(|heading| Column::read(heading)).collect();
    if !columns.iter().flatten().any(|column| matches!(column, Column::Name(_))) {
        return Err(unreadable("organisation-import-no-name-column"));
    }
    let mut rows = Rows::default();
    for (heading, column) in head.iter().zip(&columns) {
        if column.is_none() && !heading.is_empty() {
            let problem = Problem::Because("organisation-import-unknown-column");
            rows.findings.push(Finding { rejects: false, ..Finding::new(1, "heading", problem, heading) });
        }
    }
    for (number, cells) in lines {
        if cells.iter().all(String::is_empty) {
            continue;
        }
        let cells = columns.iter().zip(&cells).filter_map(|(column, cell)| Some(((*column)?, cell.as_str())));
        let cells: Vec<_> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
        match row(number, &cells, source) {
            Ok(row) => rows.rows.push(row),
            Err(findings) => rows.findings.extend(findings),
        }
    }
    Ok(rows)
}

/// One row, or everything that is wrong with it.
fn row(number: u64, cells: &[(Column, &str)], source: &str) -> Result<Row, Vec<Finding>> {
    let mut findings = Vec::new();
    let mut wrong = |column: Column, problem, cell: &str| {
        findings.push(Finding::new(number, column.field(), problem, cell));
    };
    let mut country = None;
    let mut names = Names::default();
    let mut texts = Vec::new();
    let mut row = Row {
        number,
        names: Names::default(),
        kind: None,
        sure_of_kind: true,
        size: None,
        // Replaced below, or the row is refused.
        country: Programme::embedded().home(),
        region: String::new(),
        established: None,
        website: String::new(),
        domains: Vec::new(),
        identifiers: Vec::new(),
        fields: Vec::new(),
        description: Words::default(),
        parents: Vec::new(),
        predecessors: Vec::new(),
        closed: false,
    };
    for (column, cell) in cells.iter().copied() {
        match column {
            Column::Id => row.identifiers.push(Identifier::of(&format!("import:{source}"), cell)),
            Column::Ror => row.identifiers.push(Identifier::of("ror", cell)),
            Column::Name(locale) => names = names.and(NameKind::Label, Some(locale.tag()), cell),
            Column::Acronym => names = names.and(NameKind::Acronym, None, cell),
            Column::OtherNames => {
                for name in parts(cell) {
                    names = names.and(NameKind::Alias, None, name);
                }
            }
            Column::Kind => match coded(ListKind::OrganisationKinds, cell).and_then(Kind::parse) {
                Some(kind) => row.kind = Some(kind),
                None => wrong(column, Problem::BadValue, cell),
            },
            Column::Size => match coded(ListKind::OrganisationSizes, cell).and_then(Size::parse) {
                Some(size) => row.size = Some(size),
                None => wrong(column, Problem::BadValue, cell),
            },
            Column::Country => match read_country(cell) {
                Some(found) => country = Some(found),
                None => wrong(column, Problem::BadValue, cell),
            },
            Column::Region => row.region = cell.to_owned(),
            Column::Established => match cell.parse() {
                Ok(year) => row.established = Some(year),
                Err(_) => wrong(column, Problem::BadValue, cell),
            },
            Column::Website => row.website = with_scheme(cell),
            Column::MailDomains => row.domains.extend(parts(cell).map(|domain| Domain {
                r#use: DomainUse::Mail,
                domain: domain.trim_start_matches('@').to_owned(),
            })),
            Column::Fields => {
                for part in parts(cell) {
                    match read_field(part) {
                        Some(code) => row.fields.push(code.to_owned()),
                        None => wrong(column, Problem::BadValue, part),
                    }
                }
            }
            Column::Parent => row.parents.push(Link::read(cell, source)),
            Column::Description(locale) => texts.push((locale, cell.to_owned())),
        }
    }
    if !cells.iter().any(|(column, _)| matches!(column, Column::Name(_))) {
        wrong(Column::Name(Locale::En), Problem::Required, "");
    }
    match country {
        Some(country) => row.country = country,
        None if cells.iter().any(|(column, _)| *column == Column::Country) => {}
        None => wrong(Column::Country, Problem::Required, ""),
    }
    row.names = names;
    row.description = Words::written(texts);
    if findings.is_empty() { Ok(row) } else { Err(findings) }
}

fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(BETWEEN).map(str::trim).filter(|part| !part.is_empty())
}

/// What people may write for each value, folded: its code, or its label in any language.
type Spellings = HashMap<String, String>;

fn spellings<'a, T>(
    values: impl Iterator<Item = T>,
    code: impl Fn(&T) -> &str,
    label: impl Fn(&T, Locale) -> Option<&'a str>,
) -> Spellings {
    let mut found = Spellings::new();
    for value in values {
        let code = code(&value).to_owned();
        for locale in Locale::ALL {
            found.extend(label(&value, locale).map(|label| (i18n::fold(label), code.clone())));
        }
        found.insert(i18n::fold(&code), code);
    }
    found
}

fn listed(list: ListKind) -> Spellings {
    let programme = Programme::embedded();
    let mut found = Spellings::new();
    for entry in programme.list(list).offered() {
        for locale in Locale::ALL {
            let label = programme.label(list, &entry.code, locale);
            found.extend(label.map(|label| (i18n::fold(label), entry.code.clone())));
        }
        found.insert(entry.code.clone(), entry.code.clone());
    }
    found
}

/// The code of a list, written as such or as its label in any language.
fn coded(list: ListKind, cell: &str) -> Option<&'static str> {
    static KINDS: LazyLock<Spellings> = LazyLock::new(|| listed(ListKind::OrganisationKinds));
    static SIZES: LazyLock<Spellings> = LazyLock::new(|| listed(ListKind::OrganisationSizes));
    let spellings = if list == ListKind::OrganisationSizes { &SIZES } else { &KINDS };
    spellings.get(&i18n::fold(cell)).map(String::as_str)
}

fn read_country(cell: &str) -> Option<CountryCode> {
    static COUNTRIES: LazyLock<Spellings> = LazyLock::new(|| {
        let codes = i18n::country_codes(Locale::En).into_iter().map(|name| name.code);
        spellings(codes, |code| code, |code, locale| i18n::country(code, locale))
    });
    CountryCode::read(COUNTRIES.get(&i18n::fold(cell))?)
}

fn read_field(cell: &str) -> Option<&'static str> {
    static FIELDS: LazyLock<Spellings> = LazyLock::new(|| {
        spellings(taxonomy::fields(), |field| field.code, |field, locale| Some(field.label(locale)))
    });
    FIELDS.get(&i18n::fold(cell)).map(String::as_str)
}

/// People leave out what a browser adds by itself.
pub(super) fn with_scheme(address: &str) -> String {
    if address.contains("://") { address.to_owned() } else { format!("https://{address}") }
}
