//! Who may publish.

use crate::actor::{Actor, Role};
use crate::{Error, Result};

/// Whether somebody may publish, revise and withdraw news.
///
/// # Errors
/// [`Error::Denied`] for whoever may not.
pub fn may_publish(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator, Role::Editor]) {
        Ok(())
    } else {
        Err(Error::Denied("publication-editor-only"))
    }
}
