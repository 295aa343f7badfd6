insert into node_key (id, key, node, made_at) values ({1}, 'abc', 'one', '2026-01-01T00:00:00.000000Z');
