//! Organisations: the legal bodies of the network, whether members or not. Owns what is known of them and the public
//! directory. Their standing in the network belongs to `membership`, who acts for them to `account`.

mod directory;
pub mod import;
mod model;
mod name;
mod policy;
mod store;

use db::{Db, Read, Tx};
use serde_json::json;

pub use directory::{Card, Counts, Filter, list};
pub use model::{
    Contact, DESCRIPTION_MAX, Domain, DomainUse, Draft, FIELDS_MAX, Identifier, Kind, Organisation,
    PARTS_MAX, REGION_MAX, Size, State,
};
pub use name::{NAME_MAX, NAMES_MAX, Name, NameKind, Names};
pub(crate) use policy::{administers, is_staff_for, runs_centre_of, sees_everything};

use crate::actor::Actor;
use crate::change::{self, Entry};
use crate::error::Problem;
use crate::id::{OrganisationId, Reference};
use crate::{Error, Result};

/// How many organisations one is told of where there may be many: parts of a body, bodies of one domain.
const SOME: u32 = 50;

/// Puts an organisation on record.
///
/// # Errors
/// [`Error::Denied`] for whoever does not work for the centre of its country; [`Error::Invalid`] naming every field that
/// is wrong; [`Error::Conflict`] where another has one of its numbers.
pub async fn register(db: &Db, actor: &Actor, draft: Draft) -> Result<Organisation> {
    policy::may_register(actor, draft.country)?;
    let draft = draft.checked()?;
    db.write(async |tx| enrol(&tx, actor, "organisation.register", draft.clone()).await).await
}

/// Puts an organisation on record that somebody names when they apply: the directory shows it once staff have looked at
/// it. For the verbs of `membership`, which say who may.
///
/// # Errors
/// As [`register`], but for who may.
pub(crate) async fn propose(tx: &Tx, actor: &Actor, draft: Draft) -> Result<Organisation> {
    let draft = Draft { listed: false, ..draft.checked()? };
    enrol(tx, actor, "organisation.propose", draft).await
}

/// Inserts it under the first reference that nothing else has.
async fn enrol(tx: &Tx, actor: &Actor, verb: &'static str, draft: Draft) -> Result<Organisation> {
    refuse_what_is_not_there(tx, None, &draft).await?;
    put(tx, actor, verb, &draft).await
}

/// The same for a draft of which everything has been looked up.
async fn put(tx: &Tx, actor: &Actor, verb: &'static str, draft: &Draft) -> Result<Organisation> {
    let organisation = loop {
        let id = OrganisationId(tx.new_id());
        let organisation = Organisation {
            id,
            reference: Reference::new('O', tx.now(), id.0),
            state: State::Active,
            merged_into: None,
            made_at: tx.now(),
            revised_at: tx.now(),
            revision: 1,
            version: 1,
            said: draft.clone(),
        };
        if store::insert(tx, &organisation).await? {
            break organisation;
        }
    };
    directory::enter(tx, &organisation).await?;
    record(tx, actor, verb, &organisation, None).await?;
    Ok(organisation)
}

/// Says anew what is known of an organisation.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see it; [`Error::Denied`] for whoever neither works for the centre of its
/// country nor administers it; [`Error::Invalid`] naming every field that is wrong; [`Error::Stale`] where it is no longer
/// at `version`; [`Error::Conflict`] where it is closed or merged, or another has one of its numbers.
pub async fn revise(
    db: &Db,
    actor: &Actor,
    reference: &Reference,
    version: i64,
    draft: Draft,
) -> Result<Organisation> {
    let draft = draft.checked()?;
    db.write(async |tx| {
        let before = load_whole(&tx, actor, reference).await?;
        policy::may_revise(actor, &before)?;
        if draft.country != before.said.country {
            // Whoever may not register one there cannot move one there either.
            policy::may_register(actor, draft.country)?;
        }
        if draft.listed != before.said.listed && !is_staff_for(actor, before.said.country) {
            return Err(Error::Denied("organisation-staff-only"));
        }
        if before.state != State::Active {
            return Err(Error::Conflict("organisation-not-active"));
        }
        refuse_what_is_not_there(&tx, Some(before.id), &draft).await?;
        if before.version != version || !store::revise(&tx, before.id, version, &draft).await? {
            return Err(Error::Stale);
        }
        let after = load_by_id(&tx, before.id).await?;
        directory::refresh(&tx, &after).await?;
        record(&tx, actor, "organisation.revise", &after, Some(&before)).await?;
        Ok(after)
    })
    .await
}

/// Says that an organisation is no more. It stays on record.
///
/// # Errors
/// [`Error::NotFound`] where the actor may not see it; [`Error::Denied`] for whoever does not run the centre of its
/// country; [`Error::Stale`] where it is no longer at `version`; [`Error::Conflict`] where it is not active.
pub async fn close(db: &Db, actor: &Actor, reference: &Reference, version: i64) -> Result<Organisation> {
    db.write(async |tx| {
        let before = load_whole(&tx, actor, reference).await?;
        policy::may_close(actor, &before)?;
        if before.version != version {
            return Err(Error::Stale);
        }
        if before.state != State::Active {
            return Err(Error::Conflict("organisation-not-active"));
        }
        store::set_state(&tx, before.id, State::Closed, None).await?;
        let after = load_by_id(&tx, before.id).await?;
        directory::refresh(&tx, &after).await?;
        record(&tx, actor, "organisation.close", &after, Some(&before)).await?;
        Ok(after)
    })
    .await
}

/// An organisation with what the actor may see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The organisation, without what the actor may not see.
    pub organisation: Organisation,
    /// The one it belongs to, where the actor may see that.
    pub parent: Option<Card>,
    /// Those it came from.
    pub predecessors: Vec<Card>,
    /// Those that belong to it, at most fifty.
    pub parts: Vec<Card>,
    /// The one it turned out to be.
    pub merged_into: Option<Card>,
    /// Whether the actor may revise it.
    pub may_revise: bool,
}

/// An organisation.
///
/// # Errors
/// [`Error::NotFound`] where there is none of that reference, or the actor may not see it.
pub async fn load(db: &Db, actor: &Actor, reference: &Reference) -> Result<View> {
    db.read(async |read| {
        let organisation = load_whole(&read, actor, reference).await?;
        let mut near = Vec::new();
        near.extend(organisation.said.parent);
        near.extend(organisation.merged_into);
        near.extend(&organisation.said.predecessors);
        near.extend(store::list_children(&read, organisation.id, SOME).await?);
        let seen = visible(&read, actor, &near).await?;
        let card = |id: OrganisationId| seen.iter().find(|card| card.id == id).cloned();
        let parts = near.iter().skip(known(&organisation));
        Ok(View {
            parent: organisation.said.parent.and_then(card),
            predecessors: organisation.said.predecessors.iter().copied().filter_map(card).collect(),
            parts: parts.copied().filter_map(card).collect(),
            merged_into: organisation.merged_into.and_then(card),
            may_revise: policy::may_revise(actor, &organisation).is_ok(),
            organisation: if sees_everything(actor, &organisation) {
                organisation
            } else {
                organisation.for_everybody()
            },
        })
    })
    .await
}

/// An organisation by its id, for whoever has met it in another thing.
///
/// # Errors
/// As [`load`].
pub async fn find(db: &Db, actor: &Actor, id: OrganisationId) -> Result<Organisation> {
    db.read(async |read| {
        let organisation = load_by_id(&read, id).await?;
        policy::may_see(actor, &organisation)?;
        Ok(if sees_everything(actor, &organisation) { organisation } else { organisation.for_everybody() })
    })
    .await
}

/// How many of its relations an organisation names itself.
fn known(organisation: &Organisation) -> usize {
    usize::from(organisation.said.parent.is_some())
        + usize::from(organisation.merged_into.is_some())
        + organisation.said.predecessors.len()
}

/// The cards of those among `ids` that the actor may see.
async fn visible(read: &Read, actor: &Actor, ids: &[OrganisationId]) -> Result<Vec<Card>> {
    let whole = store::load(read, ids).await?;
    let seen: Vec<_> =
        whole.iter().filter(|body| policy::may_see(actor, body).is_ok()).map(|body| body.id).collect();
    directory::cards(read, &seen).await
}

/// The organisations whose people have addresses at the domain of `email`, for whoever signs up with one: those of its
/// most exact domain alone. Only those that the directory shows.
///
/// # Errors
/// What the database says.
pub async fn list_by_address(db: &Db, email: &str) -> Result<Vec<Card>> {
    let Some((_, host)) = email.rsplit_once('@') else { return Ok(Vec::new()) };
    let host = host.trim().trim_end_matches('.').to_lowercase();
    db.read(async |read| {
        let mut rest = host.as_str();
        while model::is_domain(rest) {
            let ids = store::list_by_mail_domain(&read, rest, SOME).await?;
            let cards = visible(&read, &Actor::visitor(), &ids).await?;
            if !cards.is_empty() {
                return Ok(cards);
            }
            rest = rest.split_once('.').map_or("", |(_, rest)| rest);
        }
        Ok(Vec::new())
    })
    .await
}

/// Lets the directory show an organisation, for the verbs of `membership` that accept it.
pub(crate) async fn show(tx: &Tx, actor: &Actor, id: OrganisationId) -> Result<()> {
    let before = load_by_id(tx, id).await?;
    if before.said.listed {
        return Ok(());
    }
    store::set_listed(tx, id).await?;
    let after = load_by_id(tx, id).await?;
    directory::refresh(tx, &after).await?;
    record(tx, actor, "organisation.show", &after, Some(&before)).await
}

/// An organisation by its reference, whole, if the actor may see it.
pub(crate) async fn load_whole(read: &Read, actor: &Actor, reference: &Reference) -> Result<Organisation> {
    let found = store::find(read, reference).await?.ok_or(Error::NotFound)?;
    let organisation = load_by_id(read, found.id).await?;
    policy::may_see(actor, &organisation)?;
    Ok(organisation)
}

/// An organisation by its id, whole, for verbs that have asked who may.
pub(crate) async fn load_by_id(read: &Read, id: OrganisationId) -> Result<Organisation> {
    store::load(read, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// Refuses numbers that another body has, and relations to bodies that are not there or that would go round in a circle.
async fn refuse_what_is_not_there(read: &Read, own: Option<OrganisationId>, draft: &Draft) -> Result<()> {
    for identifier in &draft.identifiers {
        let holder = store::find_by_identifier(read, &identifier.scheme, &identifier.value).await?;
        if holder.is_some() && holder != own {
            return Err(Error::Conflict("organisation-number-taken"));
        }
    }
    let mut near: Vec<_> = draft.predecessors.clone();
    near.extend(draft.parent);
    near.sort_unstable();
    near.dedup();
    if store::load(read, &near).await?.len() < near.len()
        || draft.predecessors.iter().any(|id| Some(*id) == own)
    {
        return Err(Error::field("predecessors", Problem::BadValue));
    }
    let mut above = draft.parent;
    while let Some(id) = above {
        if Some(id) == own {
            return Err(Error::field("parent", Problem::BadValue));
        }
        above = store::load(read, &[id]).await?.pop().and_then(|parent| parent.said.parent);
    }
    Ok(())
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    verb: &'static str,
    now: &Organisation,
    before: Option<&Organisation>,
) -> Result<()> {
    // Names and places of bodies are public facts; contacts are persons and stay out of a log that is kept for ever.
    let facts = |body: &Organisation| {
        json!({
            "reference": &body.reference,
            "state": body.state.code(),
            "kind": body.said.kind.code(),
            "country": body.said.country,
            "names": &body.said.names,
            "identifiers": &body.said.identifiers,
            "listed": body.said.listed,
        })
    };
    let entry = Entry {
        verb,
        kind: "organisation",
        subject: now.id.0,
        before: before.map(facts),
        after: Some(facts(now)),
    };
    change::record(tx, actor, entry).await?;
    Ok(())
}
