//! The event: its slots, its rooms, its people and their requests.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{HallId, Interpreter, Participant, ParticipantId, Precedence, Request, Rules, SlotId, TableId};

/// Everything a timetable is made from. The JSON input of the crate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// Shown on printed timetables.
    pub name: String,
    /// IANA time zone of the venue: the zone of printed times, and of hours and pauses that name no zone.
    #[serde(default = "utc")]
    pub zone: String,
    /// In order of time, never overlapping; slots of one session are neighbours.
    pub slots: Vec<Slot>,
    /// Where tables stand.
    pub halls: Vec<Hall>,
    /// Walking times between halls; a pair that is not listed is next door (0 minutes).
    #[serde(default)]
    pub walks: Vec<Walk>,
    /// Where meetings are held: one meeting a table and slot.
    pub tables: Vec<Table>,
    /// Who meets.
    pub participants: Vec<Participant>,
    /// Who helps where two participants share no language.
    #[serde(default)]
    pub interpreters: Vec<Interpreter>,
    /// Who wants to meet whom.
    pub requests: Vec<Request>,
    /// Which meeting must come before which.
    #[serde(default)]
    pub precedences: Vec<Precedence>,
    /// What holds for the whole event.
    #[serde(default)]
    pub rules: Rules,
}

/// A time in which meetings may be held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Unique among slots.
    pub id: SlotId,
    /// When it begins (RFC 3339).
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub start: Timestamp,
    /// How long it lasts, 1 to 1,440.
    pub minutes: u32,
    /// Slots of one session follow each other; idle time between sessions is no break.
    #[serde(default)]
    pub session: String,
    /// Most meetings at once in this slot over all halls; absent: as many as there are tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}

/// A place with tables, near enough to each other to need no walking time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hall {
    /// Unique among halls.
    pub id: HallId,
    /// Shown to people.
    pub name: String,
    /// Most meetings at once; room for every table with a host is kept, so it is at least their number.
    /// Absent: as many as there are tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity: Option<u32>,
}

/// The walking time between two halls, the same in both directions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Walk {
    /// One hall.
    pub from: HallId,
    /// The other.
    pub to: HallId,
    /// Minutes needed between the end of a meeting in one and the start of a meeting in the other.
    pub minutes: u32,
}

/// A table or booth, for one meeting at a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Unique among tables; shown to people.
    pub id: TableId,
    /// Where it stands.
    pub hall: HallId,
    /// Whose it is: the host's meetings are held here, and nobody else's. Absent: shared by all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<ParticipantId>,
    /// Slots in which it cannot be used; a host then sits at a shared table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closed: Vec<SlotId>,
}

fn utc() -> String {
    "UTC".to_owned()
}
