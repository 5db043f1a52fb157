-- Values of one field of which equally good sources say different things. Corrections that were made apart are listed by themselves, and
-- stages that are told of different days are progress.
select d.statement, json_object(d.field, json(s.fields -> ('$.' || d.field))) as fields, s.author, s.said_at as recorded_at, s.source,
  d.field as apart
from disagreement d join statement s on s.statement = d.statement
where d.kind = :kind and d.record = :record
  and d.statement not in (select statement from conflict where kind = :kind and record = :record)
  and not exists (select 1 from stage k where k.kind = d.kind and k.field = d.field)
order by d.field, s.said_at, s.statement
