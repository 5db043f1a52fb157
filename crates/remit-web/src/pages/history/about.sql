-- What small entries are about: what is only proposed by the name that the proposal gives. Waits: nobody has decided on it yet.
select s.entry, s.kind, s.record,
  max(coalesce(nullif(s.title, s.record), json_extract(s.fields, '$.title'), json_extract(s.fields, '$.name'), json_extract(s.fields, '$.task'), s.record)) as title,
  max(s.statement in (select statement from waiting)) as waits
from json_each(:entries) e
cross join statement s on s.entry = e.value
group by s.entry, s.kind, s.record
order by s.entry, title
