//! People: when they can meet, what they speak, how much they want.

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{InterpreterId, ParticipantId, SlotId};

/// Someone who asks for meetings or is asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Unique among participants.
    pub id: ParticipantId,
    /// Shown to people.
    #[serde(default)]
    pub name: String,
    /// Language tags spoken. Empty: any. Two people who share none need an interpreter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// When they can meet; absent: always.
    #[serde(default, skip_serializing_if = "Availability::is_always")]
    pub available: Availability,
    /// Lunch, prayer: added to the pauses of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// How many meetings, and how many in a row.
    #[serde(default, skip_serializing_if = "Limits::is_default")]
    pub limits: Limits,
}

/// Someone who joins a meeting whose two sides share no language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Interpreter {
    /// Unique among interpreters.
    pub id: InterpreterId,
    /// Shown to people.
    #[serde(default)]
    pub name: String,
    /// Language tags interpreted, each into each other.
    pub languages: Vec<String>,
    /// When they work; absent: always.
    #[serde(default, skip_serializing_if = "Availability::is_always")]
    pub available: Availability,
    /// Lunch, prayer: added to the pauses of the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// How many meetings, and how many in a row. A floor is not used.
    #[serde(default, skip_serializing_if = "Limits::is_default")]
    pub limits: Limits,
}

/// The slots in which a person can meet: those listed (or all), less the exceptions, within the civil hours.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Availability {
    /// Only these; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<SlotId>>,
    /// Not these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<SlotId>,
    /// IANA time zone of the person, for `hours` and pauses; absent: the event's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// A slot counts only if it lies wholly within one of these on the person's clock. Empty: any hour.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hours: Vec<Hours>,
}

/// A stretch of the day on a person's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// First moment, as `09:00`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub from: Time,
    /// Last moment, after `from`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub to: Time,
}

/// Time kept free on each day, on the person's clock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// First moment of the window, as `12:00`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub from: Time,
    /// Last moment of the window, after `from`.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub to: Time,
    /// How long a part of the window stays free, in one piece; absent: all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
}

/// How many meetings a person has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Meetings promised (a paid package): reached before any wish of others is weighed, where possible.
    #[serde(default)]
    pub floor: u16,
    /// Never more than this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u16>,
    /// Never more than this many in one stretch, at least 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_run: Option<u16>,
    /// Idle slots of the session that end a stretch, at least 1; absent: 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<u16>,
}

impl Availability {
    /// Whether nothing is restricted.
    pub fn is_always(&self) -> bool {
        *self == Self::default()
    }
}

impl Limits {
    /// Whether nothing is limited.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
