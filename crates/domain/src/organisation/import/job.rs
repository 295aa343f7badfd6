//! Taking a file in as a job, for whoever confirms it on a page and goes on with something else.

use db::{Db, Tx};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Format, Intake};
use crate::actor::{Actor, Grant, Role, Scope, Who};
use crate::change::{self, Entry};
use crate::file::{self, Shelf};
use crate::id::{AccountId, FileId, JobId};
use crate::job::{self, Context, Failure, Job, Registry};
use crate::{Error, Result};

/// Takes in the organisations of a file that was uploaded.
#[derive(Debug, Serialize, Deserialize)]
pub struct Import {
    file: FileId,
    format: Format,
    source: String,
    /// Who confirmed it, with what they might do then; nobody is the operator.
    by: Option<(AccountId, Vec<Grant>)>,
}

impl Job for Import {
    const KIND: &'static str = "organisation.import";
}

/// Enqueues the import of a file, once somebody has seen what it would do.
///
/// # Errors
/// [`Error::Denied`] for whoever works for no centre.
pub async fn enqueue(tx: &Tx, actor: &Actor, file: FileId, format: Format, source: &str) -> Result<JobId> {
    let grants: Vec<Grant> =
        actor.grants().iter().copied().filter(|grant| works_for_a_centre(*grant)).collect();
    if !actor.may_write() || (grants.is_empty() && !matches!(actor.who, Who::Operator)) {
        return Err(Error::Denied("organisation-staff-only"));
    }
    let by = actor.account().map(|account| (account, grants));
    let import = Import { file, format, source: super::source_of(source), by };
    job::enqueue(tx, actor, &import, tx.now()).await
}

fn works_for_a_centre(grant: Grant) -> bool {
    let role = matches!(grant.role, Role::Administrator | Role::CentreAdministrator | Role::Broker);
    role && matches!(grant.scope, Scope::Platform | Scope::Centre(_))
}

impl Import {
    /// Adds what this job does to `registry`.
    pub fn register(registry: Registry, db: Db, shelf: Shelf) -> Registry {
        registry.on(move |import: Self, context| {
            let (db, shelf) = (db.clone(), shelf.clone());
            async move { import.run(&db, &shelf, &context).await }
        })
    }

    async fn run(self, db: &Db, shelf: &Shelf, context: &Context) -> Result<(), Failure> {
        let actor = match self.by {
            Some((account, grants)) => Actor::new(Who::account(account, grants)),
            None => Actor::operator(),
        };
        let file = file::load(db, &Actor::operator(), self.file).await?;
        let mut reading = file::read(shelf, file)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = reading.next().await? {
            bytes.extend_from_slice(&chunk);
        }
        // A file that cannot be read will not be better tomorrow.
        let rows = super::read(&bytes, self.format, &self.source).map_err(Failure::Never)?;
        let mut intake = Intake::of(&rows);
        while let Some((step, steps)) = intake.step(db, &actor).await? {
            context.progress(step, steps).await?;
        }
        let outcome = intake.outcome();
        db.write(async |tx| {
            let after = json!({
                "new": outcome.new, "changed": outcome.changed, "same": outcome.same, "wrong": outcome.wrong,
            });
            let entry = Entry {
                verb: "organisation.import-file",
                kind: "file",
                subject: self.file.0,
                before: None,
                after: Some(after),
            };
            change::record(&tx, &actor, entry).await
        })
        .await?;
        Ok(())
    }
}
