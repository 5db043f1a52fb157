-- Every statement about a record, with what the one said that it takes the place of. What took something back, or rejected it, can be undone
-- as long as nothing has come in its place.
select s.*, (select b.fields from statement b where b.statement = s.supersedes) as fields_before,
  s.statement in (select statement from waiting) as waits,
  (s.withdrawn or s.status_of_statement = 'rejected')
    and not exists (select 1 from statement later where later.supersedes = s.statement and later.status_of_statement <> 'proposed') as takes_back
from statement s
where s.kind = :kind and s.record = :record
order by s.seq desc
