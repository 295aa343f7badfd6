//! Every statement of the queue.

use db::{Error, Read, Timestamp, Tx, row, sql};
use jiff::SignedDuration;
use serde_json::Value as Json;

use super::State;
use super::board::{JobView, Overview};
use crate::actor::Actor;
use crate::id::JobId;
use crate::page::Place;

/// No lease and no pause after a failure is longer than an hour; the clocks of two nodes may differ by the rest.
const PROMISE_MOST: SignedDuration = SignedDuration::from_hours(2);

pub(super) async fn insert(
    tx: &Tx,
    id: JobId,
    actor: &Actor,
    kind: &str,
    payload: &Json,
    key: Option<&str>,
    run_at: Timestamp,
) -> Result<bool, Error> {
    let inserted = tx
        .run(sql!(
            "insert into job (id, kind, payload, key, state, run_at, attempts, stop_asked, step, request, made_at)
            values ($1, $2, $3, $4, 'queued', $5, 0, false, 0, $6, $7)
            on conflict (key) do nothing",
            id,
            kind,
            payload.clone(),
            key,
            run_at,
            actor.request.as_deref(),
            tx.now()
        ))
        .await?;
    Ok(inserted == 1)
}

row!(
    /// A job in a worker's hands. `attempts` tells this claim from any other.
    #[derive(Clone, Debug)]
    pub(super) struct Claimed {
        pub(super) id: JobId,
        pub(super) kind: String,
        pub(super) payload: Json,
        pub(super) attempts: i64,
        pub(super) stop_asked: bool,
    }
);

/// Takes the job that is due longest, or whose worker has given no sign of life for a lease. What a clock wrote that was ahead
/// and has been put right binds nobody: a lease or a pause that reaches further than any is granted, and a job that was to run
/// at once in what is the future now.
pub(super) async fn claim(tx: &Tx, worker: &str, lease: SignedDuration) -> Result<Option<Claimed>, Error> {
    tx.optional(sql!(
        "update job set state = 'running', attempts = attempts + 1, lease_until = $1, worker = $2
        where id = (select id from job
            where (state = 'queued' and (run_at <= $3 or (attempts > 0 and run_at > $4)
                    or (made_at > $4 and run_at <= made_at)))
                or (state = 'running' and (lease_until <= $3 or lease_until > $4))
            order by run_at, id limit 1)
        returning id, kind, payload, attempts, stop_asked",
        tx.now() + lease,
        worker,
        tx.now(),
        tx.now() + PROMISE_MOST
    ))
    .await
}

/// Prolongs a lease and tells whether the job was asked to stop; `None` where the lease is no longer this worker's.
pub(super) async fn renew(tx: &Tx, job: &Claimed, lease: SignedDuration) -> Result<Option<bool>, Error> {
    let held: Option<(bool,)> = tx
        .optional(sql!(
            "update job set lease_until = $1 where id = $2 and state = 'running' and attempts = $3
            returning stop_asked as value",
            tx.now() + lease,
            job.id,
            job.attempts
        ))
        .await?;
    Ok(held.map(|(asked,)| asked))
}

/// Keeps how far run `attempt` is. Tells whether the job is still in that run's hands; keeps nothing where it is not.
pub(super) async fn progress(tx: &Tx, id: JobId, attempt: i64, step: i64, steps: i64) -> Result<bool, Error> {
    let kept = tx
        .run(sql!(
            "update job set step = $1, steps = $2 where id = $3 and state = 'running' and attempts = $4",
            step,
            steps,
            id,
            attempt
        ))
        .await?;
    Ok(kept == 1)
}

/// How a claim ends.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) state: State,
    pub(super) error: Option<String>,
    /// When it is due where it goes back to the queue.
    pub(super) run_at: Timestamp,
    /// Whether the claim counts as a run: one that came to nothing through no fault of the job does not.
    pub(super) counts: bool,
}

/// Ends this worker's claim. A job that was asked to stop goes back to no queue: it is stopped instead. Does nothing
/// where the job was given to another meanwhile.
pub(super) async fn settle(tx: &Tx, job: &Claimed, ending: &Ending) -> Result<(), Error> {
    tx.run(sql!(
        "update job set state = case when stop_asked and $1 = 'queued' then 'stopped' else $1 end,
            ended_at = case when $1 = 'queued' and not stop_asked then null else $2 end,
            error = $3, run_at = $4, attempts = $5, lease_until = null, worker = null
        where id = $6 and state = 'running' and attempts = $7",
        ending.state.code(),
        tx.now(),
        ending.error.as_deref(),
        ending.run_at,
        job.attempts - i64::from(!ending.counts),
        job.id,
        job.attempts
    ))
    .await?;
    Ok(())
}

pub(super) async fn list(
    read: &Read,
    state: Option<State>,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<JobView>, Error> {
    let Some(place) = after else {
        return read
            .all(sql!(
                "select id, kind, state, run_at, attempts, worker, stop_asked, step, steps, error, request, made_at,
                    ended_at
                from job where $1 is null or state = $1 order by made_at desc, id desc limit $2",
                state.map(State::code),
                limit
            ))
            .await;
    };
    read.all(sql!(
        "select id, kind, state, run_at, attempts, worker, stop_asked, step, steps, error, request, made_at, ended_at
        from job where ($1 is null or state = $1) and (made_at, id) < ($2, $3)
        order by made_at desc, id desc limit $4",
        state.map(State::code),
        place.at,
        place.id,
        limit
    ))
    .await
}

pub(super) async fn find(read: &Read, id: JobId) -> Result<Option<JobView>, Error> {
    read.optional(sql!(
        "select id, kind, state, run_at, attempts, worker, stop_asked, step, steps, error, request, made_at, ended_at
        from job where id = $1",
        id
    ))
    .await
}

/// Makes a job that ended run again from its first attempt. Tells whether there was one.
pub(super) async fn requeue(tx: &Tx, id: JobId) -> Result<bool, Error> {
    let changed = tx
        .run(sql!(
            "update job set state = 'queued', attempts = 0, run_at = $1, stop_asked = false, step = 0, steps = null,
                error = null, ended_at = null
            where id = $2 and state in ('dead', 'stopped')",
            tx.now(),
            id
        ))
        .await?;
    Ok(changed == 1)
}

/// A job that waits is stopped at once; one that runs is asked to. Tells whether there was one.
pub(super) async fn ask_to_stop(tx: &Tx, id: JobId) -> Result<bool, Error> {
    let changed = tx
        .run(sql!(
            "update job set stop_asked = true,
                ended_at = case when state = 'queued' then $1 else ended_at end,
                state = case when state = 'queued' then 'stopped' else state end
            where id = $2 and state in ('queued', 'running')",
            tx.now(),
            id
        ))
        .await?;
    Ok(changed == 1)
}

pub(super) async fn overview(read: &Read) -> Result<Overview, Error> {
    read.one(sql!(
        "select coalesce(sum(case when state = 'queued' and run_at <= $1 then 1 else 0 end), 0) as due_count,
            coalesce(sum(case when state = 'queued' and run_at > $1 then 1 else 0 end), 0) as later_count,
            coalesce(sum(case when state = 'running' then 1 else 0 end), 0) as running_count,
            coalesce(sum(case when state = 'dead' then 1 else 0 end), 0) as dead_count,
            min(case when state = 'queued' and run_at <= $1 then run_at end) as waiting_since
        from job where state in ('queued', 'running', 'dead')",
        read.now()
    ))
    .await
}

/// Removes jobs that ended well before `before`. Dead ones stay until somebody has looked at them, and so does the newest
/// of each kind that has a key: its key is what keeps the kind from being enqueued twice in a period, however long that is.
pub(super) async fn forget_done(tx: &Tx, before: Timestamp) -> Result<u64, Error> {
    tx.run(sql!(
        "delete from job where state in ('done', 'stopped') and ended_at < $1
            and (key is null or exists (select 1 from job as newer
                where newer.kind = job.kind and newer.key is not null
                    and (newer.made_at, newer.id) > (job.made_at, job.id)))",
        before
    ))
    .await
}
