insert into change_fresh (id, at, actor_kind, verb, subject_kind, subject) values ({1}, '2026-01-01T00:00:00.000000Z', 'operator', 'publication.publish', 'publication', {2});
insert into change_sealed (position, id, at, actor_kind, verb, subject_kind, subject, after) values (1, {3}, '2026-01-01T00:00:00.000000Z', 'operator', 'publication.publish', 'publication', {2}, '{}');
insert into change_seal (last, first, previous, locators, hash, signer, signature, made_at) values (1, 1, 'x', 'l', 'y', 'z', 's', '2026-01-01T00:00:00.000000Z');
insert into change_reader (name, position, read_at) values ('index', 1, '2026-01-01T00:00:00.000000Z');
