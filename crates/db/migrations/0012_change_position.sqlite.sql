-- `position` becomes the table's own order (`integer primary key`): no second look-up for each row that is read by position.
-- The rows, and with them every seal, stay as they are.
drop view change_text;
drop trigger change_fresh_no_delete;
create table change_sealed_placed (
    position integer primary key not null,
    id uuid unique not null,
    at instant not null,
    actor_kind text not null,
    actor uuid,
    behalf uuid,
    verb text not null,
    subject_kind text not null,
    subject uuid not null,
    before text,
    after text,
    request text
);
insert into change_sealed_placed
select position, id, at, actor_kind, actor, behalf, verb, subject_kind, subject, before, after, request
from change_sealed order by position;
-- Its triggers and its index go with it.
drop table change_sealed;
alter table change_sealed_placed rename to change_sealed;
create index change_sealed_subject on change_sealed (subject, position);

create trigger change_fresh_no_delete before delete on change_fresh
when not exists (select 1 from change_sealed s where s.id = old.id)
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_update before update on change_sealed
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_delete before delete on change_sealed
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_replace before insert on change_sealed
when exists (select 1 from change_sealed s where s.position = new.position or s.id = new.id)
begin select raise(abort, 'the change log is append-only'); end;

-- The same text as before, put together in one go instead of two dozen.
create view change_text as
select position,
    concat(
        -- SQLite keeps what it is given: a value of another kind that reads the same must not pass. (A position cannot
        -- be anything but an integer.)
        case when typeof(id) = 'blob' and typeof(subject) = 'blob'
            and typeof(at) = 'text' and typeof(actor_kind) = 'text' and typeof(verb) = 'text'
            and typeof(subject_kind) = 'text'
            and (actor is null or typeof(actor) = 'blob') and (behalf is null or typeof(behalf) = 'blob')
            and (before is null or typeof(before) = 'text') and (after is null or typeof(after) = 'text')
            and (request is null or typeof(request) = 'text')
            then '' else 'kind ' end,
        position, char(31), hex(id), char(31), at, char(31), actor_kind, char(31),
        case when actor is null then '0' else '1' || hex(actor) end, char(31),
        case when behalf is null then '0' else '1' || hex(behalf) end, char(31),
        verb, char(31), subject_kind, char(31), hex(subject), char(31),
        case when before is null then '0' else '1' || before end, char(31),
        case when after is null then '0' else '1' || after end, char(31),
        case when request is null then '0' else '1' || request end
    ) as text
from change_sealed;
