//! Trainings, scores and the counts of the core programme.

use db::{Error as DbError, FromRow, Read, Row, Tx, row, sql};

use super::super::core::{Criterion, Score, Training};
use super::super::model::Class;
use crate::Result;
use crate::id::{AccountId, OrganisationId};

pub(in super::super) async fn insert_training(
    tx: &Tx,
    organisation: OrganisationId,
    training: &Training,
    by: Option<AccountId>,
) -> Result<()> {
    tx.run(sql!(
        "insert into membership_training (id, organisation, title, held_on, people, certified, recorded_by, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)",
        training.id,
        organisation,
        &training.title,
        &training.held_on,
        training.people,
        training.certified,
        by.map(|account| account.0),
        tx.now()
    ))
    .await?;
    Ok(())
}

pub(in super::super) async fn list_trainings(
    read: &Read,
    organisation: OrganisationId,
) -> Result<Vec<Training>> {
    let found = read
        .all(sql!(
            "select id, title, held_on, people, certified from membership_training where organisation = $1
            order by held_on desc, id desc",
            organisation
        ))
        .await?;
    Ok(found)
}

pub(in super::super) async fn write_score(
    tx: &Tx,
    organisation: OrganisationId,
    year: i16,
    score: &Score,
    by: Option<AccountId>,
) -> Result<()> {
    tx.run(sql!(
        "insert into membership_score (organisation, year, criterion, points, note, scored_by, scored_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (organisation, year, criterion) do update set points = excluded.points, note = excluded.note,
            scored_by = excluded.scored_by, scored_at = excluded.scored_at",
        organisation,
        i64::from(year),
        score.criterion.code(),
        score.points,
        score.note.trim(),
        by.map(|account| account.0),
        tx.now()
    ))
    .await?;
    Ok(())
}

struct ScoreRow(i64, Score);

impl FromRow for ScoreRow {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        let code: String = row.get("criterion")?;
        let criterion =
            Criterion::parse(&code).ok_or_else(|| DbError::Refused(format!("a score for “{code}”")))?;
        Ok(Self(row.get("year")?, Score { criterion, points: row.get("points")?, note: row.get("note")? }))
    }
}

pub(in super::super) async fn list_scores(
    read: &Read,
    organisation: OrganisationId,
) -> Result<Vec<(i64, Score)>> {
    let found: Vec<ScoreRow> = read
        .all(sql!(
            "select year, criterion, points, note from membership_score where organisation = $1
            order by year desc, criterion",
            organisation
        ))
        .await?;
    Ok(found.into_iter().map(|row| (row.0, row.1)).collect())
}

row! {
    struct CoreRow {
        core: i64,
        trained: i64,
    }
}

/// Core members, and those among them whose people hold a certificate.
pub(in super::super) async fn count(read: &Read) -> Result<(i64, i64)> {
    let found: CoreRow = read
        .one(sql!(
            "select cast(count(*) as bigint) as core,
                cast(coalesce(sum(case when exists (
                    select 1 from membership_training t where t.organisation = m.organisation and t.certified
                ) then 1 else 0 end), 0) as bigint) as trained
            from membership m where m.class = 'core'"
        ))
        .await?;
    Ok((found.core, found.trained))
}

struct ClassCount(Class, i64);

impl FromRow for ClassCount {
    fn from_row(row: &Row) -> Result<Self, DbError> {
        Ok(Self(super::class(row)?, row.get("organisations")?))
    }
}

pub(in super::super) async fn count_by_class(read: &Read) -> Result<Vec<(Class, i64)>> {
    let found: Vec<ClassCount> = read
        .all(sql!(
            "select class, cast(count(*) as bigint) as organisations from membership group by class order by class"
        ))
        .await?;
    Ok(found.into_iter().map(|row| (row.0, row.1)).collect())
}
