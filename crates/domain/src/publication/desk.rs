//! What whoever writes news works with: everything that was published, withdrawn or not, and its revision.

use db::Db;
use serde_json::json;

use super::{Draft, Publication, policy, store, with_words};
use crate::actor::Actor;
use crate::id::Reference;
use crate::page::{Ask, Page, Place};
use crate::words::{self, Words};
use crate::{Error, Result};

/// A publication on the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desked {
    /// The publication.
    pub publication: Publication,
    /// Whether it was taken off the site.
    pub is_withdrawn: bool,
}

/// All publications, the newest first, for whoever may publish.
///
/// # Errors
/// [`Error::Denied`] for whoever may not; [`Error::Invalid`] naming `limit` or `after`.
pub async fn list_desk(db: &Db, actor: &Actor, ask: Ask) -> Result<Page<Desked>> {
    policy::may_publish(actor)?;
    let ask = ask.checked()?;
    let place = ask.place()?;
    db.read(async |read| {
        let found = store::list_desk(&read, place, ask.limit + 1).await?;
        let withdrawn: Vec<bool> = found.iter().map(|entry| entry.is_withdrawn).collect();
        let mut publications: Vec<_> = found.into_iter().map(|entry| entry.publication).collect();
        with_words(&read, &mut publications).await?;
        let entries = publications.into_iter().zip(withdrawn);
        let entries = entries.map(|(publication, is_withdrawn)| Desked { publication, is_withdrawn });
        Ok(Page::of(entries.collect(), ask.limit, |last| {
            Place::of(last.publication.published_at, last.publication.id.0).to_string()
        }))
    })
    .await
}

/// Says it anew: texts that differ replace what was there. Where the text changes that it was written in, it is a new
/// revision, and translations that were left as they are say the same as an older one.
///
/// # Errors
/// [`Error::Denied`] for whoever may not; [`Error::NotFound`] where nothing public has that reference; [`Error::Stale`]
/// where it is no longer at `version`; [`Error::Invalid`] naming `title` or `body`.
pub async fn revise(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    draft: Draft,
    version: Option<i64>,
) -> Result<Publication> {
    policy::may_publish(actor)?;
    let draft = draft.checked()?;
    db.write(async |tx| {
        let mut found: Vec<_> = store::find(&tx, reference).await?.into_iter().collect();
        with_words(&tx, &mut found).await?;
        let before = found.pop().ok_or(Error::NotFound)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(Error::Stale);
        }
        let old = store::revision(&tx, before.id).await?;
        let source = draft.language;
        let is_new = source != before.language
            || differs(&before.title, &draft.title, source)
            || differs(&before.body, &draft.body, source);
        let revision = if is_new { old + 1 } else { old };
        let after = Publication {
            language: source,
            version: before.version + 1,
            title: revised(&before.title, draft.title.clone(), revision),
            body: revised(&before.body, draft.body.clone(), revision),
            ..before.clone()
        };
        store::revise(&tx, &after, revision, before.version).await?;
        words::write(&tx, after.id.0, "title", &after.title).await?;
        words::write(&tx, after.id.0, "body", &after.body).await?;
        let said = json!({ "reference": reference, "language": source.tag(), "revision": revision });
        super::record(&tx, actor, "publication.revise", after.id, said).await?;
        Ok(after)
    })
    .await
}

fn differs(before: &Words, after: &Words, language: i18n::Locale) -> bool {
    let value = |words: &Words| words.0.get(&language).map(|text| text.value.clone());
    value(before) != value(after)
}

/// The texts of a revision: one that was left as it is stays what it was, with who made it and what it says the same as.
fn revised(before: &Words, mut after: Words, revision: i64) -> Words {
    for (locale, text) in &mut after.0 {
        match before.0.get(locale) {
            Some(old) if old.value == text.value => text.clone_from(old),
            _ => text.source_revision = revision,
        }
    }
    after
}
