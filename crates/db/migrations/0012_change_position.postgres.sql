-- The same text as before; and a row without one of the values that none may lack (somebody has dropped the guards) has a
-- text of its own, instead of none that an aggregate would pass over.
create or replace view change_text as
select position,
    coalesce(
    cast(position as text) || chr(31) || hex(id) || chr(31) || at || chr(31) || actor_kind || chr(31) ||
    case when actor is null then '0' else '1' || hex(actor) end || chr(31) ||
    case when behalf is null then '0' else '1' || hex(behalf) end || chr(31) ||
    verb || chr(31) || subject_kind || chr(31) || hex(subject) || chr(31) ||
    case when before is null then '0' else '1' || before end || chr(31) ||
    case when after is null then '0' else '1' || after end || chr(31) ||
    case when request is null then '0' else '1' || request end,
    'incomplete') as text
from change_sealed;
