insert into words (owner, field, language, value, origin, source_revision) values ({2}, 'title', 'lo', 'ຂ່າວ', 'human', 1);
