-- Proposals that nobody has decided on.
select s.statement, s.fields, s.author, s.recorded_at, s.source, s.supersedes as apart
from statement s
where s.kind = :kind and s.record = :record and s.status_of_statement = 'proposed' and s.withdrawn = 0
  and not exists (select 1 from statement n where n.supersedes = s.statement)
order by s.said_at, s.statement
