-- What is over without saying so itself: another statement of the same, in this record or in another, tells an end, after which this one neither
-- starts nor was cited. Each statement with that end, and since when the register tells of it.
told_over as materialized (
  select statement, max(valid_to) as valid_to, min(seq) as seq, min(recorded_at) as recorded_at
  from (
    select a.statement, a.last_told, e.valid_to, e.seq, e.recorded_at
    from same_state e join same_state a on a.kind = e.kind and a.record = e.record
    where e.valid_to is not null and a.valid_to is null and a.statement <> e.statement
      and not exists (select 1 from json_each(a.fields) f
        where f.key in ('person', 'actor', 'role', 'subject', 'relation', 'object', 'power') and f.value is not null
          and json_extract(e.fields, '$.' || f.key) is not f.value)
    union all
    select a.statement, a.last_told, e.valid_to, e.seq, e.recorded_at
    from same_state e join same_state a on a.kind = e.kind and a.same = e.same
    where e.valid_to is not null and a.valid_to is null and a.record <> e.record
  )
  where substr(last_told, 1, length(valid_to)) <= valid_to
  group by statement
)
