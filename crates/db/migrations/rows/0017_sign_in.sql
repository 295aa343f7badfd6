insert into account_voucher (id, digest, purpose, account, facts, made_at, expires_at) values ({1}, 'abc', 'reset', {1}, '{}', '2026-01-01T00:00:00.000000Z', '2026-01-01T01:00:00.000000Z');
insert into account_guess (id, counted, at) values ({1}, 'abc', '2026-01-01T00:00:00.000000Z');
insert into account_totp (account, secret, made_at, last_step) values ({1}, 'abc', '2026-01-01T00:00:00.000000Z', 0);
insert into account_recovery (account, digest) values ({1}, 'abc');
