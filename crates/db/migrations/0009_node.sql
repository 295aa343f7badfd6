-- The processes that serve this database, each with its last sign of life.
create table node (
    name text primary key not null,
    version text not null,
    started_at instant not null,
    seen_at instant not null
);
