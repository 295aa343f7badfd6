//! Who may read the log.

use crate::actor::{Actor, Role};
use crate::{Error, Result};

/// For others, there is no log.
pub(super) fn may_read(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator, Role::Auditor]) { Ok(()) } else { Err(Error::NotFound) }
}
