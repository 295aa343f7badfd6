insert into node (name, version, started_at, seen_at) values ('one', '0.1.0', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z');
