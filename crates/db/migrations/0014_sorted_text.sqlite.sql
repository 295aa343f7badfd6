-- Text is sorted by its bytes here: `sorted_text` is a name for it that PostgreSQL takes in earnest.
select 1;
