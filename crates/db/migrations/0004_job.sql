-- Work to be done later, written by the transaction that causes it.
create table job (
    id uuid primary key not null,
    kind text not null,
    payload text not null,
    key text unique,
    state text not null check (state in ('queued', 'running', 'done', 'dead', 'stopped')),
    run_at instant not null,
    attempts bigint not null,
    lease_until instant,
    worker text,
    stop_asked boolean not null,
    step bigint not null,
    steps bigint,
    error text,
    request text,
    made_at instant not null,
    ended_at instant
);
create index job_due on job (state, run_at, id);
create index job_recent on job (made_at, id);
