//! Letters as they are written, and as a mail server takes them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod bounce;
mod delivery;
mod hostile;
mod reading;
mod world;
