create table account (
    id uuid primary key not null,
    name text not null,
    role text not null,
    closed_at instant,
    made_at instant not null,
    version bigint not null
);

-- Keys of programs. Only a digest is kept: the token itself is shown once.
create table account_token (
    id uuid primary key not null,
    account uuid not null references account (id) deferrable initially immediate,
    label text not null,
    digest text unique not null,
    made_at instant not null,
    expires_at instant,
    revoked_at instant
);
create index account_token_account on account_token (account, id);
