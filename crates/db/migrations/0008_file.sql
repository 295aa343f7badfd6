-- What was uploaded. The bytes lie in the store under their digest, so that the same bytes are kept once.
create table file (
    id uuid primary key not null,
    digest text not null,
    bytes bigint not null,
    media_type text not null,
    name text not null,
    tier text not null check (tier in ('public', 'centre')),
    owner uuid references account (id) deferrable initially immediate,
    made_at instant not null
);
create index file_digest on file (digest, id);
