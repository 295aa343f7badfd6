create trigger change_fresh_no_update before update on change_fresh
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_fresh_no_delete before delete on change_fresh
when not exists (select 1 from change_sealed s where s.id = old.id)
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_update before update on change_sealed
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_delete before delete on change_sealed
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_seal_no_update before update on change_seal
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_seal_no_delete before delete on change_seal
begin select raise(abort, 'the change log is append-only'); end;
-- `insert or replace` would remove a row without a delete.
create trigger change_fresh_no_replace before insert on change_fresh
when exists (select 1 from change_fresh f where f.id = new.id)
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_sealed_no_replace before insert on change_sealed
when exists (select 1 from change_sealed s where s.position = new.position or s.id = new.id)
begin select raise(abort, 'the change log is append-only'); end;
create trigger change_seal_no_replace before insert on change_seal
when exists (select 1 from change_seal s where s.last = new.last or s.first = new.first)
begin select raise(abort, 'the change log is append-only'); end;

-- Each sealed row as the text that is hashed: its columns, separated by a character that occurs in none of them. What is
-- null and what is empty differ.
create view change_text as
select position,
    -- SQLite keeps what it is given: a value of another kind that reads the same must not pass.
    case when typeof(position) = 'integer' and typeof(id) = 'blob' and typeof(subject) = 'blob'
        and typeof(actor) in ('blob', 'null') and typeof(behalf) in ('blob', 'null')
        and typeof(at) = 'text' and typeof(actor_kind) = 'text' and typeof(verb) = 'text'
        and typeof(subject_kind) = 'text' and typeof(before) in ('text', 'null')
        and typeof(after) in ('text', 'null') and typeof(request) in ('text', 'null')
        then '' else 'kind ' end ||
    cast(position as text) || char(31) || hex(id) || char(31) || at || char(31) || actor_kind || char(31) ||
    case when actor is null then '0' else '1' || hex(actor) end || char(31) ||
    case when behalf is null then '0' else '1' || hex(behalf) end || char(31) ||
    verb || char(31) || subject_kind || char(31) || hex(subject) || char(31) ||
    case when before is null then '0' else '1' || before end || char(31) ||
    case when after is null then '0' else '1' || after end || char(31) ||
    case when request is null then '0' else '1' || request end as text
from change_sealed;
