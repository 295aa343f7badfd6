//! The core programme: members that the network trains and leads, by the criteria of the programme. Trainings attended, the
//! scorecard of each year, and how far the programme is from its target.

use db::{Db, row};
use serde::Serialize;
use serde_json::json;

use super::model::Class;
use super::{policy, store};
use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::code::codes;
use crate::error::Problem;
use crate::id::{OrganisationId, Reference, TrainingId};
use crate::organisation;
use crate::{Error, Result};

/// How many core members the programme is to have trained, and in which years: the case study's fourth indicator, one
/// hundred within three years from 2020.
pub const TARGET: i64 = 100;

/// The years that the target counts.
pub const TARGET_YEARS: std::ops::RangeInclusive<i16> = 2020..=2022;

/// The most that a criterion gives.
pub const POINTS_MAX: i64 = 5;

codes!(
    /// What a core member is looked at for, year by year.
    Criterion {
        /// Offers and needs it published.
        Listings = "listings",
        /// Trainings its people attended.
        Training = "training",
        /// Meetings and activities it took part in.
        Activities = "activities",
        /// How soon it answers those who write to it.
        Response = "response",
        /// What came of its cooperation.
        Results = "results",
    }
);

row! {
    /// A training that people of an organisation attended.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct Training {
        /// Its id.
        pub id: TrainingId,
        /// What it was about.
        pub title: String,
        /// The day on which it began, `2026-11-28`.
        pub held_on: String,
        /// How many people of the organisation attended.
        pub people: i64,
        /// Whether they have a certificate.
        pub certified: bool,
    }
}

/// One line of a scorecard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Score {
    /// For what.
    pub criterion: Criterion,
    /// 0 to [`POINTS_MAX`].
    pub points: i64,
    /// Why.
    pub note: String,
}

/// How far the core programme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Core members now.
    pub core: i64,
    /// Core members whose people hold a certificate of a training.
    pub trained: i64,
    /// How many were to be trained.
    pub target: i64,
}

/// Notes that people of an organisation attended a training.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Denied`] for whoever does not run the centre of its country; [`Error::Invalid`] naming
/// `title`, `held_on` or `people`.
pub async fn record_training(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    title: &str,
    held_on: jiff::civil::Date,
    people: i64,
    certified: bool,
) -> Result<Training> {
    let title = super::model::needed("title", title)?;
    if !(1..=10_000).contains(&people) {
        return Err(Error::field("people", Problem::BadValue));
    }
    db.write(async |tx| {
        let organisation = organisation::load_whole(&tx, actor, reference).await?;
        policy::may_lead(actor, organisation.said.country, organisation.id)?;
        if held_on > jiff::tz::TimeZone::UTC.to_datetime(tx.now()).date() {
            return Err(Error::field("held_on", Problem::BadValue));
        }
        let training = Training {
            id: TrainingId(tx.new_id()),
            title: title.clone(),
            held_on: held_on.to_string(),
            people,
            certified,
        };
        store::core::insert_training(&tx, organisation.id, &training, actor.account()).await?;
        let after = json!({ "training": training.id, "held_on": &training.held_on, "people": people });
        record(&tx, actor, "membership.record-training", organisation.id, after).await?;
        Ok(training)
    })
    .await
}

/// Scores an organisation in a year.
///
/// # Errors
/// As [`record_training`], naming `year` or `points`.
pub async fn score(db: &Db, actor: &Actor, reference: &Reference, year: i16, score: Score) -> Result<()> {
    if !(2013..=2100).contains(&year) {
        return Err(Error::field("year", Problem::BadValue));
    }
    if !(0..=POINTS_MAX).contains(&score.points) {
        return Err(Error::field("points", Problem::BadValue));
    }
    db.write(async |tx| {
        let organisation = organisation::load_whole(&tx, actor, reference).await?;
        policy::may_lead(actor, organisation.said.country, organisation.id)?;
        store::core::write_score(&tx, organisation.id, year, &score, actor.account()).await?;
        let after = json!({ "year": year, "criterion": score.criterion.code(), "points": score.points });
        record(&tx, actor, "membership.score", organisation.id, after).await?;
        Ok(())
    })
    .await
}

/// The scorecard of an organisation: its trainings, newest first, and its points by year, for its own people and staff.
///
/// # Errors
/// [`Error::NotFound`] for whoever else.
pub async fn load_scorecard(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
) -> Result<(Vec<Training>, Vec<(i64, Score)>)> {
    db.read(async |read| {
        let organisation = organisation::load_whole(&read, actor, reference).await?;
        if !organisation::sees_everything(actor, &organisation) {
            return Err(Error::NotFound);
        }
        let trainings = store::core::list_trainings(&read, organisation.id).await?;
        Ok((trainings, store::core::list_scores(&read, organisation.id).await?))
    })
    .await
}

/// How far the core programme is. Everybody may know.
///
/// # Errors
/// What the database says.
pub async fn progress(db: &Db) -> Result<Progress> {
    db.read(async |read| {
        let (core, trained) = store::core::count(&read).await?;
        Ok(Progress { core, trained, target: TARGET })
    })
    .await
}

/// How many organisations have each standing now.
///
/// # Errors
/// What the database says.
pub async fn count_by_class(db: &Db) -> Result<Vec<(Class, i64)>> {
    db.read(async |read| store::core::count_by_class(&read).await).await
}

async fn record(
    tx: &db::Tx,
    actor: &Actor,
    verb: &'static str,
    organisation: OrganisationId,
    after: serde_json::Value,
) -> Result<()> {
    let entry = Entry { verb, kind: "membership", subject: organisation.0, before: None, after: Some(after) };
    change::record(tx, actor, entry).await?;
    Ok(())
}
