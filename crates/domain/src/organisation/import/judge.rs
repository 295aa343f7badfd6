//! What a row would do to what is on record: nothing, something new, a change, or nothing because it is wrong. Reads only.

use std::collections::{BTreeMap, BTreeSet};

use db::Read;

use super::{Finding, Link, Row};
use crate::actor::Actor;
use crate::error::Problem;
use crate::id::OrganisationId;
use crate::organisation::model::{Draft, Identifier, Organisation, State};
use crate::organisation::name::{NAMES_MAX, NameKind};
use crate::organisation::{policy, store};
use crate::words::{Origin, Text};
use crate::{Error, Result};

/// What is to be done with a row.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    /// Nothing: it is on record like that.
    Same(OrganisationId),
    /// To be put on record.
    New(Box<Draft>),
    /// To be changed.
    Change(Box<Organisation>, Box<Draft>),
    /// Nothing: it is wrong.
    Wrong,
}

/// A row and what was found of it.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    /// Whether it names another row that is not on record yet.
    pub(super) later: bool,
    pub(super) findings: Vec<Finding>,
}

/// What the run has dealt with already.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Numbers that rows of the file have.
    pub(super) numbers: BTreeSet<Identifier>,
    /// Bodies that earlier rows stand for.
    pub(super) touched: BTreeSet<OrganisationId>,
}

/// Judges some rows together, so that they share their look-ups.
pub(super) async fn judge(read: &Read, actor: &Actor, rows: &[&Row], seen: &Seen) -> Result<Vec<Judged>> {
    let mut record = Record::of(read, rows).await?;
    let mut touched = BTreeSet::new();
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let mut findings = Vec::new();
        let found = record.find(row, seen, &touched);
        let (verdict, later) = match found {
            Err(problem) => {
                findings.push(Finding::new(row.number, "name", Problem::Because(problem), &shown(row)));
                (Verdict::Wrong, false)
            }
            Ok(body) => one(read, actor, row, body, &record, seen, &mut findings).await?,
        };
        if let Verdict::Same(id) = &verdict {
            touched.insert(*id);
        }
        if let Verdict::Change(body, draft) = &verdict {
            touched.insert(body.id);
            record.planned.insert(body.id, draft.parent);
        }
        judged.push(Judged { verdict, later, findings });
    }
    Ok(judged)
}

fn shown(row: &Row) -> String {
    row.names.0.first().map(|name| name.value.clone()).unwrap_or_default()
}

async fn one(
    read: &Read,
    actor: &Actor,
    row: &Row,
    body: Option<&Organisation>,
    record: &Record,
    seen: &Seen,
    findings: &mut Vec<Finding>,
) -> Result<(Verdict, bool)> {
    let mut refuse = |field, problem| {
        findings.push(Finding::new(row.number, field, problem, &shown(row)));
        Ok((Verdict::Wrong, false))
    };
    let countries = std::iter::once(row.country).chain(body.map(|body| body.said.country));
    for country in countries {
        if let Err(Error::Denied(reason)) = policy::may_register(actor, country) {
            return refuse("country", Problem::Because(reason));
        }
    }
    if let Some(body) = body
        && body.state != State::Active
    {
        return if row.closed {
            Ok((Verdict::Same(body.id), false))
        } else {
            refuse("name", Problem::Because("organisation-not-active"))
        };
    }
    let mut draft = overlay(row, body);
    // What a merged body still has stays with it.
    let own = body.map(|body| body.id);
    draft.identifiers.retain(|number| record.by_number.get(number).is_none_or(|holder| Some(*holder) == own));
    let later = link(read, row, body, record, seen, &mut draft, findings).await?;
    match draft.checked() {
        Err(Error::Invalid(fields)) => {
            for field in fields {
                findings.push(Finding::new(row.number, field.name, field.problem, &shown(row)));
            }
            Ok((Verdict::Wrong, false))
        }
        Err(other) => Err(other),
        Ok(draft) => Ok((
            match body {
                None => Verdict::New(Box::new(draft)),
                Some(body) if !row.closed && body.said.clone().checked()? == draft => Verdict::Same(body.id),
                Some(body) => Verdict::Change(Box::new(body.clone()), Box::new(draft)),
            },
            later,
        )),
    }
}

/// What is said of a body once a row has been taken in. Single values are the file's where it has them; of what there may
/// be several it only adds: somebody else may have said the rest.
fn overlay(row: &Row, body: Option<&Organisation>) -> Draft {
    let mut draft = match body {
        Some(body) => body.said.clone(),
        None => Draft::named(Default::default(), row.kind.unwrap_or(super::Kind::Other), row.country),
    };
    draft.country = row.country;
    if let Some(kind) = row.kind.filter(|_| row.sure_of_kind) {
        draft.kind = kind;
    }
    draft.size = row.size.or(draft.size);
    draft.established = row.established.or(draft.established);
    if !row.region.is_empty() {
        draft.region = row.region.clone();
    }
    if !row.website.is_empty() {
        draft.website = row.website.clone();
    }
    draft.domains.extend(row.domains.iter().cloned());
    draft.identifiers.extend(row.identifiers.iter().cloned());
    draft.fields.extend(row.fields.iter().cloned());
    for name in &row.names.0 {
        let folded = i18n::fold(&name.value);
        let known = draft
            .names
            .0
            .iter()
            .any(|other| i18n::fold(&other.value) == folded && other.language == name.language);
        if known || draft.names.0.len() >= NAMES_MAX {
            continue;
        }
        // One label a language: somebody chose the one that is there.
        let labelled = name.kind == NameKind::Label
            && name.language.is_some()
            && draft
                .names
                .0
                .iter()
                .any(|other| other.kind == NameKind::Label && other.language == name.language);
        let mut name = name.clone();
        if labelled {
            name.kind = NameKind::Alias;
        }
        draft.names.0.push(name);
    }
    if draft.description.0.is_empty()
        && let Some(language) = row.description.0.keys().next()
    {
        draft.language = *language;
    }
    for (locale, text) in &row.description.0 {
        let same =
            draft.description.0.get(locale).is_some_and(|known| known.value.trim() == text.value.trim());
        if !same {
            let source_revision = body.map_or(1, |body| body.revision + 1);
            let text = Text { value: text.value.clone(), origin: Origin::Human, source_revision };
            draft.description.0.insert(*locale, text);
        }
    }
    draft
}

/// Puts the relations of a row into its draft, and tells whether some wait for other rows of the file.
async fn link(
    read: &Read,
    row: &Row,
    body: Option<&Organisation>,
    record: &Record,
    seen: &Seen,
    draft: &mut Draft,
    findings: &mut Vec<Finding>,
) -> Result<bool> {
    let own = body.map(|body| body.id);
    let mut later = false;
    let waits = |link: &Link| matches!(link, Link::Number(number) if seen.numbers.contains(number));
    let mut parents = Vec::new();
    for parent in &row.parents {
        match record.linked.get(parent) {
            Some(id) if Some(*id) != own && !is_above(read, *id, own, &record.planned).await? => {
                parents.push(*id);
            }
            Some(_) => {}
            None => later |= waits(parent),
        }
    }
    let stays = draft.parent.is_some_and(|parent| parents.contains(&parent));
    if !stays && let Some(first) = parents.first() {
        draft.parent = Some(*first);
    }
    if parents.is_empty() && !row.parents.is_empty() && !later && row.sure_of_kind {
        let problem = Problem::Because("organisation-import-no-parent");
        findings.push(Finding { rejects: false, ..Finding::new(row.number, "parent", problem, &shown(row)) });
    }
    for predecessor in &row.predecessors {
        match record.linked.get(predecessor) {
            Some(id) if Some(*id) != own => draft.predecessors.push(*id),
            Some(_) => {}
            None => later |= waits(predecessor),
        }
    }
    Ok(later)
}

/// To what bodies will belong once the rows before are written.
type Planned = BTreeMap<OrganisationId, Option<OrganisationId>>;

/// Whether `own` is above `id`, so that it cannot belong to it.
async fn is_above(
    read: &Read,
    id: OrganisationId,
    own: Option<OrganisationId>,
    planned: &Planned,
) -> Result<bool> {
    let Some(own) = own else { return Ok(false) };
    let mut next = Some(id);
    while let Some(id) = next {
        if id == own {
            return Ok(true);
        }
        next = match planned.get(&id) {
            Some(parent) => *parent,
            None => store::parent_of(read, id).await?,
        };
    }
    Ok(false)
}

/// What is on record of the bodies that some rows name.
struct Record {
    by_number: BTreeMap<Identifier, OrganisationId>,
    by_name: BTreeMap<String, Vec<OrganisationId>>,
    bodies: BTreeMap<OrganisationId, Organisation>,
    linked: BTreeMap<Link, OrganisationId>,
    planned: Planned,
}

impl Record {
    async fn of(read: &Read, rows: &[&Row]) -> Result<Self> {
        let mut numbers: BTreeSet<&Identifier> = rows.iter().flat_map(|row| &row.identifiers).collect();
        let links: BTreeSet<&Link> =
            rows.iter().flat_map(|row| row.parents.iter().chain(&row.predecessors)).collect();
        numbers.extend(links.iter().filter_map(|link| match link {
            Link::Number(number) => Some(number),
            Link::Reference(_) => None,
        }));
        let by_number = store::holders(read, &numbers.into_iter().collect::<Vec<_>>()).await?;
        let unknown =
            rows.iter().filter(|row| !row.identifiers.iter().any(|number| by_number.contains_key(number)));
        let folded: BTreeSet<String> = unknown.flat_map(|row| labels(row)).collect();
        let by_name = store::named(read, &folded.into_iter().collect::<Vec<_>>()).await?;
        let mut record = Self {
            by_number,
            by_name,
            bodies: BTreeMap::new(),
            linked: BTreeMap::new(),
            planned: Planned::new(),
        };
        let direct =
            rows.iter().flat_map(|row| &row.identifiers).filter_map(|number| record.by_number.get(number));
        let ids: BTreeSet<OrganisationId> =
            direct.chain(record.by_name.values().flatten()).copied().collect();
        let mut wanted: Vec<OrganisationId> = ids.into_iter().collect();
        while !wanted.is_empty() {
            let loaded = store::load(read, &wanted).await?;
            wanted = loaded
                .iter()
                .filter_map(|body| body.merged_into)
                .filter(|id| !record.bodies.contains_key(id))
                .collect();
            record.bodies.extend(loaded.into_iter().map(|body| (body.id, body)));
        }
        for link in links {
            let id = match link {
                Link::Number(number) => record.by_number.get(number).copied(),
                Link::Reference(text) => match crate::id::Reference::parse(text) {
                    Some(reference) => {
                        store::find(read, &reference).await?.map(|body| body.merged_into.unwrap_or(body.id))
                    }
                    None => None,
                },
            };
            if let Some(id) = id {
                record.linked.insert(link.clone(), record.now(id).map_or(id, |body| body.id));
            }
        }
        Ok(record)
    }

    /// A body, or the one that it turned out to be.
    fn now(&self, id: OrganisationId) -> Option<&Organisation> {
        let mut body = self.bodies.get(&id)?;
        while let Some(kept) = body.merged_into {
            body = self.bodies.get(&kept)?;
        }
        Some(body)
    }

    /// The body that a row stands for: by a number, else by name and country, unless it is another by its numbers.
    fn find(
        &self,
        row: &Row,
        seen: &Seen,
        touched: &BTreeSet<OrganisationId>,
    ) -> Result<Option<&Organisation>, &'static str> {
        let by_number: BTreeSet<OrganisationId> = row
            .identifiers
            .iter()
            .filter_map(|number| Some(self.now(*self.by_number.get(number)?)?.id))
            .collect();
        match by_number.len() {
            0 => {}
            1 => return Ok(by_number.first().and_then(|id| self.bodies.get(id))),
            _ => return Err("organisation-number-taken"),
        }
        let ids: BTreeSet<OrganisationId> =
            labels(row).filter_map(|label| self.by_name.get(&label)).flatten().copied().collect();
        let fits = |body: &&Organisation| {
            body.said.country == row.country
                && body.state == State::Active
                && !body
                    .said
                    .identifiers
                    .iter()
                    .any(|known| row.identifiers.iter().any(|own| own.scheme == known.scheme))
        };
        let named: Vec<&Organisation> =
            ids.iter().filter_map(|id| self.bodies.get(id)).filter(fits).collect();
        let is_touched = |body: &Organisation| seen.touched.contains(&body.id) || touched.contains(&body.id);
        let free: Vec<&Organisation> = named.iter().copied().filter(|body| !is_touched(body)).collect();
        match (&free[..], named.len()) {
            ([one], _) => Ok(Some(one)),
            ([], 0) => Ok(None),
            ([], _) if row.identifiers.is_empty() => Err("organisation-import-twice"),
            ([], _) => Ok(None),
            _ => Err("organisation-import-ambiguous"),
        }
    }
}

/// The names in full of a row, folded.
pub(super) fn labels(row: &Row) -> impl Iterator<Item = String> {
    row.names.0.iter().filter(|name| name.kind == NameKind::Label).map(|name| i18n::fold(&name.value))
}
