//! Centres, authorities and agencies of the programme, and where facts about them come from: `partners.toml` and
//! `sources.toml`.

use std::collections::BTreeMap;

use i18n::Locale;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::code::CountryCode;
use super::document::Document;
use super::edition::Edition;
use super::labels;
use super::list::is_code;
use super::when::When;

/// How sure somebody was who wrote a fact down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// As the body itself, or its law, has it.
    Sure,
    /// General knowledge that nobody has checked against the body itself.
    Likely,
}

/// What a partner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartnerKind {
    /// A centre that operates the programme.
    Centre,
    /// An authority that guides or pays.
    Authority,
    /// An agency that an authority has designated.
    Agency,
}

impl PartnerKind {
    /// Its code in the list of partner kinds.
    pub fn code(self) -> &'static str {
        match self {
            Self::Centre => "centre",
            Self::Authority => "authority",
            Self::Agency => "agency",
        }
    }
}

/// A name in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerName {
    /// The name.
    pub text: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What became of a partner after its source was written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Successor {
    /// When.
    pub since: When,
    /// What the body that took its place is called, by language.
    pub names: BTreeMap<Locale, PartnerName>,
}

/// A body that takes part in the running of the programme.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its code, for ever.
    pub code: String,
    /// Its country.
    pub country: CountryCode,
    /// What it is.
    pub kind: PartnerKind,
    /// What it does in the programme (list `partner-roles`).
    pub roles: Vec<String>,
    /// Its name as the source writes it, in English.
    pub name_in_source: String,
    /// What it calls itself, by language; a language nobody was sure of is left out.
    #[serde(default)]
    pub names: BTreeMap<Locale, PartnerName>,
    /// Its address on the web, as the source has it.
    pub web: Option<String>,
    /// Since when it has had the role, where the source says so.
    pub since: Option<When>,
    /// What became of it later.
    pub successor: Option<Successor>,
    /// The source of all but the names (file `sources.toml`).
    pub source: String,
}

impl Partner {
    /// What to call it for a reader of `locale`: in that language, else in English, else as the source has it. With the
    /// language that the name is in.
    pub fn name(&self, locale: Locale) -> (Locale, &str) {
        let name = |locale| self.names.get(&locale).map(|name| (locale, name.text.as_str()));
        name(locale).or_else(|| name(Locale::En)).unwrap_or((Locale::En, &self.name_in_source))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartnersFile {
    pub(super) edition: Edition,
    pub(super) partner: Vec<Partner>,
}

impl PartnersFile {
    pub(super) fn check(&self, document: &mut Document) {
        self.edition.check(document);
        for (index, partner) in self.partner.iter().enumerate() {
            if !is_code(&partner.code) || self.partner[..index].iter().any(|other| other.code == partner.code)
            {
                let text = format!("“{}” stands here twice or is no code such as th-nstda", partner.code);
                document.complain("partner", index, "code", text);
            }
            if partner.roles.is_empty() {
                document.complain("partner", index, "roles", "is empty; say what it does in the programme");
            }
            if partner
                .web
                .as_ref()
                .is_some_and(|web| !web.starts_with("http://") && !web.starts_with("https://"))
            {
                document.complain("partner", index, "web", "has to begin with http:// or https://");
            }
            check_names(&partner.names, document, index, "names");
            if let Some(successor) = &partner.successor {
                check_names(&successor.names, document, index, "successor.names");
            }
        }
    }
}

fn check_names(names: &BTreeMap<Locale, PartnerName>, document: &mut Document, index: usize, key: &str) {
    for (locale, name) in names {
        if let Some(fault) = labels::fault(&name.text, *locale) {
            document.complain("partner", index, &format!("{key}.{}", locale.tag()), fault);
        }
    }
}

/// Something that facts come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its code.
    pub code: String,
    /// Its author or publisher and title, in the language it is in.
    pub title: String,
    /// When it was published.
    pub published: When,
    /// Where it can be read.
    pub url: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourcesFile {
    pub(super) edition: Edition,
    pub(super) source: Vec<Source>,
}

impl SourcesFile {
    pub(super) fn check(&self, document: &mut Document) {
        self.edition.check(document);
        for (index, source) in self.source.iter().enumerate() {
            if !is_code(&source.code) || self.source[..index].iter().any(|other| other.code == source.code) {
                let text =
                    format!("“{}” stands here twice or is no code such as case-study-2020", source.code);
                document.complain("source", index, "code", text);
            }
            if source.title.trim().is_empty() {
                document.complain("source", index, "title", "is empty; say what the source is");
            }
        }
    }
}
