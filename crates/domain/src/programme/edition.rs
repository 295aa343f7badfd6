//! What each file says of itself at its head.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::document::Document;
use super::when::When;

/// Which edition of a file this is: raised with every change that somebody may notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// Its number, from 1.
    pub version: u32,
    /// Where what it says comes from.
    pub source: String,
    /// When that was so.
    pub as_of: When,
}

impl Edition {
    pub(super) fn check(&self, document: &mut Document) {
        if self.version == 0 {
            document.complain_of("edition.version", "editions are numbered from 1");
        }
        if self.source.trim().is_empty() {
            document.complain_of("edition.source", "is empty; say where what the file says comes from");
        }
    }
}
