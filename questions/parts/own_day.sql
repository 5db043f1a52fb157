-- The fields that say when it was what a record tells of: every date of its kind but the day by which it is due, a year also where it
-- is a plain number, and the survey of an answer, which has the day. A kind that a workspace adds is among them by itself.
own_day as materialized (
  select kind, field from kind_field f
  where type = 'date' and not exists (select 1 from stage s where s.kind = f.kind and s.due = f.field) or field = 'year' or refers_to = 'survey'
)
