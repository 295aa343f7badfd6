create table publication (
    id uuid primary key not null,
    reference text unique not null,
    kind text not null check (kind in ('news')),
    state text not null check (state in ('published', 'withdrawn')),
    language text not null,
    author uuid references account (id) deferrable initially immediate,
    published_at instant not null,
    revision bigint not null,
    version bigint not null
);
create index publication_newest on publication (state, published_at, id);
