//! Running through a file: judging it, and writing what was judged in batches.

use std::collections::{BTreeMap, BTreeSet};

use db::{Db, Tx};

use super::judge::{Judged, Seen, Verdict, judge, labels};
use super::{Finding, Row, Rows};
use crate::Result;
use crate::actor::Actor;
use crate::error::Problem;
use crate::id::OrganisationId;
use crate::organisation::model::{Draft, Identifier, Organisation, State};
use crate::organisation::{self, store};

/// Rows in one transaction.
const BATCH: usize = 50;

/// What became of a file, or would.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Rows that were new.
    pub new: u64,
    /// Rows that changed something.
    pub changed: u64,
    /// Rows that were on record like that.
    pub same: u64,
    /// Rows left out because something is wrong with them.
    pub wrong: u64,
    /// What there is to tell of rows, in their order.
    pub findings: Vec<Finding>,
}

/// What a file would do. Writes nothing.
///
/// # Errors
/// What the database says.
pub async fn plan(db: &Db, actor: &Actor, rows: &Rows) -> Result<Outcome> {
    let mut run = Run::of(rows);
    for batch in run.order.clone().chunks(BATCH) {
        let batch: Vec<&Row> = batch.iter().map(|index| &rows.rows[*index]).collect();
        let judged = db.read(async |read| judge(&read, actor, &batch, &run.seen).await).await?;
        for one in judged {
            run.seen.touched.extend(match &one.verdict {
                Verdict::Same(id) => Some(*id),
                Verdict::Change(body, _) => Some(body.id),
                Verdict::New(_) | Verdict::Wrong => None,
            });
            run.count(&one);
        }
    }
    Ok(run.end())
}

/// A file that is being taken in, batch by batch. What is done stays where it is given up; the same file again does the
/// rest.
#[derive(Debug)]
pub struct Intake<'a> {
    rows: &'a Rows,
    run: Run,
    at: usize,
    /// Rows that name others which were not there yet.
    later: Vec<usize>,
}

impl<'a> Intake<'a> {
    /// The beginning of it.
    pub fn of(rows: &'a Rows) -> Self {
        Self { rows, run: Run::of(rows), at: 0, later: Vec::new() }
    }

    /// Does the next batch, and tells how many rows of how many are done; `None` at the end.
    ///
    /// # Errors
    /// What the database says. What earlier batches did stays.
    pub async fn step(&mut self, db: &Db, actor: &Actor) -> Result<Option<(u64, u64)>> {
        let count = self.run.order.len();
        let steps = count as u64;
        if self.at < count {
            let batch = self.run.order[self.at..].iter().copied().take(BATCH).collect::<Vec<_>>();
            let (judged, made) = write(db, actor, self.rows, &batch, &self.run.seen).await?;
            for (index, one) in batch.iter().zip(&judged) {
                self.run.count(one);
                if one.later {
                    self.later.push(*index);
                }
            }
            self.run.seen.touched.extend(made);
            self.at += batch.len();
            return Ok(Some((self.at as u64, steps)));
        }
        if self.later.is_empty() {
            return Ok(None);
        }
        // What was to come later in the file is there now.
        self.run.seen.touched.clear();
        let batch: Vec<usize> = self.later.drain(..self.later.len().min(BATCH)).collect();
        write(db, actor, self.rows, &batch, &self.run.seen).await?;
        Ok(Some((steps, steps)))
    }

    /// What became of it, so far.
    pub fn outcome(self) -> Outcome {
        self.run.end()
    }
}

/// Judges and writes one batch, and tells which bodies it stands for.
async fn write(
    db: &Db,
    actor: &Actor,
    rows: &Rows,
    batch: &[usize],
    seen: &Seen,
) -> Result<(Vec<Judged>, Vec<OrganisationId>)> {
    let batch: Vec<&Row> = batch.iter().map(|index| &rows.rows[*index]).collect();
    db.write(async |tx| {
        let judged = judge(&tx, actor, &batch, seen).await?;
        let mut made = Vec::new();
        for (row, one) in batch.iter().zip(&judged) {
            match &one.verdict {
                Verdict::Same(id) => made.push(*id),
                Verdict::New(draft) => {
                    let body = organisation::put(&tx, actor, "organisation.import", draft).await?;
                    if row.closed {
                        end(&tx, actor, &body).await?;
                    }
                    made.push(body.id);
                }
                Verdict::Change(body, draft) => {
                    revise(&tx, actor, body, draft).await?;
                    if row.closed {
                        end(&tx, actor, &organisation::load_by_id(&tx, body.id).await?).await?;
                    }
                    made.push(body.id);
                }
                Verdict::Wrong => {}
            }
        }
        Ok((judged, made))
    })
    .await
}

async fn revise(tx: &Tx, actor: &Actor, before: &Organisation, draft: &Draft) -> Result<()> {
    if before.said == *draft {
        return Ok(());
    }
    // It was read in this transaction, so it is still at its version.
    if !store::revise(tx, before.id, before.version, draft).await? {
        return Err(crate::Error::Stale);
    }
    let after = organisation::load_by_id(tx, before.id).await?;
    organisation::directory::refresh(tx, &after).await?;
    organisation::record(tx, actor, "organisation.import", &after, Some(before)).await
}

async fn end(tx: &Tx, actor: &Actor, before: &Organisation) -> Result<()> {
    store::set_state(tx, before.id, State::Closed, None).await?;
    let after = organisation::load_by_id(tx, before.id).await?;
    organisation::directory::refresh(tx, &after).await?;
    organisation::record(tx, actor, "organisation.close", &after, Some(before)).await
}

#[derive(Debug)]
struct Run {
    order: Vec<usize>,
    seen: Seen,
    outcome: Outcome,
}

impl Run {
    fn of(rows: &Rows) -> Self {
        let mut outcome = Outcome { findings: rows.findings.clone(), ..Outcome::default() };
        let mut first: BTreeMap<Identifier, usize> = BTreeMap::new();
        let mut named = BTreeSet::new();
        let mut kept = BTreeSet::new();
        for (index, row) in rows.rows.iter().enumerate() {
            let known = row.identifiers.iter().any(|number| first.contains_key(number));
            let keys: Vec<_> = labels(row).map(|label| (label, row.country)).collect();
            let namesake = row.identifiers.is_empty() && keys.iter().any(|key| named.contains(key));
            if known || namesake {
                let value = row.names.0.first().map_or("", |name| name.value.as_str());
                let problem = Problem::Because("organisation-import-twice");
                outcome.findings.push(Finding::new(row.number, "name", problem, value));
                continue;
            }
            first.extend(row.identifiers.iter().map(|number| (number.clone(), index)));
            if row.identifiers.is_empty() {
                named.extend(keys);
            }
            kept.insert(index);
        }
        let order = in_order(rows, &kept, &first);
        let seen = Seen { numbers: first.into_keys().collect(), touched: BTreeSet::new() };
        Self { order, seen, outcome }
    }

    fn count(&mut self, one: &Judged) {
        match &one.verdict {
            Verdict::Same(_) => self.outcome.same += 1,
            Verdict::New(_) => self.outcome.new += 1,
            Verdict::Change(..) => self.outcome.changed += 1,
            Verdict::Wrong => {}
        }
        self.outcome.findings.extend(one.findings.iter().cloned());
    }

    fn end(mut self) -> Outcome {
        self.outcome.findings.sort_by_key(|finding| finding.row);
        let rejected = self.outcome.findings.iter().filter(|finding| finding.rejects);
        self.outcome.wrong = rejected.map(|finding| finding.row).collect::<BTreeSet<_>>().len() as u64;
        self.outcome
    }
}

/// Rows so that those which others name come before them, as far as they do not name one another.
fn in_order(rows: &Rows, kept: &BTreeSet<usize>, numbers: &BTreeMap<Identifier, usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(kept.len());
    let mut met = BTreeSet::new();
    for start in kept {
        // Depth first, by hand: a chain of parents may be as long as the file.
        let mut path = vec![(*start, 0)];
        if !met.insert(*start) {
            continue;
        }
        while let Some((index, next)) = path.pop() {
            let row = &rows.rows[index];
            let link = row.parents.iter().chain(&row.predecessors).nth(next);
            let Some(link) = link else {
                order.push(index);
                continue;
            };
            path.push((index, next + 1));
            if let super::Link::Number(number) = link
                && let Some(named) = numbers.get(number)
                && met.insert(*named)
            {
                path.push((*named, 0));
            }
        }
    }
    order
}
