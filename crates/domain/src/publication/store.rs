//! Every statement of publications.

use db::{Error, FromRow, Read, Row, Tx, sql};
use i18n::Locale;

use super::{Desked, Publication};
use crate::id::{AccountId, PublicationId, Reference};
use crate::page::Place;
use crate::words::Words;

impl FromRow for Publication {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let language: String = row.get("language")?;
        Ok(Self {
            id: row.get("id")?,
            reference: row.get("reference")?,
            language: Locale::parse(&language)
                .ok_or_else(|| Error::Refused(format!("a publication in the language “{language}”")))?,
            published_at: row.get("published_at")?,
            version: row.get("version")?,
            title: Words::default(),
            body: Words::default(),
        })
    }
}

impl FromRow for Desked {
    fn from_row(row: &Row) -> Result<Self, Error> {
        let state: String = row.get("state")?;
        Ok(Self { publication: Publication::from_row(row)?, is_withdrawn: state == "withdrawn" })
    }
}

/// Inserts it, and tells whether its reference was still free.
pub(super) async fn insert(
    tx: &Tx,
    publication: &Publication,
    author: Option<AccountId>,
) -> Result<bool, Error> {
    let inserted = tx
        .run(sql!(
            "insert into publication (id, reference, kind, state, language, author, published_at, revision, version)
            values ($1, $2, 'news', 'published', $3, $4, $5, 1, 1)
            on conflict (reference) do nothing",
            publication.id,
            &publication.reference,
            publication.language.tag(),
            author.map(|account| account.0),
            publication.published_at
        ))
        .await?;
    Ok(inserted == 1)
}

pub(super) async fn find(read: &Read, reference: &Reference) -> Result<Option<Publication>, Error> {
    read.optional(sql!(
        "select id, reference, language, published_at, version from publication
        where reference = $1 and state = 'published'",
        reference
    ))
    .await
}

pub(super) async fn list(read: &Read, after: Option<Place>, limit: u32) -> Result<Vec<Publication>, Error> {
    let Some(place) = after else {
        return read
            .all(sql!(
                "select id, reference, language, published_at, version from publication where state = 'published'
                order by published_at desc, id desc limit $1",
                limit
            ))
            .await;
    };
    read.all(sql!(
        "select id, reference, language, published_at, version from publication
        where state = 'published' and (published_at, id) < ($1, $2)
        order by published_at desc, id desc limit $3",
        place.at,
        place.id,
        limit
    ))
    .await
}

pub(super) async fn withdraw(tx: &Tx, id: PublicationId, version: i64) -> Result<(), Error> {
    tx.run(sql!(
        "update publication set state = 'withdrawn', version = version + 1 where id = $1 and version = $2",
        id,
        version
    ))
    .await?;
    Ok(())
}

/// The same as [`list`], withdrawn or not.
pub(super) async fn list_desk(read: &Read, after: Option<Place>, limit: u32) -> Result<Vec<Desked>, Error> {
    let Some(place) = after else {
        return read
            .all(sql!(
                "select id, reference, language, published_at, version, state from publication
                order by published_at desc, id desc limit $1",
                limit
            ))
            .await;
    };
    read.all(sql!(
        "select id, reference, language, published_at, version, state from publication
        where (published_at, id) < ($1, $2)
        order by published_at desc, id desc limit $3",
        place.at,
        place.id,
        limit
    ))
    .await
}

pub(super) async fn revision(read: &Read, id: PublicationId) -> Result<i64, Error> {
    let (revision,) = read.one(sql!("select revision as value from publication where id = $1", id)).await?;
    Ok(revision)
}

pub(super) async fn revise(tx: &Tx, after: &Publication, revision: i64, version: i64) -> Result<(), Error> {
    tx.run(sql!(
        "update publication set language = $1, revision = $2, version = version + 1 where id = $3 and version = $4",
        after.language.tag(),
        revision,
        after.id,
        version
    ))
    .await?;
    Ok(())
}
