//! A field that nobody but the verb may see: a password.

use std::fmt;

use serde::Deserialize;

/// What was typed into such a field. It is neither logged nor shown again.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Concealed(String);

impl Concealed {
    /// What was typed.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Concealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Concealed(...)")
    }
}
