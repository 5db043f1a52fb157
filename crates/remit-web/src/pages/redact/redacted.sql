-- The values of a record that were taken away, and whether what is left of the statement stands.
select r.statement, r.field, r.ordered_by, r.reason, r.recorded_at,
  exists (select 1 from statement s where s.statement = r.statement and s.current = 1) as current
from redaction r
where r.kind = :kind and r.record = :record
order by r.recorded_at, r.field
