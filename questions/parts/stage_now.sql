-- The stage of each record of a kind with stages on the day, and who says so. Of stages that have a day the newest counts, since one
-- after another is progress; what is known to be doubtful comes last, and without a day the best statement counts, as elsewhere.
-- `said_on` is the day of the statement that counts, `since` the first day on which that stage was told without another in between.
stage_told as materialized (
  select *, row_number() over (partition by kind, record order by progress(said_on, grade, said_at) desc, statement desc) as nth
  from (
    select s.kind, s.record, json_extract(s.fields, '$.' || k.field) as stage, coalesce(s.valid_from, s.first_cited, s.last_cited, s.source_date) as said_on,
      s.source, s.url, s.grade, s.said_at, s.statement, k.open
    from stage k cross join statement s on s.kind = k.kind
    where s.current = 1 and (s.valid_to is null or s.valid_to >= substr(:valid_on, 1, length(s.valid_to)))
  )
  where stage <> '' and (said_on is null or said_on <= :valid_on)
),
stage_now as materialized (
  select n.kind, n.record, n.stage, n.said_on, n.source, n.url, n.stage in (select value from json_each(n.open)) as open,
    (select min(t.said_on) from stage_told t where t.kind = n.kind and t.record = n.record and t.stage = n.stage
      and t.said_on > coalesce((select max(o.said_on) from stage_told o where o.kind = n.kind and o.record = n.record and o.stage <> n.stage and o.said_on < n.said_on), '')) as since
  from stage_told n where n.nth = 1
)
