-- Addresses that are written to only where people ask for the letter themselves or must know. `address` is folded: case does not count.
create table suppression (
    id uuid primary key not null,
    address text unique not null,
    reason text not null check (reason in ('bounce', 'complaint')),
    words text not null,
    made_at instant not null
);
