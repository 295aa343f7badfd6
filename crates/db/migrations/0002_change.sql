-- The log of what was done. A verb writes to change_fresh in its own transaction; the sealer moves what has been
-- committed to change_sealed, in batches, giving each row its position for ever.
create table change_fresh (
    id uuid primary key not null,
    at instant not null,
    actor_kind text not null,
    actor uuid,
    behalf uuid,
    verb text not null,
    subject_kind text not null,
    subject uuid not null,
    before text,
    after text,
    request text
);
create index change_fresh_subject on change_fresh (subject, id);

create table change_sealed (
    position bigint primary key not null,
    id uuid unique not null,
    at instant not null,
    actor_kind text not null,
    actor uuid,
    behalf uuid,
    verb text not null,
    subject_kind text not null,
    subject uuid not null,
    before text,
    after text,
    request text
);
create index change_sealed_subject on change_sealed (subject, position);

-- One row a batch: its rows first to last, the hash that chains them to the batch before, a signature over it, and
-- sixteen digits a row that tell which of them is bad when the hash is.
create table change_seal (
    last bigint primary key not null,
    first bigint unique not null,
    previous text not null,
    locators text not null,
    hash text not null,
    signer text not null,
    signature text not null,
    made_at instant not null
);

-- How far each reader of the log has come.
create table change_reader (
    name text primary key not null,
    position bigint not null,
    read_at instant not null
);
