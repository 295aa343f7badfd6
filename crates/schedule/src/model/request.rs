//! Requests for meetings.

use serde::{Deserialize, Serialize};

use super::{InterpreterId, ParticipantId, RequestId, SlotId, TableId};

/// A wish that someone of `from` meets someone of `to`, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Unique among requests.
    pub id: RequestId,
    /// One side: any one of these.
    pub from: Vec<ParticipantId>,
    /// The other side: any one of these.
    pub to: Vec<ParticipantId>,
    /// How much it matters.
    #[serde(default)]
    pub level: Level,
    /// Worth of the meeting within its level, 1 to 10,000.
    #[serde(default = "one")]
    pub weight: u32,
    /// Only in these slots; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<SlotId>>,
    /// Already promised: the meeting is held so, whatever else happens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<Lock>,
}

/// How much a request matters. Each level is served before the next is looked at, but for the exchange
/// rate between `want` and `if-possible` in [`Rules`](super::Rules).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Before everything else.
    Must,
    /// The ordinary wish.
    #[default]
    Want,
    /// Where room is left.
    IfPossible,
    /// Declined: these people are never put together, by no other request either.
    Never,
}

/// What is fixed of a meeting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// When.
    pub slot: SlotId,
    /// Where; absent: any table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableId>,
    /// Who of the sets: `[from, to]`; absent: anyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<[ParticipantId; 2]>,
    /// Which interpreter; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<InterpreterId>,
}

/// If both are held, `before` is held in an earlier slot than `after`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Precedence {
    /// The earlier meeting.
    pub before: RequestId,
    /// The later meeting.
    pub after: RequestId,
}

fn one() -> u32 {
    1
}
