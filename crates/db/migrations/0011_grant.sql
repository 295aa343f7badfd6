-- What an account may do: each role for a scope, from a moment until another. A row is never removed, it ends.
create table account_grant (
    id uuid primary key not null,
    account uuid not null references account (id) deferrable initially immediate,
    role text not null,
    scope text not null check (scope in ('platform', 'centre', 'organisation', 'language')),
    country text,
    organisation uuid,
    language text,
    from_at instant not null,
    until_at instant,
    granted_by uuid references account (id) deferrable initially immediate,
    made_at instant not null,
    revoked_at instant,
    revoked_by uuid references account (id) deferrable initially immediate,
    check ((scope = 'centre') = (country is not null)),
    check ((scope = 'organisation') = (organisation is not null)),
    check ((scope = 'language') = (language is not null))
);
create index account_grant_account on account_grant (account, from_at, id);
create index account_grant_scope on account_grant (role, scope, country, organisation);

-- One role for the whole programme was a column so far; its grant has the account's own id.
insert into account_grant (id, account, role, scope, from_at, made_at)
    select id, id, role, 'platform', made_at, made_at from account;
alter table account drop column role;

-- A person's sign-in: an address that is theirs, in one form for comparing, and what pages need to know of them.
alter table account add column latin_name text;
alter table account add column email text;
alter table account add column email_key text;
alter table account add column locale text;
alter table account add column country text;
alter table account add column time_zone text;
alter table account add column password text;
alter table account add column suspended_at instant;
create unique index account_email_key_key on account (email_key);
create index account_name on account (name, id);

-- Browsers that are signed in. Only a digest of the secret is kept.
create table account_session (
    id uuid primary key not null,
    account uuid not null references account (id) deferrable initially immediate,
    digest text unique not null,
    made_at instant not null,
    proved_at instant not null,
    second_factor boolean not null,
    rotate boolean not null,
    seen_at instant not null,
    idle_seconds bigint not null,
    idle_until instant not null,
    expires_at instant not null,
    agent text not null,
    address text not null,
    ended_at instant
);
create index account_session_account on account_session (account, ended_at, id);
