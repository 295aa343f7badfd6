//! Publications: what a centre says to everybody. News so far. Owns their texts, their state and their place on the home
//! page. Files that go with them belong to `file`.

mod desk;
mod model;
mod policy;
mod store;

use db::Db;
use serde_json::json;

pub use desk::{Desked, list_desk, revise};
pub use model::{BODY_MAX, Draft, Publication, TITLE_MAX};
pub use policy::may_publish;

use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::id::{PublicationId, Reference};
use crate::page::{Ask, Page, Place};
use crate::{Error, Result, words};

/// Publishes news at once.
///
/// # Errors
/// [`Error::Denied`] for whoever may not; [`Error::Invalid`] naming `title` or `body`.
pub async fn publish(db: &Db, actor: &Actor, draft: Draft) -> Result<Publication> {
    may_publish(actor)?;
    let draft = draft.checked()?;
    db.write(async |tx| {
        let publication = insert(&tx, actor, &draft).await?;
        let id = publication.id;
        words::write(&tx, id.0, "title", &publication.title).await?;
        words::write(&tx, id.0, "body", &publication.body).await?;
        let after = json!({ "reference": &publication.reference, "language": publication.language.tag() });
        record(&tx, actor, "publication.publish", id, after).await?;
        Ok(publication)
    })
    .await
}

/// Inserts it under the first reference that nothing else has.
async fn insert(tx: &db::Tx, actor: &Actor, draft: &Draft) -> Result<Publication> {
    loop {
        let id = PublicationId(tx.new_id());
        let publication = Publication {
            id,
            reference: Reference::new('N', tx.now(), id.0),
            language: draft.language,
            published_at: tx.now(),
            version: 1,
            title: draft.title.clone(),
            body: draft.body.clone(),
        };
        if store::insert(tx, &publication, actor.account()).await? {
            return Ok(publication);
        }
    }
}

/// Takes a publication off the site. It stays in the records.
///
/// # Errors
/// [`Error::Denied`] for whoever may not; [`Error::NotFound`] where nothing public has that reference; [`Error::Stale`]
/// where it is no longer at `version`.
pub async fn withdraw(db: &Db, actor: &Actor, reference: &Reference, version: Option<i64>) -> Result<()> {
    may_publish(actor)?;
    db.write(async |tx| {
        let publication = store::find(&tx, reference).await?.ok_or(Error::NotFound)?;
        if version.is_some_and(|version| version != publication.version) {
            return Err(Error::Stale);
        }
        store::withdraw(&tx, publication.id, publication.version).await?;
        record(&tx, actor, "publication.withdraw", publication.id, json!({ "reference": reference })).await
    })
    .await
}

/// A public publication.
///
/// # Errors
/// [`Error::NotFound`] where nothing public has that reference.
pub async fn load(db: &Db, reference: &Reference) -> Result<Publication> {
    db.read(async |read| {
        let mut found: Vec<_> = store::find(&read, reference).await?.into_iter().collect();
        with_words(&read, &mut found).await?;
        found.pop().ok_or(Error::NotFound)
    })
    .await
}

/// Public publications, newest first.
///
/// # Errors
/// [`Error::Invalid`] naming `limit` or `after`.
pub async fn list(db: &Db, ask: Ask) -> Result<Page<Publication>> {
    let ask = ask.checked()?;
    let place = ask.place()?;
    db.read(async |read| {
        let mut found = store::list(&read, place, ask.limit + 1).await?;
        with_words(&read, &mut found).await?;
        Ok(Page::of(found, ask.limit, |last| Place::of(last.published_at, last.id.0).to_string()))
    })
    .await
}

async fn with_words(read: &db::Read, publications: &mut [Publication]) -> Result<()> {
    let owners: Vec<_> = publications.iter().map(|publication| publication.id.0).collect();
    let mut texts = words::read(read, owners).await?;
    for publication in publications {
        let mut fields = texts.remove(&publication.id.0).unwrap_or_default();
        publication.title = fields.remove("title").unwrap_or_default();
        publication.body = fields.remove("body").unwrap_or_default();
    }
    Ok(())
}

async fn record(
    tx: &db::Tx,
    actor: &Actor,
    verb: &'static str,
    id: PublicationId,
    after: serde_json::Value,
) -> Result<()> {
    let entry = Entry { verb, kind: "publication", subject: id.0, before: None, after: Some(after) };
    change::record(tx, actor, entry).await?;
    Ok(())
}
