//! The result: meetings with their time, place and people.

use serde::{Deserialize, Serialize};

use super::{InterpreterId, ParticipantId, RequestId, SlotId, TableId};

/// A timetable: at most one meeting for each request.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Timetable {
    /// In order of slot, then table.
    pub meetings: Vec<Meeting>,
}

/// A meeting that is to be held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// The request it serves.
    pub request: RequestId,
    /// When.
    pub slot: SlotId,
    /// Where.
    pub table: TableId,
    /// Who of the request's `from`.
    pub from: ParticipantId,
    /// Who of the request's `to`.
    pub to: ParticipantId,
    /// Who helps, if the two share no language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interpreter: Option<InterpreterId>,
}

impl Timetable {
    /// The meeting that serves `request`.
    pub fn find(&self, request: &RequestId) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.request == *request)
    }
}
