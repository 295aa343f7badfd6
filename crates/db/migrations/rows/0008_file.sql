insert into file (id, digest, bytes, media_type, name, tier, owner, made_at) values ({1}, 'abc', 3, 'text/plain', 'a.txt', 'public', {1}, '2026-01-01T00:00:00.000000Z');
