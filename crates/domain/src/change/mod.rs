//! The change log: who did what to what, when. Owns the log, its sealing into a signed chain, its verification and its
//! readers. What each change means belongs to the slice that records it.
//!
//! A verb [`record`]s its change in its own transaction, into `change_fresh`. The sealer ([`seal`]) moves what has been
//! committed into `change_sealed`, in batches, and gives each row its position for ever. So the positions follow the
//! order of commits, not of inserts: a reader that has come to position n has missed nothing before n, however late a
//! transaction committed, on either engine. The database refuses updates and deletions in all three tables.

mod head;
mod log;
mod policy;
mod reader;
mod seal;
mod store;
mod verify;
mod walk;

pub use head::{Head, PublicKey, Signer};
pub use log::{Change, Entry, Subject, after, history, newest, of_subject, read_log, record, unsealed};
pub use policy::may_read;
pub use reader::{Lag, Reader, lags};
pub use seal::{Sealed, heads_after, seal, signer_at, signers};
pub use verify::{Fault, Trust, Verdict, verify, verify_view};
