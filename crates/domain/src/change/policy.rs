//! Who may read the log.

use crate::actor::{Actor, Role};
use crate::{Error, Result};

/// Whether `actor` may read the log. For others, there is none.
///
/// # Errors
/// [`Error::NotFound`].
pub fn may_read(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator, Role::Auditor]) { Ok(()) } else { Err(Error::NotFound) }
}
