insert into change_fresh (id, at, actor_kind, verb, subject_kind, subject) values ({4}, '2026-01-01T00:00:00.000000Z', 'operator', 'publication.withdraw', 'publication', {2});
