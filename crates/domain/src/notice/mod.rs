//! What the platform tells people. Owns the outbox: letters written by the verb that causes them, in its own
//! transaction, and what became of each. How a letter reads and travels belongs to the crate `mail`.
//!
//! ```ignore
//! notice::post(&tx, Letter { to, account: Some(id), locale, kind: Kind::AccountReset { link, until } }).await?;
//! ```

mod address;
mod board;
mod letter;
mod outbox;
mod store;
mod suppression;

pub use address::Address;
pub use board::{LetterView, Overview, Sweep, list, load, overview, retry};
pub use letter::{AccountChange, Kind, Letter, Link};
pub use outbox::{Deliver, Outcome, Outgoing, post, settle, take};
pub use suppression::{Reason, Report, Suppression, lift, list_suppressed, report};

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Waits for its turn.
    Queued,
    /// The mail server took it.
    Sent,
    /// It could not be sent, and will be tried again.
    Failed,
    /// It was refused for good, or tried for too long: somebody must look.
    Dead,
    /// Its address is not written to.
    Suppressed,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Queued, Self::Sent, Self::Failed, Self::Dead, Self::Suppressed];

    /// Its code, as in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Dead => "dead",
            Self::Suppressed => "suppressed",
        }
    }

    /// The state of that code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}
