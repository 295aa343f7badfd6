-- Requests that a program may send again under the same key and that are carried out once: what came of them, for a day.
create table once_answer (
    account uuid not null references account (id) deferrable initially immediate,
    request_key text not null,
    begun_at instant not null,
    digest text,
    status bigint,
    headers text,
    body text,
    primary key (account, request_key)
);
create index once_answer_begun on once_answer (begun_at);
