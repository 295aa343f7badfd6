-- A moment in its written form: the same text on both engines, sorted by bytes, so that text order is time order.
create domain instant as text collate "C" check (value ~ '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$');

-- As SQLite's hex(): upper case, no dashes.
create function hex(id uuid) returns text language sql immutable strict parallel safe
    return upper(replace(id::text, '-', ''));
