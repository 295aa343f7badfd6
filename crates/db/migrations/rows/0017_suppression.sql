insert into suppression (id, address, reason, words, made_at) values ({1}, 'gone@example.org', 'bounce', '550 5.1.1 no such mailbox', '2026-01-01T00:00:00.000000Z');
