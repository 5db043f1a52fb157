-- What missions are asked to do, and what documents say that they do, with the phase of each: for all who ask the same. Reads who gives from
-- the part `known_givers`.
--
-- The last end on record of each mandate.
mandate_until as materialized (
  select record, max(coalesce(valid_to, '9999')) as ends from statement where kind = 'mandate' and current = 1 group by record
),
-- Tasks of which the last end is past on the day, and of which nobody spoke after that end.
past_tasks as materialized (
  select record, fields, valid_from, ends, source, url from (
    select record, fields, valid_from, max(valid_to) as ends, open_since, source, url from (
      select record, fields, valid_from, valid_to, source, url,
        max(case when valid_to is null then coalesce(last_cited, valid_from, json_extract(fields, '$.adopted'), '') end) over (partition by record) as open_since
      from statement where kind = 'mandated_task' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' and coalesce(coalesce(valid_from, json_extract(fields, '$.adopted'), first_cited) <= :valid_on, 1)
    ) group by record
  ) where ends < substr(:valid_on, 1, length(ends)) and coalesce(open_since <= ends, 1)
),
held_tasks as materialized (
  select m.*, max(coalesce(m.last_cited, m.first_cited, substr(m.verified_at, 1, 10)), coalesce(substr(m.verified_at, 1, 10), '')) as last_told from mandated_task m
),
-- A task without an end of its own goes on while the mandate does that has one to come, else for a year after a source spoke of it: where
-- no source says when it did, while its mandate is not over.
task_told as (
  select 'mandated' as sign, m.mission, m.mission_name, null as partner, null as partner_name, m.ssr_task, m.function, m.country, m.task,
    'mandated_task' as kind, m.record, m.valid_from as starts, coalesce(p.ends, m.valid_to) as ends, coalesce(p.ends, m.valid_to) is not null as own_dates, p.record is not null as is_past,
    case when d.ends < '9999' and d.ends >= substr(:valid_on, 1, length(d.ends)) then 1
      when m.last_told is null then coalesce(d.ends >= substr(:valid_on, 1, length(d.ends)), 1) else m.last_told >= substr(plus_months(:valid_on, -12), 1, length(m.last_told)) end as goes_on,
    m.undated and m.mandate is null as undated, m.source, m.url
  from held_tasks m left join mandate_until d on d.record = m.mandate left join past_tasks p on p.record = m.record
  union all
  select 'mandated', json_extract(p.fields, '$.mission'), null, null, null, json_extract(p.fields, '$.ssr_task'), json_extract(p.fields, '$.function'), json_extract(p.fields, '$.country'),
    json_extract(p.fields, '$.task'), 'mandated_task', p.record, coalesce(p.valid_from, json_extract(p.fields, '$.adopted')), p.ends, 1, 1, 0, 0, p.source, p.url
  from past_tasks p where p.record not in (select record from held_tasks)
  union all
  -- What goes on is told for a year; what was done holds for the days that it names.
  select 'reported', e.mission, e.mission_name, e.partner, e.partner_name, e.ssr_task, e.function, e.country, e.task, 'engagement', e.record,
    coalesce(e.valid_from, e.date), coalesce(e.valid_to, e.date),
    coalesce(e.valid_from <= :valid_on and e.valid_to >= substr(:valid_on, 1, length(e.valid_to)), 0), 0,
    coalesce(e.mode = 'ongoing' and e.valid_to is null and e.date >= substr(plus_months(:valid_on, -12), 1, length(e.date)), 0), coalesce(e.date, e.valid_from, e.valid_to) is null, e.source, e.url
  from engagement e where e.mode in ('done', 'ongoing') and (coalesce(e.valid_from, e.date) is null or coalesce(e.valid_from, e.date) <= :valid_on)
),
-- A task ends with its own end or with its mission. An end that was that of the last term on record says only that nobody knows of a renewal.
told_tasks as materialized (
  select t.sign, t.mission, coalesce(t.mission_name, g.name) as mission_name, t.partner, t.partner_name, t.ssr_task, t.function, t.country, t.task, t.kind, t.record, t.starts, t.ends, t.own_dates,
    case when t.undated then 'undated' when t.kind = 'mandated_task' and g.is_gone then 'ended'
      when t.is_past then case when substr(g.lasts_until, 1, length(t.ends)) <= t.ends then 'overdue' else 'ended' end
      when t.own_dates or t.goes_on and g.is_over is not 1 then 'active' when t.kind = 'engagement' then 'reported_earlier' else 'overdue' end as phase, t.source, t.url
  from task_told t left join known_givers g on g.actor = t.mission
)
