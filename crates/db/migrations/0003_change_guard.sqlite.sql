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

-- Each sealed row as the text that is hashed: its columns, separated by a character that occurs in none of them. What is
-- null and what is empty differ.
create view change_text as
select position,
    cast(position as text) || char(31) || hex(id) || char(31) || at || char(31) || actor_kind || char(31) ||
    case when actor is null then '0' else '1' || hex(actor) end || char(31) ||
    case when behalf is null then '0' else '1' || hex(behalf) end || char(31) ||
    verb || char(31) || subject_kind || char(31) || hex(subject) || char(31) ||
    case when before is null then '0' else '1' || before end || char(31) ||
    case when after is null then '0' else '1' || after end || char(31) ||
    case when request is null then '0' else '1' || request end as text
from change_sealed;
