-- Texts in the languages of the programme: one row a language. A text whose source_revision is behind its owner's is stale.
create table words (
    owner uuid not null,
    field text not null,
    language text not null,
    value text not null,
    origin text not null check (origin in ('human', 'machine', 'machine-reviewed')),
    source_revision bigint not null,
    primary key (owner, field, language)
);
