-- Every statement about a record, with what the one said that it takes the place of.
select s.*, (select b.fields from statement b where b.statement = s.supersedes) as fields_before,
  s.status_of_statement = 'proposed' and s.withdrawn = 0
    and not exists (select 1 from statement n where n.supersedes = s.statement and n.status_of_statement <> 'proposed') as waits
from statement s
where s.kind = :kind and s.record = :record
order by s.seq desc
