-- Mandates of which the last end on record is past on the day.
ended_mandates as materialized (
  select record from statement where kind = 'mandate' and current = 1
  group by record having max(coalesce(valid_to, '9999')) < substr(:valid_on, 1, length(max(coalesce(valid_to, '9999'))))
),
-- A task without a date of its own holds as long as its mandate does; past that it goes on for a year after a source spoke of it.
told_tasks as materialized (
  select 'mandated' as sign, m.mission, m.mission_name, null as partner, null as partner_name, m.ssr_task, m.function, m.country, m.task,
    'mandated_task' as kind, m.record, m.valid_from as starts, m.valid_to as ends, m.valid_to is not null as own_dates,
    m.mandate is null or m.mandate not in (select record from ended_mandates)
      or coalesce(m.last_cited >= substr(plus_months(:valid_on, -12), 1, length(m.last_cited)), 0) as goes_on, m.undated and m.mandate is null as undated, m.source, m.url
  from mandated_task m
  union all
  -- What goes on is told for a year; what was done holds for the days that it names.
  select 'reported', e.mission, e.mission_name, e.partner, e.partner_name, e.ssr_task, e.function, e.country, e.task, 'engagement', e.record,
    coalesce(e.valid_from, e.date), coalesce(e.valid_to, e.date),
    coalesce(e.valid_from <= :valid_on and e.valid_to >= substr(:valid_on, 1, length(e.valid_to)), 0),
    coalesce(e.mode = 'ongoing' and e.valid_to is null and e.date >= substr(plus_months(:valid_on, -12), 1, length(e.date)), 0), coalesce(e.date, e.valid_from, e.valid_to) is null, e.source, e.url
  from engagement e where e.mode in ('done', 'ongoing') and (coalesce(e.valid_from, e.date) is null or coalesce(e.valid_from, e.date) <= :valid_on)
)
