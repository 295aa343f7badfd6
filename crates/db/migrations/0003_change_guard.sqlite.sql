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
