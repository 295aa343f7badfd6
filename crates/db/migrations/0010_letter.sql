-- Letters: written by the transaction that causes them, sent by a job. What a letter says is removed once it was sent.
create table letter (
    id uuid primary key not null,
    kind text not null,
    recipient text not null,
    account uuid references account (id) deferrable initially immediate,
    locale text not null,
    facts text,
    state text not null check (state in ('queued', 'sent', 'failed', 'dead', 'suppressed')),
    attempts bigint not null,
    due_at instant,
    tried_since instant not null,
    error text,
    reply text,
    made_at instant not null,
    ended_at instant
);
create index letter_recent on letter (made_at, id);
create index letter_state on letter (state, made_at);
create index letter_account on letter (account);
