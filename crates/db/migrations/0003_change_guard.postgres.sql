create function change_refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the change log is append-only';
end $$;
create function change_refuse_unless_sealed() returns trigger language plpgsql as $$
begin
    if not exists (select 1 from change_sealed s where s.id = old.id) then
        raise exception 'the change log is append-only';
    end if;
    return old;
end $$;
create trigger change_fresh_no_update before update on change_fresh for each row execute function change_refuse();
create trigger change_fresh_no_delete before delete on change_fresh
    for each row execute function change_refuse_unless_sealed();
create trigger change_fresh_no_truncate before truncate on change_fresh execute function change_refuse();
create trigger change_sealed_no_update before update or delete on change_sealed
    for each row execute function change_refuse();
create trigger change_sealed_no_truncate before truncate on change_sealed execute function change_refuse();
create trigger change_seal_no_update before update or delete on change_seal
    for each row execute function change_refuse();
create trigger change_seal_no_truncate before truncate on change_seal execute function change_refuse();

-- Each sealed row as the text that is hashed: its columns, separated by a character that occurs in none of them. What is
-- null and what is empty differ.
create view change_text as
select position,
    cast(position as text) || chr(31) || hex(id) || chr(31) || at || chr(31) || actor_kind || chr(31) ||
    case when actor is null then '0' else '1' || hex(actor) end || chr(31) ||
    case when behalf is null then '0' else '1' || hex(behalf) end || chr(31) ||
    verb || chr(31) || subject_kind || chr(31) || hex(subject) || chr(31) ||
    case when before is null then '0' else '1' || before end || chr(31) ||
    case when after is null then '0' else '1' || after end || chr(31) ||
    case when request is null then '0' else '1' || request end as text
from change_sealed;
