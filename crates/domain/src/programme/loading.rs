//! From files to a programme: each file is read and checked by itself, then what one says of another.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::calendar::{Calendar, Year};
use super::code::CountryCode;
use super::country::{CountriesFile, Country};
use super::document::Document;
use super::edition::Edition;
use super::list::{List, ListKind};
use super::mechanism::{FiguresFile, MechanismsFile};
use super::partner::{PartnerKind, PartnersFile, SourcesFile};
use super::problem::{Problem, Problems};
use super::{File, Programme};

/// Builds the programme, or tells everything that is wrong. `original` is the programme as it comes with the program,
/// whose codes no replaced list may lose.
pub(super) fn build(
    documents: BTreeMap<String, Document>,
    original: Option<&Programme>,
) -> Result<Programme, Problems> {
    let mut reading = Reading { documents, done: Vec::new(), files: Vec::new() };
    let built = reading.build(original);
    let mut problems: Vec<Problem> = reading.done.into_iter().flat_map(Document::into_problems).collect();
    problems.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    match built {
        Some(programme) if problems.is_empty() => Ok(programme),
        _ => Err(Problems(problems)),
    }
}

struct Reading {
    /// The files that have not been read.
    documents: BTreeMap<String, Document>,
    /// Those that have, with what is wrong with them.
    done: Vec<Document>,
    files: Vec<File>,
}

/// A file that has been read, not yet checked.
struct Read<T> {
    document: Document,
    value: Option<T>,
}

impl Reading {
    fn build(&mut self, original: Option<&Programme>) -> Option<Programme> {
        let mut countries: Read<CountriesFile> = self.read("countries.toml");
        let mut sources: Read<SourcesFile> = self.read("sources.toml");
        let mut partners: Read<PartnersFile> = self.read("partners.toml");
        let mut mechanisms: Read<MechanismsFile> = self.read("mechanisms.toml");
        let mut figures: Read<FiguresFile> = self.read("figures.toml");
        let lists = self.read_lists(original);

        countries.check(CountriesFile::check);
        sources.check(SourcesFile::check);
        partners.check(PartnersFile::check);
        mechanisms.check(MechanismsFile::check);
        figures.check(FiguresFile::check);
        let calendars = self.read_calendars(countries.value.as_ref(), lists.get(&ListKind::Holidays));

        if let (Some(countries), Some(sources)) = (&countries.value, &sources.value) {
            let known = Known { countries, sources, lists: &lists };
            partners.check(|file, document| known.check_partners(file, document));
            figures.check(|file, document| known.check_figures(file, document));
            if let Some(partners) = &partners.value {
                mechanisms.check(|file, document| known.check_mechanisms(file, partners, document));
            }
        }
        self.finish(&countries.value, countries.document, |file| &file.edition);
        self.finish(&sources.value, sources.document, |file| &file.edition);
        self.finish(&partners.value, partners.document, |file| &file.edition);
        self.finish(&mechanisms.value, mechanisms.document, |file| &file.edition);
        self.finish(&figures.value, figures.document, |file| &file.edition);
        self.files.sort_by(|a, b| a.name.cmp(&b.name));

        let (countries, figures) = (countries.value?, figures.value?);
        (lists.len() == ListKind::ALL.len()).then_some(())?;
        Some(Programme {
            home: countries.home,
            countries: countries.country,
            partners: partners.value?.partner,
            mechanisms: mechanisms.value?.mechanism,
            figures: figures.figure,
            figure_note: figures.note,
            sources: sources.value?.source,
            lists,
            calendars,
            files: std::mem::take(&mut self.files),
        })
    }

    fn read<T: DeserializeOwned>(&mut self, name: &str) -> Read<T> {
        let mut document = self.documents.remove(name).expect("every file comes with the program");
        let value = document.read();
        Read { document, value }
    }

    fn finish<T>(&mut self, value: &Option<T>, document: Document, edition: impl Fn(&T) -> &Edition) {
        if let Some(value) = value {
            let (name, replaced) = (document.name.clone(), document.replaced);
            self.files.push(File { name, edition: edition(value).clone(), replaced });
        }
        self.done.push(document);
    }

    fn read_lists(&mut self, original: Option<&Programme>) -> BTreeMap<ListKind, List> {
        let mut lists = BTreeMap::new();
        for kind in ListKind::ALL {
            let mut list: Read<List> = self.read(&format!("lists/{kind}.toml"));
            list.check(|list, document| list.check(document, original.map(|programme| programme.list(kind))));
            self.finish(&list.value, list.document, |list| &list.edition);
            lists.extend(list.value.map(|list| (kind, list)));
        }
        lists
    }

    /// Reads every file that is left: the calendars.
    fn read_calendars(
        &mut self,
        countries: Option<&CountriesFile>,
        holidays: Option<&List>,
    ) -> BTreeMap<CountryCode, Calendar> {
        let names: Vec<String> = self.documents.keys().cloned().collect();
        let mut years = BTreeMap::<CountryCode, Vec<Year>>::new();
        for name in names {
            let mut year: Read<Year> = self.read(&name);
            if let (Some(countries), Some(holidays)) = (countries, holidays) {
                year.check(|year, document| {
                    let country = find(countries, year.country);
                    year.check(document, country, |code| holidays.entry(code).is_some());
                    let earlier = years.get(&year.country).and_then(|years| years.last());
                    if let Some(earlier) = earlier.filter(|earlier| earlier.year + 1 != year.year) {
                        let text = format!(
                            "the calendar after {} is missing; a gap cannot be counted across",
                            earlier.year
                        );
                        document.complain_of("year", text);
                    }
                });
            }
            self.finish(&year.value, year.document, |year| &year.edition);
            if let Some(year) = year.value {
                years.entry(year.country).or_default().push(year);
            }
        }
        let Some(countries) = countries else { return BTreeMap::new() };
        let calendar =
            |(code, years)| find(countries, code).map(|country| (code, Calendar::new(country, years)));
        years.into_iter().filter_map(calendar).collect()
    }
}

impl<T> Read<T> {
    fn check(&mut self, check: impl FnOnce(&T, &mut Document)) {
        if let Some(value) = &self.value {
            check(value, &mut self.document);
        }
    }
}

fn find(countries: &CountriesFile, code: CountryCode) -> Option<&Country> {
    countries.country.iter().find(|country| country.code == code)
}

/// What one file may name of another.
struct Known<'a> {
    countries: &'a CountriesFile,
    sources: &'a SourcesFile,
    lists: &'a BTreeMap<ListKind, List>,
}

impl Known<'_> {
    /// What is wrong with a code of a list, if anything.
    fn fault(&self, kind: ListKind, code: &str) -> Option<String> {
        let known = self.lists.get(&kind).is_none_or(|list| list.entry(code).is_some());
        (!known).then(|| format!("“{code}” is not in lists/{kind}.toml; correct it or add it there"))
    }

    fn fault_of_source(&self, code: &str) -> Option<String> {
        let known = self.sources.source.iter().any(|source| source.code == code);
        (!known).then(|| format!("“{code}” is not in sources.toml; correct it or add it there"))
    }

    fn fault_of_country(&self, code: CountryCode) -> Option<String> {
        find(self.countries, code)
            .is_none()
            .then(|| format!("{code} is not in countries.toml; add it there first"))
    }

    fn check_partners(&self, file: &PartnersFile, document: &mut Document) {
        for (index, partner) in file.partner.iter().enumerate() {
            let mut faults = vec![
                ("country", self.fault_of_country(partner.country)),
                ("kind", self.fault(ListKind::PartnerKinds, partner.kind.code())),
                ("source", self.fault_of_source(&partner.source)),
            ];
            faults
                .extend(partner.roles.iter().map(|role| ("roles", self.fault(ListKind::PartnerRoles, role))));
            if partner.kind == PartnerKind::Centre {
                let second = |other: &&super::Partner| {
                    other.kind == PartnerKind::Centre && other.country == partner.country
                };
                let is_second = file.partner[..index].iter().any(|other| second(&other));
                faults.push(("kind", is_second.then(|| format!("{} has a centre already", partner.country))));
            }
            for (key, fault) in faults {
                fault.into_iter().for_each(|fault| document.complain("partner", index, key, fault));
            }
        }
    }

    fn check_mechanisms(&self, file: &MechanismsFile, partners: &PartnersFile, document: &mut Document) {
        for (index, mechanism) in file.mechanism.iter().enumerate() {
            let mut faults = vec![("country".to_owned(), self.fault_of_country(mechanism.country))];
            for (key, statement) in mechanism.statements() {
                faults
                    .push((format!("{key}.state"), self.fault(ListKind::MechanismStates, &statement.state)));
                faults.push((format!("{key}.source"), self.fault_of_source(&statement.source)));
            }
            let parts = [("guidance", &mechanism.guidance), ("implementation", &mechanism.implementation)];
            for (key, code) in
                parts.into_iter().flat_map(|(key, codes)| codes.iter().map(move |code| (key, code)))
            {
                let found = partners.partner.iter().find(|partner| partner.code == *code);
                let fault = match found {
                    None => Some(format!("“{code}” is not in partners.toml; correct it or add it there")),
                    Some(partner) if partner.country != mechanism.country => Some(format!(
                        "“{code}” is a partner of {}, not of {}",
                        partner.country, mechanism.country
                    )),
                    Some(_) => None,
                };
                faults.push((key.to_owned(), fault));
            }
            for (key, fault) in faults {
                fault.into_iter().for_each(|fault| document.complain("mechanism", index, &key, fault));
            }
        }
    }

    fn check_figures(&self, file: &FiguresFile, document: &mut Document) {
        for (index, figure) in file.figure.iter().enumerate() {
            let kind = self.fault(ListKind::FigureKinds, &figure.kind);
            let source = self.fault_of_source(&figure.source);
            for (key, fault) in [("kind", kind), ("source", source)] {
                fault.into_iter().for_each(|fault| document.complain("figure", index, key, fault));
            }
        }
    }
}
