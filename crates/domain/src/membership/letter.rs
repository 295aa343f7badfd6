//! The letters that memberships cause: to whom, in which language, with which link.

use db::{Timestamp, Tx};
use i18n::Locale;

use super::affiliation::Invitation;
use super::model::{Affiliation, Application, ApplicationState, Class};
use crate::Result;
use crate::account;
use crate::actor::{Grant, Role, Scope};
use crate::id::AccountId;
use crate::notice::{self, Address, Kind, Letter, Link};
use crate::organisation::{self, Organisation};

/// Asks the applicant what the centre wants to know.
pub(super) async fn question(tx: &Tx, application: &Application) -> Result<()> {
    let organisation = organisation::load_by_id(tx, application.organisation).await?;
    let question = application.question.clone().unwrap_or_default();
    post(tx, application.applicant, |locale| Kind::MembershipQuestion {
        organisation: organisation.name(locale).to_owned(),
        question: question.clone(),
        link: link(locale, &format!("membership/{}", application.reference)),
    })
    .await
}

/// Tells the applicant what was decided.
pub(super) async fn decided(tx: &Tx, application: &Application) -> Result<()> {
    let organisation = organisation::load_by_id(tx, application.organisation).await?;
    post(tx, application.applicant, |locale| Kind::MembershipDecided {
        organisation: organisation.name(locale).to_owned(),
        accepted: application.state == ApplicationState::Accepted,
        reason: application.reason.clone(),
        link: link(locale, &format!("membership/{}", application.reference)),
    })
    .await
}

/// Tells the administrators of an organisation what its standing is now.
pub(super) async fn standing(
    tx: &Tx,
    organisation: &Organisation,
    class: Class,
    reason: Option<&str>,
) -> Result<()> {
    to_administrators(tx, organisation, |locale| Kind::MembershipStanding {
        organisation: organisation.name(locale).to_owned(),
        class: class.code().to_owned(),
        reason: reason.map(str::to_owned),
        link: link(locale, &format!("organisations/{}", organisation.reference)),
    })
    .await
}

/// Reminds the administrators that the membership ends.
pub(super) async fn renewal(tx: &Tx, organisation: &Organisation, until: Timestamp) -> Result<()> {
    to_administrators(tx, organisation, |locale| Kind::MembershipRenewal {
        organisation: organisation.name(locale).to_owned(),
        until,
        link: link(locale, &format!("organisations/{}", organisation.reference)),
    })
    .await
}

/// Tells the administrators that somebody asks to belong.
pub(super) async fn requested(tx: &Tx, organisation: &Organisation, person: AccountId) -> Result<()> {
    let name = account::recipient(tx, person).await?.map(|recipient| recipient.name).unwrap_or_default();
    to_administrators(tx, organisation, |locale| Kind::AffiliationRequested {
        person: name.clone(),
        organisation: organisation.name(locale).to_owned(),
        link: link(locale, &format!("organisations/{}/people", organisation.reference)),
    })
    .await
}

/// Tells a person whether they belong.
pub(super) async fn affiliated(tx: &Tx, affiliation: &Affiliation, belongs: bool) -> Result<()> {
    let Some(person) = affiliation.account else { return Ok(()) };
    let organisation = organisation::load_by_id(tx, affiliation.organisation).await?;
    post(tx, person, |locale| Kind::AffiliationDecided {
        organisation: organisation.name(locale).to_owned(),
        belongs,
        link: link(locale, &format!("organisations/{}", organisation.reference)),
    })
    .await
}

/// Invites somebody, in the language of whoever invites.
pub(super) async fn invitation(
    tx: &Tx,
    organisation: &Organisation,
    inviter: AccountId,
    to: &Address,
    token: &Invitation,
    until: Timestamp,
) -> Result<()> {
    let inviter = account::recipient(tx, inviter).await?;
    let locale = inviter.as_ref().map_or(Locale::FALLBACK, |inviter| inviter.locale);
    let kind = Kind::AccountInvite {
        inviter: inviter.map(|inviter| inviter.name).unwrap_or_default(),
        organisation: Some(organisation.name(locale).to_owned()),
        link: link(locale, &format!("invitation?token={}", token.reveal())),
        until,
    };
    notice::post(tx, Letter { to: to.clone(), account: None, locale, kind }).await?;
    Ok(())
}

async fn to_administrators(
    tx: &Tx,
    organisation: &Organisation,
    kind: impl Fn(Locale) -> Kind,
) -> Result<()> {
    let grant = Grant { role: Role::OrganisationAdministrator, scope: Scope::Organisation(organisation.id) };
    for person in account::grant::holders(tx, grant).await? {
        post(tx, person, &kind).await?;
    }
    Ok(())
}

/// Posts a letter to an account that has an address.
async fn post(tx: &Tx, person: AccountId, kind: impl Fn(Locale) -> Kind) -> Result<()> {
    let Some(recipient) = account::recipient(tx, person).await? else { return Ok(()) };
    let Some(to) = Address::parse(&recipient.email) else { return Ok(()) };
    let letter = Letter { to, account: Some(person), locale: recipient.locale, kind: kind(recipient.locale) };
    notice::post(tx, letter).await?;
    Ok(())
}

fn link(locale: Locale, rest: &str) -> Link {
    Link::parse(&format!("/{}/{rest}", locale.tag())).expect("references and tokens are plain ASCII")
}
