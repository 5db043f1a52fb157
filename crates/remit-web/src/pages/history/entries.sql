-- What was taken away with an entry here is gone, so that it cannot be undone: who ordered it, and why.
select recorded_at, author, act, statements, standing, entry,
  (select r.ordered_by from redaction r where r.entry = entry.entry and r.taken_from is null limit 1) as ordered_by,
  (select r.reason from redaction r where r.entry = entry.entry and r.taken_from is null limit 1) as reason
from entry
order by recorded_at desc
limit 200
