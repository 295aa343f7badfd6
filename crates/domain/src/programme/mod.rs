//! The programme: what one installation serves, as data. Countries, partners, mechanisms, published figures, closed lists
//! with labels in all ten locales, and calendars of working days. It owns no table and no verb: it is loaded once, from
//! the files that come with the program and those with which the operator replaces them, and then only read.

mod calendar;
mod code;
mod country;
mod document;
mod edition;
mod files;
mod labels;
mod list;
mod loading;
mod mechanism;
mod partner;
mod problem;
mod when;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use i18n::Locale;
use jiff::civil::Date;

pub use calendar::{Calendar, DayOff, ExtraWorkday, OutsideCalendar, Status, Year};
pub use code::{CountryCode, UnknownCountry};
pub use country::{Country, Workday};
pub use edition::Edition;
pub use files::EMBEDDED;
pub use labels::Labels;
pub use list::{Entry, List, ListKind};
pub use mechanism::{Bound, Figure, Mechanism, Span, Statement};
pub use partner::{Confidence, Partner, PartnerKind, PartnerName, Source, Successor};
pub use problem::{Problem, Problems};
pub use when::{NotADate, When};

/// A file that the programme was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, such as `lists/holidays.toml`.
    pub name: String,
    /// Which edition it is.
    pub edition: Edition,
    /// Whether it is the operator's.
    pub replaced: bool,
}

/// The programme, whole and checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    home: CountryCode,
    countries: Vec<Country>,
    partners: Vec<Partner>,
    mechanisms: Vec<Mechanism>,
    figures: Vec<Figure>,
    figure_note: Labels,
    sources: Vec<Source>,
    lists: BTreeMap<ListKind, List>,
    calendars: BTreeMap<CountryCode, Calendar>,
    files: Vec<File>,
}

impl Programme {
    /// The programme as it comes with the program.
    pub fn embedded() -> Arc<Self> {
        static EMBEDDED: LazyLock<Arc<Programme>> = LazyLock::new(|| {
            Arc::new(
                loading::build(files::embedded(), None)
                    .expect("a test holds that the embedded files are right"),
            )
        });
        EMBEDDED.clone()
    }

    /// The same with the operator's files of `folder` in the place of those of the same name, and with the calendars that
    /// it adds. All of it is checked before any of it is used. A folder that does not exist replaces nothing.
    ///
    /// # Errors
    /// [`Problems`], each with its file, its line and the way out.
    pub fn load(folder: &Path) -> Result<Arc<Self>, Problems> {
        let original = Self::embedded();
        let documents = files::with_folder(folder).map_err(Problems)?;
        if documents.values().all(|document| !document.replaced) {
            return Ok(original);
        }
        loading::build(documents, Some(&original)).map(Arc::new)
    }

    /// The country whose centre is the headquarters.
    pub fn home(&self) -> CountryCode {
        self.home
    }

    /// The countries that it serves, in the order of the file.
    pub fn countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.iter().filter(|country| country.served)
    }

    /// A country that it serves.
    pub fn country(&self, code: CountryCode) -> Option<&Country> {
        self.countries().find(|country| country.code == code)
    }

    /// Countries of which there are data, and which it does not serve.
    pub fn prepared_countries(&self) -> impl Iterator<Item = &Country> {
        self.countries.iter().filter(|country| !country.served)
    }

    /// Every centre, authority and agency, in the order of the file.
    pub fn partners(&self) -> &[Partner] {
        &self.partners
    }

    /// The partner of a code.
    pub fn partner(&self, code: &str) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.code == code)
    }

    /// The partners of one country.
    pub fn partners_of(&self, country: CountryCode) -> impl Iterator<Item = &Partner> {
        self.partners.iter().filter(move |partner| partner.country == country)
    }

    /// The body that operates the programme in a country: its centre, else whoever carries out the mechanism with it.
    pub fn centre_of(&self, country: CountryCode) -> Option<&Partner> {
        let centre = self.partners_of(country).find(|partner| partner.kind == PartnerKind::Centre);
        centre.or_else(|| self.partner(self.mechanism_with(country)?.implementation.first()?))
    }

    /// What is published of the mechanism with a country.
    pub fn mechanism_with(&self, country: CountryCode) -> Option<&Mechanism> {
        self.mechanisms().iter().find(|mechanism| mechanism.country == country)
    }

    /// What is published of every mechanism.
    pub fn mechanisms(&self) -> &[Mechanism] {
        &self.mechanisms
    }

    /// The published figures, in the order of the file.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// What has to be said beside every published figure.
    pub fn figure_note(&self, locale: Locale) -> &str {
        self.figure_note.label(locale)
    }

    /// The sources of facts.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The source of a code.
    pub fn source(&self, code: &str) -> Option<&Source> {
        self.sources.iter().find(|source| source.code == code)
    }

    /// A closed list.
    pub fn list(&self, kind: ListKind) -> &List {
        self.lists.get(&kind).expect("a programme is only built with every list")
    }

    /// What people read in `locale` for a code of a list.
    pub fn label(&self, kind: ListKind, code: &str, locale: Locale) -> Option<&str> {
        self.list(kind).label(code, locale)
    }

    /// The files it was read from, in the order of their names.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// The calendar of a country, if there is one.
    pub fn calendar(&self, country: CountryCode) -> Option<&Calendar> {
        self.calendars.get(&country)
    }

    /// What people read in `locale` for a holiday, with the language it is in.
    pub fn holiday_name<'a>(&'a self, off: &'a DayOff, locale: Locale) -> (Locale, &'a str) {
        if let Some(label) =
            off.holiday.as_deref().and_then(|code| self.label(ListKind::Holidays, code, locale))
        {
            return (locale, label);
        }
        let name = |wanted| off.names.get(&wanted).map(|name| (wanted, name.as_str()));
        name(locale).or_else(|| name(Locale::En)).unwrap_or((Locale::En, ""))
    }

    /// Whether offices in `country` work on that day.
    ///
    /// # Errors
    /// [`OutsideCalendar`] where no calendar covers the day.
    pub fn is_working_day(&self, country: CountryCode, day: Date) -> Result<bool, OutsideCalendar> {
        self.demand_calendar(country, day)?.is_working_day(day)
    }

    /// The day on which the `count`-th working day after `day` has come; `day` itself for 0.
    ///
    /// # Errors
    /// [`OutsideCalendar`], also where the answer lies beyond what is covered.
    pub fn add_working_days(
        &self,
        country: CountryCode,
        day: Date,
        count: u32,
    ) -> Result<Date, OutsideCalendar> {
        self.demand_calendar(country, day)?.add_working_days(day, count)
    }

    /// How many working days come after `from`, up to and with `to`. Negative where `to` comes first.
    ///
    /// # Errors
    /// [`OutsideCalendar`].
    pub fn working_days_between(
        &self,
        country: CountryCode,
        from: Date,
        to: Date,
    ) -> Result<i64, OutsideCalendar> {
        self.demand_calendar(country, from)?.working_days_between(from, to)
    }

    /// The day on which half of the working days between two days, rounded up, have come: the time to remind somebody.
    ///
    /// # Errors
    /// [`OutsideCalendar`].
    pub fn half_time(&self, country: CountryCode, from: Date, to: Date) -> Result<Date, OutsideCalendar> {
        self.demand_calendar(country, from)?.half_time(from, to)
    }

    fn demand_calendar(&self, country: CountryCode, date: Date) -> Result<&Calendar, OutsideCalendar> {
        self.calendar(country).ok_or(OutsideCalendar { country, date, covered: None })
    }
}
