-- The public keys by which nodes sign the change log, as each node has made its own known. Being listed here makes no key
-- believed: that is decided in each node's data folder.
create table node_key (
    id uuid primary key not null,
    key text unique not null,
    node text not null,
    made_at instant not null
);
