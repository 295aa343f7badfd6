-- Legal bodies: universities, institutes, enterprises, authorities. One row each; what there may be several of stands beside.
create table organisation (
    id uuid primary key not null,
    reference text unique not null,
    kind text not null,
    size text,
    country text not null,
    region text not null,
    parent uuid references organisation (id) deferrable initially immediate,
    established bigint,
    website text not null,
    logo uuid references file (id) deferrable initially immediate,
    language text not null,
    listed boolean not null,
    state text not null check (state in ('active', 'closed', 'merged')),
    merged_into uuid references organisation (id) deferrable initially immediate,
    sort_key sorted_text not null,
    made_at instant not null,
    revised_at instant not null,
    revision bigint not null,
    version bigint not null
);
create index organisation_parent on organisation (parent, id);
create index organisation_merged_into on organisation (merged_into, id);

-- Its names, in the order in which they were given. `folded` is what names are compared by.
create table organisation_name (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    place bigint not null,
    value text not null,
    folded text not null,
    language text,
    kind text not null check (kind in ('label', 'alias', 'acronym', 'former')),
    primary key (organisation, place)
);
create index organisation_name_folded on organisation_name (folded, organisation);

-- Its domains. Several bodies may share one: a university and its institutes.
create table organisation_domain (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    domain_use text not null check (domain_use in ('web', 'mail')),
    domain text not null,
    primary key (organisation, domain_use, domain)
);
create index organisation_domain_of on organisation_domain (domain, domain_use, organisation);

-- The numbers under which registers know it. One number, one body.
create table organisation_identifier (
    scheme text not null,
    value text not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    primary key (scheme, value)
);
create index organisation_identifier_of on organisation_identifier (organisation, scheme, value);

-- Bodies that it came from.
create table organisation_predecessor (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    predecessor uuid not null references organisation (id) deferrable initially immediate,
    primary key (organisation, predecessor)
);
create index organisation_predecessor_of on organisation_predecessor (predecessor, organisation);

-- Its fields of activity: codes of the taxonomy's first level.
create table organisation_field (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    field text not null,
    primary key (organisation, field)
);

-- Whom to write to.
create table organisation_contact (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    place bigint not null,
    name text not null,
    role text not null,
    email text not null,
    phone text not null,
    public boolean not null,
    primary key (organisation, place)
);

-- The directory as it is read: a row for each choice of country, kind and field ('' is any) under which a body that is
-- shown stands. Made from the tables above by the verbs that change them.
create table organisation_entry (
    country text not null,
    kind text not null,
    field text not null,
    sort_key sorted_text not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    primary key (country, kind, field, sort_key, organisation)
);
create index organisation_entry_of on organisation_entry (organisation);

-- How many rows of the directory stand under each choice.
create table organisation_tally (
    country text not null,
    kind text not null,
    field text not null,
    entries bigint not null,
    primary key (country, kind, field)
);
create index organisation_tally_kind on organisation_tally (kind, field, country);
create index organisation_tally_field on organisation_tally (field, country, kind);

-- Under which terms a body is found.
create table organisation_term (
    term sorted_text not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    primary key (term, organisation)
);
create index organisation_term_of on organisation_term (organisation, term);
