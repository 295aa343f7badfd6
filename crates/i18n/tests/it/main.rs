//! The tests of the crate, by what they are about.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod catalogue;
mod formats;
mod locale;
mod names;
mod overrides;
mod typography;
mod wording;
