//! What an organisation is, and what it must be like.

use db::Timestamp;
use i18n::Locale;
use serde::Serialize;

use super::name::{NameKind, Names};
use crate::code::codes;
use crate::error::{Field, Problem};
use crate::id::{FileId, OrganisationId, Reference};
use crate::programme::CountryCode;
use crate::words::Words;
use crate::{Error, Result};

/// The most characters of a description, in any language.
pub const DESCRIPTION_MAX: usize = 4_000;

/// The most characters of a place.
pub const REGION_MAX: usize = 120;

/// The most fields of activity of one organisation.
pub const FIELDS_MAX: usize = 5;

/// The most domains, identifiers and predecessors of one organisation, each.
pub const PARTS_MAX: usize = 20;

codes!(
    /// What kind of body it is. Labels stand in the programme's list `organisation-kinds`.
    Kind {
        /// A university or college.
        University = "university",
        /// A public research institute or laboratory.
        Institute = "research-institute",
        /// An enterprise.
        Enterprise = "enterprise",
        /// An agency for technology transfer.
        TransferAgency = "transfer-agency",
        /// An incubator, accelerator or science park.
        Park = "technology-park",
        /// An association of industry or science.
        Association = "association",
        /// A government authority.
        Authority = "authority",
        /// A hospital or another provider of health care.
        Hospital = "hospital",
        /// A bank, fund or another financial body.
        Finance = "finance",
        /// A body of several states.
        International = "international",
        /// A person who acts as a body: an inventor, a sole trader.
        Individual = "individual",
        /// Any other.
        Other = "other",
    }
);

codes!(
    /// How many people work there.
    Size {
        /// At most 10.
        Micro = "micro",
        /// 11 to 49.
        Small = "small",
        /// 50 to 249.
        Medium = "medium",
        /// 250 and more.
        Large = "large",
    }
);

codes!(
    /// What a domain is used for.
    DomainUse {
        /// The site.
        Web = "web",
        /// Addresses of its people: signing up with one proposes the organisation.
        Mail = "mail",
    }
);

codes!(
    /// Whether it is there.
    State {
        /// It is.
        Active = "active",
        /// It no longer is.
        Closed = "closed",
        /// It turned out to be another one that is on record.
        Merged = "merged",
    }
);

/// A domain name, in lower case, without a dot at its end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Domain {
    /// What it is used for.
    pub r#use: DomainUse,
    /// The name.
    pub domain: String,
}

/// A number under which a register knows it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Identifier {
    /// The register: `ror`, `isni`, `wikidata`, `grid`, `lei`, `crossref`, `registry:<cc>` for that of a country, or
    /// `import:<source>` for the ids of a file that was imported.
    pub scheme: String,
    /// The number, as the register writes it.
    pub value: String,
}

/// Somebody to write to. Shown to members and staff alone, unless it is public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// The person or the office.
    pub name: String,
    /// What for.
    pub role: String,
    /// The address.
    pub email: String,
    /// The number, with the country's code.
    pub phone: String,
    /// Whether everybody may see it.
    pub public: bool,
}

/// What is said of an organisation when it is registered or revised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its names.
    pub names: Names,
    /// Its kind.
    pub kind: Kind,
    /// Its size, where it is known.
    pub size: Option<Size>,
    /// Where it has its seat.
    pub country: CountryCode,
    /// The place within it: a province, a city.
    pub region: String,
    /// The body that it belongs to.
    pub parent: Option<OrganisationId>,
    /// Bodies that it came from.
    pub predecessors: Vec<OrganisationId>,
    /// The year in which it was founded.
    pub established: Option<i64>,
    /// The address of its site, `http` or `https`.
    pub website: String,
    /// Its domains.
    pub domains: Vec<Domain>,
    /// Its numbers.
    pub identifiers: Vec<Identifier>,
    /// Its fields of activity: codes of the taxonomy's first level.
    pub fields: Vec<String>,
    /// Whom to write to.
    pub contacts: Vec<Contact>,
    /// Its picture.
    pub logo: Option<FileId>,
    /// The language its description was written in.
    pub language: Locale,
    /// What it is and does.
    pub description: Words,
    /// Whether the directory shows it.
    pub listed: bool,
}

impl Draft {
    /// A body of `country` with these names, and nothing else said.
    pub fn named(names: Names, kind: Kind, country: CountryCode) -> Self {
        Self {
            names,
            kind,
            size: None,
            country,
            region: String::new(),
            parent: None,
            predecessors: Vec::new(),
            established: None,
            website: String::new(),
            domains: Vec::new(),
            identifiers: Vec::new(),
            fields: Vec::new(),
            contacts: Vec::new(),
            logo: None,
            language: Locale::En,
            description: Words::default(),
            listed: true,
        }
    }

    /// Puts it in order, and refuses what a reader could not use.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming every field that is wrong.
    pub fn checked(mut self) -> Result<Self> {
        let mut wrong = Vec::new();
        match std::mem::take(&mut self.names).checked() {
            Ok(names) => self.names = names,
            Err(field) => wrong.push(field),
        }
        let mut refuse = |name, problem| wrong.push(Field { name, problem });
        self.region = self.region.trim().to_owned();
        if self.region.chars().count() > REGION_MAX {
            refuse("region", Problem::TooLong { max: REGION_MAX });
        }
        if self.established.is_some_and(|year| !(800..=9999).contains(&year)) {
            refuse("established", Problem::BadValue);
        }
        self.website = self.website.trim().to_owned();
        if !self.website.is_empty() && !is_web_address(&self.website) {
            refuse("website", Problem::BadValue);
        }
        for domain in &mut self.domains {
            domain.domain = domain.domain.trim().trim_end_matches('.').to_lowercase();
        }
        in_order(&mut self.domains);
        if self.domains.len() > PARTS_MAX || !self.domains.iter().all(|domain| is_domain(&domain.domain)) {
            refuse("domains", Problem::BadValue);
        }
        for identifier in &mut self.identifiers {
            *identifier = Identifier::of(&identifier.scheme, &identifier.value);
        }
        in_order(&mut self.identifiers);
        if self.identifiers.len() > PARTS_MAX || !self.identifiers.iter().all(Identifier::is_well_formed) {
            refuse("identifiers", Problem::BadValue);
        }
        in_order(&mut self.predecessors);
        if self.predecessors.len() > PARTS_MAX {
            refuse("predecessors", Problem::BadValue);
        }
        in_order(&mut self.fields);
        if self.fields.len() > FIELDS_MAX || !self.fields.iter().all(|field| crate::taxonomy::is_field(field))
        {
            refuse("fields", Problem::BadValue);
        }
        self.contacts.retain(|contact| !contact.is_empty());
        if self.contacts.len() > PARTS_MAX || !self.contacts.iter().all(Contact::is_well_formed) {
            refuse("contacts", Problem::BadValue);
        }
        if !self.description.0.is_empty() {
            match std::mem::take(&mut self.description).checked("description", self.language, DESCRIPTION_MAX)
            {
                Ok(description) => self.description = description,
                Err(Field { name, problem }) => refuse(name, problem),
            }
        }
        if wrong.is_empty() { Ok(self) } else { Err(Error::Invalid(wrong)) }
    }
}

fn in_order<T: Ord>(parts: &mut Vec<T>) {
    parts.sort();
    parts.dedup();
}

impl Identifier {
    /// A number, in the one form in which it is compared.
    pub fn of(scheme: &str, value: &str) -> Self {
        let scheme = scheme.trim().to_ascii_lowercase();
        let value = value.trim();
        let value = match scheme.as_str() {
            "ror" => value.rsplit('/').next().unwrap_or(value).to_ascii_lowercase(),
            "isni" => value.chars().filter(|c| !c.is_whitespace()).collect(),
            _ => value.to_owned(),
        };
        Self { scheme, value }
    }

    /// Whether it is the id of a row in a file that was imported, which means nothing elsewhere.
    fn is_of_a_file(&self) -> bool {
        self.scheme.strip_prefix("import:").is_some_and(|source| {
            (1..=40).contains(&source.len())
                && source
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        })
    }

    pub(super) fn is_well_formed(&self) -> bool {
        let country = self.scheme.strip_prefix("registry:");
        let known = matches!(self.scheme.as_str(), "ror" | "isni" | "wikidata" | "grid" | "lei" | "crossref")
            || country.is_some_and(|code| CountryCode::read(code).is_some())
            || self.is_of_a_file();
        let fits =
            (1..=64).contains(&self.value.chars().count()) && !self.value.chars().any(char::is_control);
        // https://ror.readme.io/docs/ror-identifier-pattern: 0, six characters of Crockford's base 32, two digits.
        let ror = self.scheme != "ror"
            || (self.value.len() == 9
                && self.value.starts_with('0')
                && self.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        known && fits && ror
    }
}

impl Contact {
    fn is_empty(&self) -> bool {
        [&self.name, &self.role, &self.email, &self.phone].into_iter().all(|part| part.trim().is_empty())
    }

    fn is_well_formed(&self) -> bool {
        let short = [&self.name, &self.role, &self.email, &self.phone]
            .into_iter()
            .all(|part| part.chars().count() <= 200 && !part.chars().any(char::is_control));
        short
            && (self.email.is_empty() || self.email.split_once('@').is_some_and(|(_, host)| is_domain(host)))
    }
}

/// Whether a browser may be sent there: `http` or `https`, a host, and no credentials.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = host.rsplit_once(':').map_or((host, ""), |(host, port)| (host, port));
    text.len() <= 500
        && is_domain(&host.to_lowercase())
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>'))
}

/// Labels with dots between them, letters of any script, no address of a machine.
pub(crate) fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || (!c.is_ascii() && !c.is_control()))
    };
    text.len() <= 253
        && labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| !last.bytes().all(|byte| byte.is_ascii_digit()))
}

/// An organisation, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// How people name it.
    pub reference: Reference,
    /// Whether it is there.
    pub state: State,
    /// The one it turned out to be.
    pub merged_into: Option<OrganisationId>,
    /// Since when it is on record.
    pub made_at: Timestamp,
    /// When it was last revised.
    pub revised_at: Timestamp,
    /// Counts revisions of its texts, by which translations are found stale.
    pub revision: i64,
    /// Counts its changes, for whoever wants to change it.
    pub version: i64,
    /// What is said of it.
    pub said: Draft,
}

impl Organisation {
    /// Its name for a reader of `locale`.
    pub fn name(&self, locale: Locale) -> &str {
        self.said.names.best(locale).map_or(self.reference.as_str(), |name| name.value.as_str())
    }

    /// Its short form, where it has one.
    pub fn acronym(&self) -> Option<&str> {
        self.said.names.0.iter().find(|name| name.kind == NameKind::Acronym).map(|name| name.value.as_str())
    }

    /// The same without what only members and staff may see.
    #[must_use]
    pub fn for_everybody(mut self) -> Self {
        self.said.contacts.retain(|contact| contact.public);
        self.said.domains.retain(|domain| domain.r#use == DomainUse::Web);
        self.said.identifiers.retain(|identifier| !identifier.is_of_a_file());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::named(
            Names::label("en", "Guangxi University"),
            Kind::University,
            CountryCode::parse("CN").unwrap(),
        )
    }

    fn problems(draft: Draft) -> Vec<&'static str> {
        let Err(Error::Invalid(fields)) = draft.checked() else { panic!("taken") };
        fields.into_iter().map(|field| field.name).collect()
    }

    #[test]
    fn an_organisation_needs_a_name_and_the_rest_is_put_in_order() {
        let mail = |domain: &str| Domain { r#use: DomainUse::Mail, domain: domain.to_owned() };
        let mut given = draft();
        given.domains = vec![mail(" GXU.edu.cn. "), mail("gxu.edu.cn")];
        given.identifiers = vec![Identifier::of("ROR", "https://ror.org/02c9qn167")];
        let checked = given.checked().unwrap();
        assert_eq!(checked.domains, [mail("gxu.edu.cn")]);
        assert_eq!(checked.identifiers, [Identifier { scheme: "ror".into(), value: "02c9qn167".into() }]);
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let mut given = draft();
        given.names = Names::default();
        given.region = "x".repeat(REGION_MAX + 1);
        given.established = Some(12);
        given.website = "javascript:alert(1)".into();
        given.domains = vec![Domain { r#use: DomainUse::Web, domain: "127.0.0.1".into() }];
        given.identifiers = vec![Identifier::of("ror", "1234")];
        given.fields = vec!["magic".into()];
        given.contacts = vec![Contact {
            name: "Ana".into(),
            role: String::new(),
            email: "nowhere".into(),
            phone: String::new(),
            public: false,
        }];
        assert_eq!(
            problems(given),
            ["names", "region", "established", "website", "domains", "identifiers", "fields", "contacts"]
        );
    }

    #[test]
    fn a_web_address_leads_to_a_host_and_nowhere_else() {
        for good in ["https://www.gxu.edu.cn/", "http://example.org:8080/a?b#c", "https://đại-học.vn"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "",
            "ftp://a.b",
            "https://",
            "https://a",
            "https://u:p@a.b/",
            "https://a.b/\"x",
            "https://10.0.0.1",
            "//a.b",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }

    #[test]
    fn everybody_sees_no_contact_that_is_not_public_and_no_address_domain() {
        let contact = |name: &str, public| Contact {
            name: name.into(),
            role: String::new(),
            email: String::new(),
            phone: String::new(),
            public,
        };
        let mut said = draft();
        said.contacts = vec![contact("a", true), contact("b", false)];
        said.domains = vec![
            Domain { r#use: DomainUse::Mail, domain: "a.b".into() },
            Domain { r#use: DomainUse::Web, domain: "a.b".into() },
        ];
        let at = "2026-11-23T00:00:00Z".parse().unwrap();
        let id = uuid::Uuid::from_u128(1);
        let whole = Organisation {
            id: OrganisationId(id),
            reference: Reference::new('O', at, id),
            state: State::Active,
            merged_into: None,
            made_at: at,
            revised_at: at,
            revision: 1,
            version: 1,
            said,
        };
        let seen = whole.for_everybody();
        assert_eq!(seen.said.contacts.len(), 1);
        assert_eq!(seen.said.domains.len(), 1);
    }
}
