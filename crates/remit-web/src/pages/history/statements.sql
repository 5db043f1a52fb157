-- Every statement about a record, with what the one said that it takes the place of.
select s.*, (select b.fields from statement b where b.statement = s.supersedes) as fields_before,
  s.statement in (select statement from waiting) as waits
from statement s
where s.kind = :kind and s.record = :record
order by s.seq desc
