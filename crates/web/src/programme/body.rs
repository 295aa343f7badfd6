//! The shape in which the programme's data leave the site. `causeway programme show --json` prints the same.

use std::collections::BTreeMap;

use domain::programme::{
    Bound, Country, CountryCode, DayOff, Edition, Entry, Figure, Labels, List, ListKind, Mechanism, Partner,
    PartnerKind, PartnerName, Programme, Source, Span, Statement, Status, When, Workday,
};
use domain::schema::Day;
use i18n::Locale;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

/// The languages that labels are sent in.
#[derive(Clone, Debug)]
pub struct Languages(Vec<Locale>);

impl Languages {
    /// All ten.
    pub fn all() -> Self {
        Self(Locale::ALL.to_vec())
    }

    /// Those of `locales`.
    pub(super) fn of(locales: Vec<Locale>) -> Self {
        Self(locales)
    }

    fn labels(&self, labels: &Labels) -> Texts {
        self.with(|locale| Some(labels.label(locale).to_owned()))
    }

    fn with(&self, text: impl Fn(Locale) -> Option<String>) -> Texts {
        self.0.iter().filter_map(|locale| Some((locale.tag(), text(*locale)?))).collect()
    }

    fn names(&self, names: &BTreeMap<Locale, PartnerName>) -> BTreeMap<&'static str, PartnerName> {
        let name = |locale: &Locale| Some((locale.tag(), names.get(locale)?.clone()));
        self.0.iter().filter_map(name).collect()
    }
}

/// A text by the tags of its languages.
type Texts = BTreeMap<&'static str, String>;

/// Everything but the calendars and the entries of the lists.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProgrammeData")]
pub struct ProgrammeDataBody {
    home: CountryCode,
    countries: Vec<CountryBody>,
    partners: Vec<PartnerBody>,
    mechanisms: Vec<MechanismBody>,
    figures: FiguresBody,
    sources: Vec<Source>,
    lists: Vec<ListLinkBody>,
    files: Vec<FileBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ListLink")]
struct ListLinkBody {
    list: ListKind,
    version: u32,
    url: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ProgrammeFile")]
struct FileBody {
    name: String,
    edition: Edition,
    /// Whether the operator has replaced or added it.
    replaced: bool,
}

/// What the programme holds.
pub fn programme(programme: &Programme, languages: &Languages) -> ProgrammeDataBody {
    let link = |kind: ListKind| ListLinkBody {
        list: kind,
        version: programme.list(kind).edition.version,
        url: format!("/api/v1/lists/{kind}"),
    };
    let file = |file: &domain::programme::File| FileBody {
        name: file.name.clone(),
        edition: file.edition.clone(),
        replaced: file.replaced,
    };
    ProgrammeDataBody {
        home: programme.home(),
        countries: programme
            .countries()
            .map(|country| CountryBody::of(programme, country, languages))
            .collect(),
        partners: programme.partners().iter().map(|partner| PartnerBody::of(partner, languages)).collect(),
        mechanisms: programme.mechanisms().iter().map(MechanismBody::of).collect(),
        figures: FiguresBody {
            note: languages.with(|locale| Some(programme.figure_note(locale).to_owned())),
            items: programme.figures().iter().map(FigureBody::of).collect(),
        },
        sources: programme.sources().to_vec(),
        lists: ListKind::ALL.into_iter().map(link).collect(),
        files: programme.files().iter().map(file).collect(),
    }
}

/// Some countries.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Countries")]
pub(crate) struct CountriesBody {
    items: Vec<CountryBody>,
}

/// The countries that the programme serves.
pub(super) fn countries(programme: &Programme, languages: &Languages) -> CountriesBody {
    let country = |country| CountryBody::of(programme, country, languages);
    CountriesBody { items: programme.countries().map(country).collect() }
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Country")]
struct CountryBody {
    code: CountryCode,
    name: Texts,
    languages: Vec<String>,
    currency: CurrencyBody,
    zones: Vec<String>,
    working_days: Vec<Workday>,
    mail_domains: Vec<String>,
    /// The code of the partner that operates the programme there.
    centre: Option<String>,
    /// The first and the last day whose working days are known.
    calendar: Option<CoverBody>,
    url: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Currency")]
struct CurrencyBody {
    code: &'static str,
    /// A major unit has 10 to this power of minor units.
    exponent: u8,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CalendarCover")]
struct CoverBody {
    #[schemars(with = "Day")]
    first: Date,
    #[schemars(with = "Day")]
    last: Date,
}

impl CountryBody {
    fn of(programme: &Programme, country: &Country, languages: &Languages) -> Self {
        let covered = programme.calendar(country.code).and_then(domain::programme::Calendar::covered);
        Self {
            code: country.code,
            name: languages.with(|locale| Some(country.name(locale).to_owned())),
            languages: country.languages.clone(),
            currency: CurrencyBody { code: country.currency.code(), exponent: country.currency.exponent() },
            zones: country.zones.clone(),
            working_days: country.working_days.clone(),
            mail_domains: country.mail_domains.clone(),
            centre: programme.centre_of(country.code).map(|partner| partner.code.clone()),
            calendar: covered.map(|(first, last)| CoverBody { first, last }),
            url: format!("/api/v1/countries/{}", country.code),
        }
    }
}

/// A country with all there is about it.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WholeCountry")]
pub(crate) struct WholeCountryBody {
    #[serde(flatten)]
    country: CountryBody,
    partners: Vec<PartnerBody>,
    mechanism: Option<MechanismBody>,
    days_off: Vec<DayOffBody>,
    /// Days on which offices work although it is no working day of their week.
    extra_workdays: Vec<ExtraWorkdayBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "DayOff")]
struct DayOffBody {
    #[schemars(with = "Day")]
    first: Date,
    #[schemars(with = "Day")]
    last: Date,
    name: Texts,
    substitute: bool,
    status: Status,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ExtraWorkday")]
struct ExtraWorkdayBody {
    #[schemars(with = "Day")]
    date: Date,
    status: Status,
}

/// One country.
pub(super) fn whole_country(
    programme: &Programme,
    country: &Country,
    languages: &Languages,
) -> WholeCountryBody {
    let years = programme.calendar(country.code).map_or(&[][..], |calendar| calendar.years());
    let day_off = |off: &DayOff| DayOffBody {
        first: off.date,
        last: off.last(),
        name: languages.with(|locale| {
            let (language, name) = programme.holiday_name(off, locale);
            (language == locale).then(|| name.to_owned())
        }),
        substitute: off.substitute,
        status: off.status,
    };
    let extra = years.iter().flat_map(|year| &year.workday);
    WholeCountryBody {
        country: CountryBody::of(programme, country, languages),
        partners: programme
            .partners_of(country.code)
            .map(|partner| PartnerBody::of(partner, languages))
            .collect(),
        mechanism: programme.mechanism_with(country.code).map(MechanismBody::of),
        days_off: years.iter().flat_map(|year| &year.day_off).map(day_off).collect(),
        extra_workdays: extra
            .map(|extra| ExtraWorkdayBody { date: extra.date, status: extra.status })
            .collect(),
    }
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Partner")]
struct PartnerBody {
    code: String,
    country: CountryCode,
    kind: PartnerKind,
    roles: Vec<String>,
    name_in_source: String,
    names: BTreeMap<&'static str, PartnerName>,
    web: Option<String>,
    since: Option<When>,
    successor: Option<SuccessorBody>,
    source: String,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "PartnerSuccessor")]
struct SuccessorBody {
    since: When,
    names: BTreeMap<&'static str, PartnerName>,
}

impl PartnerBody {
    fn of(partner: &Partner, languages: &Languages) -> Self {
        let successor = partner.successor.as_ref().map(|successor| SuccessorBody {
            since: successor.since,
            names: languages.names(&successor.names),
        });
        Self {
            code: partner.code.clone(),
            country: partner.country,
            kind: partner.kind,
            roles: partner.roles.clone(),
            name_in_source: partner.name_in_source.clone(),
            names: languages.names(&partner.names),
            web: partner.web.clone(),
            since: partner.since,
            successor,
            source: partner.source.clone(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Mechanism")]
struct MechanismBody {
    country: CountryCode,
    centre: Statement,
    agreement: Statement,
    contact: Statement,
    guidance: Vec<String>,
    implementation: Vec<String>,
}

impl MechanismBody {
    fn of(mechanism: &Mechanism) -> Self {
        Self {
            country: mechanism.country,
            centre: mechanism.centre.clone(),
            agreement: mechanism.agreement.clone(),
            contact: mechanism.contact.clone(),
            guidance: mechanism.guidance.clone(),
            implementation: mechanism.implementation.clone(),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figures")]
struct FiguresBody {
    /// What has to be said beside every one of them.
    note: Texts,
    items: Vec<FigureBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Figure")]
struct FigureBody {
    kind: String,
    value: u64,
    bound: Bound,
    span: Span,
    currency: Option<&'static str>,
    as_of: When,
    source: String,
}

impl FigureBody {
    fn of(figure: &Figure) -> Self {
        Self {
            kind: figure.kind.clone(),
            value: figure.value,
            bound: figure.bound,
            span: figure.span,
            currency: figure.currency.map(i18n::Currency::code),
            as_of: figure.as_of,
            source: figure.source.clone(),
        }
    }
}

/// A closed list.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "List")]
pub(crate) struct ListBody {
    list: ListKind,
    edition: Edition,
    items: Vec<EntryBody>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ListEntry")]
struct EntryBody {
    code: String,
    /// Kept for what carries it, and not given to anything new.
    retired: bool,
    labels: Texts,
}

/// One list.
pub(super) fn list(kind: ListKind, list: &List, languages: &Languages) -> ListBody {
    let entry = |entry: &Entry| EntryBody {
        code: entry.code.clone(),
        retired: entry.retired,
        labels: languages.labels(&entry.labels),
    };
    ListBody { list: kind, edition: list.edition.clone(), items: list.entries.iter().map(entry).collect() }
}
