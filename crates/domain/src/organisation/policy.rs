//! Who may see and change what of an organisation.

use super::model::{Organisation, State};
use crate::actor::{Actor, Role, Scope, Term};
use crate::id::OrganisationId;
use crate::programme::CountryCode;
use crate::{Error, Result};

/// Whether the actor works for the centre of that country.
pub(crate) fn is_staff_for(actor: &Actor, country: CountryCode) -> bool {
    [Role::Administrator, Role::CentreAdministrator, Role::Broker]
        .into_iter()
        .any(|role| actor.holds(role, Scope::Centre(country)))
}

/// Whether the actor runs the centre of that country, or the programme.
pub(crate) fn runs_centre_of(actor: &Actor, country: CountryCode) -> bool {
    [Role::Administrator, Role::CentreAdministrator]
        .into_iter()
        .any(|role| actor.holds(role, Scope::Centre(country)))
}

/// Whether the actor keeps what is known of an organisation.
pub(crate) fn administers(actor: &Actor, organisation: OrganisationId) -> bool {
    actor.holds(Role::OrganisationAdministrator, Scope::Organisation(organisation))
}

pub(super) fn may_register(actor: &Actor, country: CountryCode) -> Result<()> {
    permit(actor, is_staff_for(actor, country), "organisation-staff-only")
}

/// Whether it may be seen at all: by everybody where the directory shows it, else by its own people and by staff.
pub(super) fn may_see(actor: &Actor, organisation: &Organisation) -> Result<()> {
    let audience = actor.audience();
    let shown = organisation.said.listed && organisation.state != State::Merged;
    let terms = [Term::Organisation(organisation.id), Term::Centre(organisation.said.country)];
    if shown || terms.into_iter().any(|term| audience.has(term)) { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether contacts that are not public and domains of addresses are shown: to its own people and to staff.
pub(crate) fn sees_everything(actor: &Actor, organisation: &Organisation) -> bool {
    let audience = actor.audience();
    audience.has(Term::Organisation(organisation.id)) || audience.has(Term::Centre(organisation.said.country))
}

pub(super) fn may_revise(actor: &Actor, organisation: &Organisation) -> Result<()> {
    may_see(actor, organisation)?;
    let may = is_staff_for(actor, organisation.said.country) || administers(actor, organisation.id);
    permit(actor, may, "organisation-own-only")
}

pub(super) fn may_close(actor: &Actor, organisation: &Organisation) -> Result<()> {
    may_see(actor, organisation)?;
    permit(actor, runs_centre_of(actor, organisation.said.country), "organisation-centre-only")
}

fn permit(actor: &Actor, may: bool, reason: &'static str) -> Result<()> {
    if may && actor.may_write() { Ok(()) } else { Err(Error::Denied(reason)) }
}
