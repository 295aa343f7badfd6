//! Applications and their documents.

use std::fmt;

use db::{Error as DbError, FromRow, Read, Row, Timestamp, Tx, Uuid, sql};

use super::super::model::{Application, ApplicationState, Check, Document};
use crate::actor::Audience;
use crate::error::Problem;
use crate::id::{AccountId, ApplicationId, Reference};
use crate::{Error, Result};

impl FromRow for Application {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let state: String = row.get("state")?;
        let checks: serde_json::Value = row.get("checks")?;
        Ok(Self {
            id: row.get("id")?,
            reference: row.get("reference")?,
            organisation: row.get("organisation")?,
            applicant: row.get("applicant")?,
            country: row.get("country")?,
            state: ApplicationState::parse(&state)
                .ok_or_else(|| DbError::Refused(format!("an application in the state “{state}”")))?,
            statement: row.get("statement")?,
            checks: checks
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|check| Check::parse(check.as_str()?))
                .collect(),
            question: row.get("question")?,
            answer: row.get("answer")?,
            reason: row.get("reason")?,
            decided_by: row.get::<Option<AccountId>>("decided_by")?,
            submitted_at: row.get("submitted_at")?,
            ended_at: row.get("ended_at")?,
            version: row.get("version")?,
            documents: Vec::new(),
        })
    }
}

struct DocumentRow(Document);

impl FromRow for DocumentRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(Document { file: row.get("file")?, title: row.get("title")? }))
    }
}

/// Inserts it with its documents, and tells whether its reference was still free.
pub(in super::super) async fn insert(tx: &Tx, application: &Application) -> Result<bool> {
    let inserted = tx
        .run(sql!(
            "insert into membership_application (id, reference, organisation, applicant, country, state, statement, checks,
                submitted_at, version)
            values ($1, $2, $3, $4, $5, $6, $7, '[]', $8, 1) on conflict (reference) do nothing",
            application.id,
            &application.reference,
            application.organisation,
            application.applicant,
            application.country,
            application.state.code(),
            &application.statement,
            application.submitted_at
        ))
        .await?;
    if inserted == 1 {
        for (place, document) in (0_i64..).zip(&application.documents) {
            tx.run(sql!(
                "insert into membership_document (application, place, file, title) values ($1, $2, $3, $4)",
                application.id,
                place,
                document.file,
                document.title.trim()
            ))
            .await?;
        }
    }
    Ok(inserted == 1)
}

/// Writes what a step may change, if it is still at its version.
pub(in super::super) async fn save(tx: &Tx, application: &Application) -> Result<bool> {
    let changed = tx
        .run(sql!(
            "update membership_application set state = $3, checks = $4, question = $5, answer = $6, reason = $7,
                decided_by = $8, ended_at = $9, version = version + 1
            where id = $1 and version = $2",
            application.id,
            application.version,
            application.state.code(),
            serde_json::to_value(&application.checks).map_err(Error::internal)?,
            application.question.clone(),
            application.answer.clone(),
            application.reason.clone(),
            application.decided_by.map(|account| account.0),
            application.ended_at
        ))
        .await?;
    Ok(changed == 1)
}

/// The application of that reference, with its documents.
pub(in super::super) async fn find(read: &Read, reference: &Reference) -> Result<Option<Application>> {
    let found: Option<Application> = read
        .optional(sql!(
            "select id, reference, organisation, applicant, country, state, statement, checks, question, answer, reason,
                decided_by, submitted_at, ended_at, version
            from membership_application where reference = $1",
            reference
        ))
        .await?;
    let Some(mut application) = found else { return Ok(None) };
    let documents: Vec<DocumentRow> = read
        .all(sql!(
            "select file, title from membership_document where application = $1 order by place",
            application.id
        ))
        .await?;
    application.documents = documents.into_iter().map(|row| row.0).collect();
    Ok(Some(application))
}

/// A place in the queue, oldest first.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Place {
    submitted_at: Timestamp,
    id: ApplicationId,
}

impl Place {
    pub(in super::super) fn of(application: &Application) -> Self {
        Self { submitted_at: application.submitted_at, id: application.id }
    }

    pub(in super::super) fn parse(cursor: &str) -> Result<Self> {
        let wrong = || Error::field("after", Problem::BadValue);
        let (micros, id) = cursor.split_once('_').ok_or_else(wrong)?;
        let micros = micros.parse().map_err(|_| wrong())?;
        let submitted_at = Timestamp::from_microsecond(micros).map_err(|_| wrong())?;
        Ok(Self { submitted_at, id: id.parse().map_err(|_| wrong())? })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.submitted_at.as_microsecond(), self.id.0.simple())
    }
}

/// Open applications of the countries for which `audience` works, oldest first, without their documents.
pub(in super::super) async fn list_queue(
    read: &Read,
    audience: &Audience,
    after: Option<&Place>,
    limit: u32,
) -> Result<Vec<Application>> {
    let (from, id) =
        after.map_or((Timestamp::UNIX_EPOCH, Uuid::nil()), |place| (place.submitted_at, place.id.0));
    let found = read
        .all(sql!(
            "select id, reference, organisation, applicant, country, state, statement, checks, question, answer, reason,
                decided_by, submitted_at, ended_at, version
            from membership_application
            where state in ('submitted', 'questioned') and (submitted_at, id) > ($2, $3)
                and ($1 like '%|centre:' || lower(country) || '|%' or $1 like '%|centre|%')
            order by submitted_at, id limit $4",
            audience,
            from,
            id,
            limit
        ))
        .await?;
    Ok(found)
}

/// Every application that somebody made, newest first, without documents.
pub(in super::super) async fn list_of_applicant(
    read: &Read,
    applicant: AccountId,
) -> Result<Vec<Application>> {
    let found = read
        .all(sql!(
            "select id, reference, organisation, applicant, country, state, statement, checks, question, answer, reason,
                decided_by, submitted_at, ended_at, version
            from membership_application where applicant = $1 order by submitted_at desc, id desc",
            applicant
        ))
        .await?;
    Ok(found)
}
