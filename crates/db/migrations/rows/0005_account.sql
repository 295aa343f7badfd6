insert into account (id, name, role, made_at, version) values ({1}, 'Ana', 'editor', '2026-01-01T00:00:00.000000Z', 1);
insert into account_token (id, account, label, digest, made_at) values ({2}, {1}, 'feed', 'abc', '2026-01-01T00:00:00.000000Z');
