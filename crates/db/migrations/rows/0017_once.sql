insert into once_answer (account, request_key, begun_at, digest, status, headers, body) values ({1}, 'a', '2026-01-01T00:00:00.000000Z', 'abc', 201, '[]', '{}');
