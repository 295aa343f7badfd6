-- One-time secrets: links in letters, and the second step of a sign-in. Only a digest is kept.
create table account_voucher (
    id uuid primary key not null,
    digest text unique not null,
    purpose text not null,
    account uuid references account (id) deferrable initially immediate,
    facts text not null,
    made_at instant not null,
    expires_at instant not null,
    used_at instant
);
create index account_voucher_account on account_voucher (account, purpose, id);
create index account_voucher_expiry on account_voucher (expires_at, id);

-- Guesses and requests of late, for all nodes to count: under a digest of what they are counted by.
create table account_guess (
    id uuid primary key not null,
    counted text not null,
    at instant not null
);
create index account_guess_counted on account_guess (counted, at);
create index account_guess_at on account_guess (at, id);

-- The second factor: a code that changes every thirty seconds (RFC 6238), and codes for whoever has lost it.
create table account_totp (
    account uuid primary key not null references account (id) deferrable initially immediate,
    secret text not null,
    made_at instant not null,
    confirmed_at instant,
    last_step bigint not null
);
create table account_recovery (
    account uuid not null references account (id) deferrable initially immediate,
    digest text not null,
    used_at instant,
    primary key (account, digest)
);

alter table account_token add column organisation uuid;
alter table account_token add column writes boolean not null default true;
alter table account_token add column used_at instant;
