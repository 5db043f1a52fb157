-- What small entries are about.
select s.entry, s.kind, s.record, max(s.title) as title
from json_each(:entries) e
cross join statement s on s.entry = e.value
group by s.entry, s.kind, s.record
order by s.entry, title
