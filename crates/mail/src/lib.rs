//! Letters as people get them: written in their language from what `domain::notice` says, and handed to a mail server or a
//! folder. Knows no table and no account; which letters there are, and what became of them, is the outbox's to know.

mod bounce;
mod clean;
mod content;
mod folder;
mod message;
mod pace;
mod post;
#[cfg(feature = "testing")]
pub mod sink;
mod smtp;

pub use bounce::{REPORT_MOST, reports};
pub use folder::Folder;
pub use message::{Imprint, Unwritable, write};
pub use post::{Post, Transport};
pub use smtp::{Security, Smtp, SmtpSettings, Unusable};
