insert into membership (organisation, class, since, valid_until, version) values ({1}, 'ordinary', '2026-01-01T00:00:00.000000Z', '2027-01-01T00:00:00.000000Z', 1);
insert into membership_period (organisation, from_at, place, class) values ({1}, '2026-01-01T00:00:00.000000Z', 1, 'ordinary');
insert into membership_application (id, reference, organisation, applicant, country, state, statement, checks, submitted_at, version) values ({1}, 'M20260101-000001', {1}, {1}, 'LA', 'submitted', 'We farm fish.', '[]', '2026-01-01T00:00:00.000000Z', 1);
insert into membership_document (application, place, file, title) values ({1}, 0, {1}, 'Registration');
insert into affiliation (id, organisation, account, state, position, administrator, since, version) values ({1}, {1}, {1}, 'active', '', true, '2026-01-01T00:00:00.000000Z', 1);
insert into membership_training (id, organisation, title, held_on, people, certified, made_at) values ({1}, {1}, 'Licensing', '2026-01-01', 2, true, '2026-01-01T00:00:00.000000Z');
insert into membership_score (organisation, year, criterion, points, note, scored_at) values ({1}, 2026, 'training', 3, '', '2026-01-01T00:00:00.000000Z');
