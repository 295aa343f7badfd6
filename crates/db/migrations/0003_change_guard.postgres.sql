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
