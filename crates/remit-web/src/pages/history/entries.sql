-- What was taken away with an entry here is gone: it cannot be undone.
select recorded_at, author, act, statements, standing, entry,
  exists (select 1 from redaction r where r.entry = entry.entry and r.taken_from is null) as is_final
from entry
order by recorded_at desc
limit 200
