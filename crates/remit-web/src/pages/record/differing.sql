-- Values of one field of which equally good sources say different things. Corrections that were made apart are listed by themselves.
-- Stages that are told of different days are progress: of a stage only what is told of its newest day stands here, as in `conflicts`.
with told as materialized (
  select d.statement, d.field, d.value, coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date) as day,
    exists (select 1 from stage k where k.kind = d.kind and k.field = d.field) as is_stage
  from disagreement d join statement s on s.statement = d.statement
  where d.kind = :kind and d.record = :record
    and d.statement not in (select statement from conflict where kind = :kind and record = :record)
),
told_now as (
  select t.*, min(value) over (partition by field) <> max(value) over (partition by field) as differs
  from (select told.*, max(day) over (partition by field) as newest from told) t
  where not is_stage or day is null or instr(newest, day) = 1
)
select t.statement, json_object(t.field, json(s.fields -> ('$.' || t.field))) as fields, s.author, s.said_at as recorded_at, s.source,
  t.field as apart
from told_now t join statement s on s.statement = t.statement
where not t.is_stage or t.differs
order by t.field, s.said_at, s.statement
