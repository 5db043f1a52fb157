-- Proposals that nobody has decided on.
select s.statement, s.fields, s.author, s.recorded_at, s.source, s.supersedes as apart
from statement s
where s.kind = :kind and s.record = :record and s.statement in (select statement from waiting)
order by s.said_at, s.statement
