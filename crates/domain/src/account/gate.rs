//! What signing in is bound by.

use super::password::{Cost, Hashing};
use super::session::Bounds;

/// What signing in is bound by: how passwords are hashed, how long sessions last, and where. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Gate {
    /// How passwords are hashed.
    pub hashing: Hashing,
    /// How long sessions last.
    pub bounds: Bounds,
    /// What tells this installation from another with a copy of its database.
    pub installation: String,
}

impl Gate {
    /// As a site has it that says nothing else: two hashes at once, forty waiting.
    pub fn site() -> Self {
        Self {
            hashing: Hashing::new(Cost::SITE, 2, 40),
            bounds: Bounds::default(),
            installation: String::new(),
        }
    }

    /// With hashes that cost nothing: for tests alone.
    pub fn cheap() -> Self {
        Self {
            hashing: Hashing::new(Cost::LEAST, 2, 200),
            bounds: Bounds::default(),
            installation: String::new(),
        }
    }
}
