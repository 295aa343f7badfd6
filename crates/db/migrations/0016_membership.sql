-- An organisation's standing in the network, and what it was before.
create table membership (
    organisation uuid primary key not null references organisation (id) deferrable initially immediate,
    class text not null check (class in ('applicant', 'ordinary', 'core', 'suspended', 'left')),
    since instant not null,
    valid_until instant,
    reminded_at instant,
    reason text,
    version bigint not null
);
create index membership_valid on membership (class, valid_until, organisation);

create table membership_period (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    from_at instant not null,
    place bigint not null,
    class text not null,
    until_at instant,
    primary key (organisation, place)
);
create index membership_period_class on membership_period (class, from_at, until_at, organisation);

-- An organisation asks to become a member. `checks` is a JSON list of what was made sure of.
create table membership_application (
    id uuid primary key not null,
    reference text unique not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    applicant uuid not null references account (id) deferrable initially immediate,
    country text not null,
    state text not null check (state in ('submitted', 'questioned', 'accepted', 'declined', 'withdrawn')),
    statement text not null,
    checks text not null,
    question text,
    answer text,
    reason text,
    decided_by uuid references account (id) deferrable initially immediate,
    submitted_at instant not null,
    ended_at instant,
    version bigint not null
);
create index membership_application_queue on membership_application (country, state, submitted_at, id);
create index membership_application_organisation on membership_application (organisation, submitted_at, id);
create index membership_application_applicant on membership_application (applicant, submitted_at, id);

create table membership_document (
    application uuid not null references membership_application (id) deferrable initially immediate,
    place bigint not null,
    file uuid not null references file (id) deferrable initially immediate,
    title text not null,
    primary key (application, place)
);

-- Who belongs to an organisation. The role itself is a grant of the account; an invitation knows its address by digest.
create table affiliation (
    id uuid primary key not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    account uuid references account (id) deferrable initially immediate,
    state text not null check (state in ('requested', 'invited', 'active', 'declined', 'ended')),
    position text not null,
    administrator boolean not null,
    token text unique,
    until_at instant,
    invited_by uuid references account (id) deferrable initially immediate,
    since instant not null,
    version bigint not null
);
create index affiliation_organisation on affiliation (organisation, state, since, id);
create index affiliation_account on affiliation (account, state, since, id);

-- Trainings that people of an organisation attended, for the core programme.
create table membership_training (
    id uuid primary key not null,
    organisation uuid not null references organisation (id) deferrable initially immediate,
    title text not null,
    held_on text not null,
    people bigint not null,
    certified boolean not null,
    recorded_by uuid references account (id) deferrable initially immediate,
    made_at instant not null
);
create index membership_training_organisation on membership_training (organisation, held_on, id);

-- How an organisation did by the criteria of the core programme, year by year.
create table membership_score (
    organisation uuid not null references organisation (id) deferrable initially immediate,
    year bigint not null,
    criterion text not null,
    points bigint not null check (points between 0 and 5),
    note text not null,
    scored_by uuid references account (id) deferrable initially immediate,
    scored_at instant not null,
    primary key (organisation, year, criterion)
);
