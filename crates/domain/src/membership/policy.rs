//! Who may do what about memberships.

use super::model::{Affiliation, Application};
use crate::actor::{Actor, Role, Scope};
use crate::id::{AccountId, OrganisationId};
use crate::organisation::{administers, is_staff_for, runs_centre_of};
use crate::programme::CountryCode;
use crate::{Error, Result};

/// The account that acts; a visitor is told to sign in.
pub(super) fn account(actor: &Actor) -> Result<AccountId> {
    match actor.account() {
        Some(account) if actor.may_write() => Ok(account),
        _ => Err(Error::Denied("membership-sign-in")),
    }
}

/// The applicant and the organisation's administrators see an application, and so do staff of the country.
pub(super) fn may_see(actor: &Actor, application: &Application) -> Result<()> {
    let own = actor.account() == Some(application.applicant) || administers(actor, application.organisation);
    if own || is_staff_for(actor, application.country) { Ok(()) } else { Err(Error::NotFound) }
}

/// Whether it is the applicant, or somebody else who administers the organisation.
pub(super) fn may_answer(actor: &Actor, application: &Application) -> Result<()> {
    may_see(actor, application)?;
    let own = actor.account() == Some(application.applicant) || administers(actor, application.organisation);
    permit(actor, own, "membership-applicant-only")
}

/// Staff of the country vet. Nobody vets an application of their own, nor one of an organisation that they belong to:
/// whoever asks and whoever grants are two.
pub(super) fn may_vet(actor: &Actor, application: &Application) -> Result<()> {
    may_see(actor, application)?;
    permit(actor, is_staff_for(actor, application.country), "membership-staff-only")?;
    apart(actor, application.applicant, application.organisation)
}

/// The centre's administrator decides.
pub(super) fn may_decide(actor: &Actor, application: &Application) -> Result<()> {
    may_see(actor, application)?;
    permit(actor, runs_centre_of(actor, application.country), "membership-centre-only")?;
    apart(actor, application.applicant, application.organisation)
}

/// The centre's administrator leads a membership from one class to another.
pub(super) fn may_lead(actor: &Actor, country: CountryCode, organisation: OrganisationId) -> Result<()> {
    permit(actor, runs_centre_of(actor, country), "membership-centre-only")?;
    permit(actor, !belongs(actor, organisation), "membership-own")
}

/// The organisation itself leaves and renews; the centre may do it for it.
pub(super) fn may_act_for(actor: &Actor, country: CountryCode, organisation: OrganisationId) -> Result<()> {
    let may = administers(actor, organisation) || runs_centre_of(actor, country);
    permit(actor, may, "membership-administrator-only")
}

/// Who says who belongs: the organisation's administrators, and the centre where it has none that answers.
pub(super) fn may_affiliate(actor: &Actor, country: CountryCode, affiliation: &Affiliation) -> Result<()> {
    if affiliation.account.is_some() && affiliation.account == actor.account() {
        return Err(Error::Denied("membership-own"));
    }
    may_act_for(actor, country, affiliation.organisation)
}

fn apart(actor: &Actor, applicant: AccountId, organisation: OrganisationId) -> Result<()> {
    let apart = actor.account() != Some(applicant) && !belongs(actor, organisation);
    permit(actor, apart, "membership-own")
}

fn belongs(actor: &Actor, organisation: OrganisationId) -> bool {
    [Role::Member, Role::OrganisationAdministrator].into_iter().any(|role| {
        actor
            .grants()
            .iter()
            .any(|grant| grant.role == role && grant.scope == Scope::Organisation(organisation))
    })
}

fn permit(actor: &Actor, may: bool, reason: &'static str) -> Result<()> {
    if may && actor.may_write() { Ok(()) } else { Err(Error::Denied(reason)) }
}
