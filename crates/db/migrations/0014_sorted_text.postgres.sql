-- Text that is sorted and compared by its bytes, as SQLite does, whatever the order of the database's own language.
create domain sorted_text as text collate "C";
