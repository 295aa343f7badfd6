//! The closed lists: codes with labels, one file each in `lists/`.

use std::fmt;

use i18n::Locale;
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::edition::Edition;
use super::labels::Labels;

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ListKind {
    /// What organisations are.
    OrganisationKinds,
    /// How many people an enterprise has.
    OrganisationSizes,
    /// How an organisation stands in the network.
    MembershipClasses,
    /// What cooperation leads to.
    CooperationForms,
    /// Why an interest is declined or a docking lost.
    DeclineReasons,
    /// How technology passes from one to the other.
    TransferModes,
    /// What activities are.
    ActivityKinds,
    /// What a meeting led to.
    MeetingOutcomes,
    /// What services are.
    ServiceKinds,
    /// How far a sum is disclosed.
    SumDisclosures,
    /// What the centre is judged by.
    Indicators,
    /// What partners of the programme are.
    PartnerKinds,
    /// What partners of the programme do in it.
    PartnerRoles,
    /// How a mechanism stands.
    MechanismStates,
    /// What published figures count.
    FigureKinds,
    /// Public holidays that more than one country, or more than one year, has.
    Holidays,
}

impl ListKind {
    /// Every list.
    pub const ALL: [Self; 16] = [
        Self::OrganisationKinds,
        Self::OrganisationSizes,
        Self::MembershipClasses,
        Self::CooperationForms,
        Self::DeclineReasons,
        Self::TransferModes,
        Self::ActivityKinds,
        Self::MeetingOutcomes,
        Self::ServiceKinds,
        Self::SumDisclosures,
        Self::Indicators,
        Self::PartnerKinds,
        Self::PartnerRoles,
        Self::MechanismStates,
        Self::FigureKinds,
        Self::Holidays,
    ];

    /// Its code: the name of its file and its place in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::OrganisationKinds => "organisation-kinds",
            Self::OrganisationSizes => "organisation-sizes",
            Self::MembershipClasses => "membership-classes",
            Self::CooperationForms => "cooperation-forms",
            Self::DeclineReasons => "decline-reasons",
            Self::TransferModes => "transfer-modes",
            Self::ActivityKinds => "activity-kinds",
            Self::MeetingOutcomes => "meeting-outcomes",
            Self::ServiceKinds => "service-kinds",
            Self::SumDisclosures => "sum-disclosures",
            Self::Indicators => "indicators",
            Self::PartnerKinds => "partner-kinds",
            Self::PartnerRoles => "partner-roles",
            Self::MechanismStates => "mechanism-states",
            Self::FigureKinds => "figure-kinds",
            Self::Holidays => "holidays",
        }
    }

    /// The list of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl fmt::Display for ListKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl Serialize for ListKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Which edition it is.
    pub edition: Edition,
    /// Its entries, in the order in which they are offered.
    #[serde(rename = "entry")]
    pub entries: Vec<Entry>,
}

/// A code with its labels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The code, for ever.
    pub code: String,
    /// Whether it is kept for what carries it already, and not offered any more.
    #[serde(default)]
    pub retired: bool,
    /// What people read.
    pub labels: Labels,
}

impl List {
    /// The entry of a code, retired or not.
    pub fn entry(&self, code: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// Whether the code may be given to something new.
    pub fn offers(&self, code: &str) -> bool {
        self.entry(code).is_some_and(|entry| !entry.retired)
    }

    /// The entries that may be given to something new.
    pub fn offered(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.retired)
    }

    /// What people read for a code in `locale`.
    pub fn label(&self, code: &str, locale: Locale) -> Option<&str> {
        self.entry(code).map(|entry| entry.labels.label(locale))
    }

    /// Notes what is wrong; `original` is the list as it comes with the program.
    pub(super) fn check(&self, document: &mut Document, original: Option<&Self>) {
        self.edition.check(document);
        for (index, entry) in self.entries.iter().enumerate() {
            let earlier = &self.entries[..index];
            if !is_code(&entry.code) {
                let text = "has to be small letters, digits and hyphens, such as technology-park";
                document.complain("entry", index, "code", text);
            }
            if earlier.iter().any(|other| other.code == entry.code) {
                document.complain(
                    "entry",
                    index,
                    "code",
                    format!("“{}” stands here twice; keep one", entry.code),
                );
            }
            entry.labels.check(document, "entry", index, "labels");
            for (locale, label) in entry.labels.iter() {
                if earlier.iter().any(|other| other.labels.label(locale).eq_ignore_ascii_case(label)) {
                    let text =
                        format!("“{label}” is the label of another code too; nobody could tell them apart");
                    document.complain("entry", index, &format!("labels.{}", locale.tag()), text);
                }
            }
        }
        for lost in original.into_iter().flat_map(|list| &list.entries) {
            if self.entry(&lost.code).is_none() {
                let text = format!(
                    "“{}” is missing; records may carry it, so keep it, with `retired = true` if it is not to be offered",
                    lost.code
                );
                document.complain_of("entry", text);
            }
        }
    }
}

/// Whether a text may be a code.
pub(super) fn is_code(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !text.is_empty()
        && text.len() <= 60
        && text.bytes().all(plain)
        && !text.starts_with('-')
        && !text.ends_with('-')
}
