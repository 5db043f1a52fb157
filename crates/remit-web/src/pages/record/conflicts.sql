-- Statements that supersede the same one.
select s.statement, s.fields, s.author, s.said_at as recorded_at, s.source, s.supersedes as apart
from conflict c join statement s on s.statement = c.statement
where c.kind = :kind and c.record = :record
order by s.said_at, s.statement
