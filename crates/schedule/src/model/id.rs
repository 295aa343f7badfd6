//! Identifiers as the organiser wrote them: opaque text, unique within their kind.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text of the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Names a [`Slot`](super::Slot).
    SlotId;
    /// Names a [`Hall`](super::Hall).
    HallId;
    /// Names a [`Table`](super::Table).
    TableId;
    /// Names a [`Participant`](super::Participant).
    ParticipantId;
    /// Names an [`Interpreter`](super::Interpreter).
    InterpreterId;
    /// Names a [`Request`](super::Request).
    RequestId;
}
