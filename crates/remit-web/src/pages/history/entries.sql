-- What was taken away with an entry here is gone: it cannot be undone. What an entry took back, or rejected, can be said again as long as
-- nobody has done so; where something of the entry is still valid, there is no need to look.
select recorded_at, author, act, statements, standing, entry,
  exists (select 1 from redaction r where r.entry = entry.entry and r.taken_from is null) as is_final,
  standing = 0 and exists (
    select 1 from statement s
    where s.entry = entry.entry and (s.withdrawn or s.status_of_statement = 'rejected')
      and not exists (select 1 from statement later where later.supersedes = s.statement and later.status_of_statement <> 'proposed')
  ) as takes_back
from entry
order by recorded_at desc
limit 200
