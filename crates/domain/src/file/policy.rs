//! Who may keep files, and who may have them.

use super::{File, Tier};
use crate::actor::{Actor, Role};
use crate::{Error, Result};

const CENTRE: [Role; 3] = [Role::Administrator, Role::Editor, Role::Auditor];

pub(super) fn may_keep(actor: &Actor) -> Result<()> {
    if actor.is_one_of(&[Role::Administrator, Role::Editor]) {
        Ok(())
    } else {
        Err(Error::Denied("file-editor-only"))
    }
}

pub(super) fn may_have(actor: &Actor, file: &File) -> Result<()> {
    match file.tier {
        Tier::Public => Ok(()),
        Tier::Centre if actor.is_one_of(&CENTRE) => Ok(()),
        Tier::Centre => Err(Error::NotFound),
    }
}
