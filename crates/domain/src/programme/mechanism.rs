//! The bilateral mechanisms as published, and the published figures: `mechanisms.toml` and `figures.toml`. Both are
//! statements of their sources. Nothing here is computed, and nothing computed is put here.

use i18n::Currency;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::code::CountryCode;
use super::document::Document;
use super::edition::Edition;
use super::labels::Labels;
use super::when::When;

/// One statement about a mechanism.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MechanismStatement")]
pub struct Statement {
    /// What is stated (list `mechanism-states`).
    pub state: String,
    /// When that was so.
    pub as_of: When,
    /// Who says so (file `sources.toml`).
    pub source: String,
}

/// What is published of the mechanism with one country.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mechanism {
    /// The country.
    pub country: CountryCode,
    /// Whether a bilateral centre has been set up.
    pub centre: Statement,
    /// Whether an agreement or a memorandum has been signed. Not the same as the centre.
    pub agreement: Statement,
    /// How often the sides are in contact.
    pub contact: Statement,
    /// The partners that guide it.
    pub guidance: Vec<String>,
    /// The partners that carry it out, the first as the country's centre.
    pub implementation: Vec<String>,
}

impl Mechanism {
    /// Its statements, with the key that each stands under.
    pub fn statements(&self) -> [(&'static str, &Statement); 3] {
        [("centre", &self.centre), ("agreement", &self.agreement), ("contact", &self.contact)]
    }

    /// Whether the source says that a bilateral centre has been set up.
    pub fn is_established(&self) -> bool {
        self.centre.state == "centre-established"
    }

    /// Whether the source says that an agreement or a memorandum has been signed.
    pub fn is_signed(&self) -> bool {
        self.agreement.state == "agreement-signed"
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MechanismsFile {
    pub(super) edition: Edition,
    pub(super) mechanism: Vec<Mechanism>,
}

impl MechanismsFile {
    pub(super) fn check(&self, document: &mut Document) {
        self.edition.check(document);
        for (index, mechanism) in self.mechanism.iter().enumerate() {
            if self.mechanism[..index].iter().any(|other| other.country == mechanism.country) {
                let text = format!("{} stands here twice; keep one", mechanism.country);
                document.complain("mechanism", index, "country", text);
            }
        }
    }
}

/// How a source counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "FigureBound")]
pub enum Bound {
    /// So many.
    Exact,
    /// About so many.
    About,
    /// More than so many.
    Over,
}

/// What a figure covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "FigureSpan")]
pub enum Span {
    /// On the day, or from the beginning until then.
    ToDate,
    /// In that year alone.
    Year,
}

/// A figure that somebody has published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it counts (list `figure-kinds`).
    pub kind: String,
    /// The number as published; whole units of `currency` where it is a sum.
    pub value: u64,
    /// How exact it is.
    pub bound: Bound,
    /// What it covers.
    pub span: Span,
    /// The currency of a sum.
    #[serde(default, deserialize_with = "currency")]
    pub currency: Option<Currency>,
    /// When that was so.
    pub as_of: When,
    /// Who says so (file `sources.toml`).
    pub source: String,
}

fn currency<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Currency>, D::Error> {
    let code = String::deserialize(deserializer)?;
    let unknown = || serde::de::Error::custom(format!("“{code}” is no currency; write it as CNY"));
    Currency::parse(&code).map(Some).ok_or_else(unknown)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FiguresFile {
    pub(super) edition: Edition,
    /// What has to be said beside every figure.
    pub(super) note: Labels,
    pub(super) figure: Vec<Figure>,
}

impl FiguresFile {
    pub(super) fn check(&self, document: &mut Document) {
        self.edition.check(document);
        self.note.check_head(document, "note");
        for (index, figure) in self.figure.iter().enumerate() {
            if self.figure[..index].contains(figure) {
                document.complain("figure", index, "kind", "the same figure stands here twice; keep one");
            }
        }
    }
}
