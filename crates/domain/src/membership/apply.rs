//! Applying to become a member: the application, the centre's question and the answer, the checks, the decision.

use db::{Db, Read, Tx};
use serde_json::json;

use super::model::{Application, ApplicationState, Check, Class, Document, checked_documents, needed};
use super::standing::enter;
use super::{affiliation, letter, policy, store};
use crate::actor::{Actor, Grant, Role, Scope};
use crate::change::{self, Entry};
use crate::id::{ApplicationId, OrganisationId, Reference};
use crate::organisation::{self, Draft, Organisation};
use crate::page::{Ask, Page};
use crate::{Error, Result};

/// For which organisation somebody applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    /// One that is on record, by its reference.
    Known(Reference),
    /// One that is not yet.
    New(Box<Draft>),
}

/// An application to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewApplication {
    /// For which organisation.
    pub candidate: Candidate,
    /// Why it wants to be a member.
    pub statement: String,
    /// What the applicant does there.
    pub position: String,
    /// Documents, uploaded before.
    pub documents: Vec<Document>,
}

/// Applies for an organisation. Whoever does is asked, once it is accepted, to administer it.
///
/// # Errors
/// [`Error::Denied`] for whoever is not signed in; [`Error::Invalid`] naming every field that is wrong;
/// [`Error::NotFound`] where the organisation is not there; [`Error::Conflict`] where it is a member or has an
/// application that is open.
pub async fn apply(db: &Db, actor: &Actor, new: NewApplication) -> Result<Application> {
    let applicant = policy::account(actor)?;
    let statement = needed("statement", &new.statement)?;
    let documents = checked_documents(new.documents)?;
    db.write(async |tx| {
        let organisation = match &new.candidate {
            Candidate::Known(reference) => organisation::load_whole(&tx, actor, reference).await?,
            Candidate::New(draft) => organisation::propose(&tx, actor, (**draft).clone()).await?,
        };
        let standing = store::find(&tx, organisation.id).await?;
        if standing.is_some_and(|standing| standing.class != Class::Left) {
            return Err(Error::Conflict("membership-known"));
        }
        let application = insert(&tx, &organisation, applicant, &statement, &documents).await?;
        enter(&tx, organisation.id, Class::Applicant, None, None).await?;
        affiliation::request_in(&tx, organisation.id, applicant, &new.position).await?;
        let after = json!({ "reference": &application.reference, "organisation": &organisation.reference });
        record(&tx, actor, "membership.apply", application.id, after).await?;
        Ok(application)
    })
    .await
}

/// Inserts it under the first reference that nothing else has.
async fn insert(
    tx: &Tx,
    organisation: &Organisation,
    applicant: crate::id::AccountId,
    statement: &str,
    documents: &[Document],
) -> Result<Application> {
    loop {
        let id = ApplicationId(tx.new_id());
        let application = Application {
            id,
            reference: Reference::new('M', tx.now(), id.0),
            organisation: organisation.id,
            applicant,
            country: organisation.said.country,
            state: ApplicationState::Submitted,
            statement: statement.to_owned(),
            checks: Vec::new(),
            question: None,
            answer: None,
            reason: None,
            decided_by: None,
            submitted_at: tx.now(),
            ended_at: None,
            version: 1,
            documents: documents.to_vec(),
        };
        if store::application::insert(tx, &application).await? {
            return Ok(application);
        }
    }
}

/// An application, for those who may see it.
///
/// # Errors
/// [`Error::NotFound`] where there is none, or for whoever may not see it.
pub async fn load_application(db: &Db, actor: &Actor, reference: &Reference) -> Result<Application> {
    db.read(async |read| seen(&read, actor, reference).await).await
}

/// The applications that wait for the centres for which the actor works, oldest first.
///
/// # Errors
/// [`Error::Denied`] for whoever works for none; [`Error::Invalid`] naming `limit` or `after`.
pub async fn list_queue(db: &Db, actor: &Actor, ask: Ask) -> Result<Page<Application>> {
    let audience = actor.audience();
    if !audience.has(crate::actor::Term::Staff) {
        return Err(Error::Denied("membership-staff-only"));
    }
    let ask = ask.checked()?;
    let after = ask.after.as_deref().map(store::application::Place::parse).transpose()?;
    db.read(async |read| {
        let found = store::application::list_queue(&read, &audience, after.as_ref(), ask.limit + 1).await?;
        Ok(Page::of(found, ask.limit, |last| store::application::Place::of(last).to_string()))
    })
    .await
}

/// The actor's own applications, newest first.
///
/// # Errors
/// [`Error::Denied`] for whoever is not signed in.
pub async fn list_own_applications(db: &Db, actor: &Actor) -> Result<Vec<Application>> {
    let account = actor.account().ok_or(Error::Denied("membership-sign-in"))?;
    db.read(async |read| store::application::list_of_applicant(&read, account).await).await
}

/// Says what was made sure of.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`] for whoever may not; [`Error::Stale`]; [`Error::Conflict`] where it was decided.
pub async fn check(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    checks: Vec<Check>,
) -> Result<Application> {
    step(db, actor, reference, version, "membership.check", async |_, application| {
        policy::may_vet(actor, application)?;
        application.checks = Check::ALL.iter().copied().filter(|check| checks.contains(check)).collect();
        Ok(())
    })
    .await
}

/// Asks the applicant something; the application waits for the answer.
///
/// # Errors
/// As [`check`], and [`Error::Invalid`] naming `question`.
pub async fn ask(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    question: &str,
) -> Result<Application> {
    let question = needed("question", question)?;
    step(db, actor, reference, version, "membership.ask", async |tx, application| {
        policy::may_vet(actor, application)?;
        application.question = Some(question.clone());
        application.answer = None;
        application.state = ApplicationState::Questioned;
        letter::question(tx, application).await
    })
    .await
}

/// Answers the centre's question.
///
/// # Errors
/// As [`check`], and [`Error::Invalid`] naming `answer`; [`Error::Conflict`] where nothing was asked.
pub async fn answer(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    answer: &str,
) -> Result<Application> {
    let answer = needed("answer", answer)?;
    step(db, actor, reference, version, "membership.answer", async |_, application| {
        policy::may_answer(actor, application)?;
        if application.state != ApplicationState::Questioned {
            return Err(Error::Conflict("membership-not-asked"));
        }
        application.answer = Some(answer.clone());
        application.state = ApplicationState::Submitted;
        Ok(())
    })
    .await
}

/// Takes an application back.
///
/// # Errors
/// As [`check`].
pub async fn withdraw(db: &Db, actor: &Actor, reference: &Reference, version: i64) -> Result<Application> {
    step(db, actor, reference, version, "membership.withdraw", async |tx, application| {
        policy::may_answer(actor, application)?;
        end(tx, application, ApplicationState::Withdrawn).await
    })
    .await
}

/// Accepts an application: the organisation is a member, the directory shows it, and the applicant administers it.
///
/// # Errors
/// As [`check`]; [`Error::Conflict`] where something has not been made sure of.
pub async fn accept(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    reason: &str,
) -> Result<Application> {
    let reason = reason.trim().to_owned();
    step(db, actor, reference, version, "membership.accept", async |tx, application| {
        policy::may_decide(actor, application)?;
        if application.checks.len() < Check::ALL.len() {
            return Err(Error::Conflict("membership-unchecked"));
        }
        decide(tx, actor, application, ApplicationState::Accepted, &reason);
        let valid_until = super::standing::valid_until(tx.now())?;
        enter(tx, application.organisation, Class::Ordinary, Some(valid_until), None).await?;
        organisation::show(tx, actor, application.organisation).await?;
        affiliation::activate_in(tx, actor, application.organisation, application.applicant, true).await?;
        letter::decided(tx, application).await
    })
    .await
}

/// Declines an application, with a reason that the applicant is told.
///
/// # Errors
/// As [`check`], and [`Error::Invalid`] naming `reason`.
pub async fn decline(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    reason: &str,
) -> Result<Application> {
    let reason = needed("reason", reason)?;
    step(db, actor, reference, version, "membership.decline", async |tx, application| {
        policy::may_decide(actor, application)?;
        decide(tx, actor, application, ApplicationState::Declined, &reason);
        end(tx, application, ApplicationState::Declined).await?;
        letter::decided(tx, application).await
    })
    .await
}

fn decide(tx: &Tx, actor: &Actor, application: &mut Application, state: ApplicationState, reason: &str) {
    application.state = state;
    application.reason = Some(reason.to_owned()).filter(|reason| !reason.is_empty());
    application.decided_by = actor.account();
    application.ended_at = Some(tx.now());
}

/// Ends an application that did not make a member.
async fn end(tx: &Tx, application: &mut Application, state: ApplicationState) -> Result<()> {
    application.state = state;
    application.ended_at = Some(tx.now());
    enter(tx, application.organisation, Class::Left, None, application.reason.as_deref()).await?;
    affiliation::decline_in(tx, application.organisation, application.applicant).await
}

/// One step of an application that is open and still at `version`.
async fn step(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    verb: &'static str,
    change: impl AsyncFn(&Tx, &mut Application) -> Result<()>,
) -> Result<Application> {
    db.write(async |tx| {
        let mut application = seen(&tx, actor, reference).await?;
        let before = application.state;
        let is_open = before.is_open();
        let is_current = application.version == version;
        // Who may is asked before anything is told of the state.
        change(&tx, &mut application).await.map_err(|error| match error {
            Error::NotFound | Error::Denied(_) => error,
            _ if !is_open => Error::Conflict("membership-decided"),
            other => other,
        })?;
        if !is_open {
            return Err(Error::Conflict("membership-decided"));
        }
        if !is_current || !store::application::save(&tx, &application).await? {
            return Err(Error::Stale);
        }
        application.version += 1;
        let after = json!({
            "reference": &application.reference,
            "before": before.code(),
            "state": application.state.code(),
            "checks": &application.checks,
        });
        record(&tx, actor, verb, application.id, after).await?;
        Ok(application)
    })
    .await
}

async fn seen(read: &Read, actor: &Actor, reference: &Reference) -> Result<Application> {
    let application = store::application::find(read, reference).await?.ok_or(Error::NotFound)?;
    policy::may_see(actor, &application)?;
    Ok(application)
}

/// The grants of whoever administers `organisation`.
pub(super) fn administration(organisation: OrganisationId) -> [Grant; 2] {
    [Role::Member, Role::OrganisationAdministrator]
        .map(|role| Grant { role, scope: Scope::Organisation(organisation) })
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    id: ApplicationId,
    after: serde_json::Value,
) -> Result<()> {
    let entry =
        Entry { verb, kind: "membership_application", subject: id.0, before: None, after: Some(after) };
    change::record(tx, actor, entry).await?;
    Ok(())
}
