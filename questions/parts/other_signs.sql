-- Support that no aid activity tells of, as known for the day: what somebody stated (projects, trainings, equipment, relations), what a
-- mandate asks of a mission, what a document reports as done. A task that names no institution supports the classes that its kind of
-- task, its function or its words are about. Reads names from the part `called`, projects from `own_projects`, tasks
-- from `told_tasks` and `task_about`, who gives from `known_givers`, relations from `backing`. Actors are looked up once for all of it: SQLite opens
-- a place for each table of each view that is named. What has no date at all holds on no day: it is `undated`, neither active nor ended.
-- `lasts_until` is the end of what is active or planned, as far as one is on record: a task or report without an end of its own lasts as long
-- as its mission. `function_meant` is the function that is named, else what the class is there for, as activities are read.
other_sign as (
  -- What several pay for, or what is for several or for several classes, stands once for each of them; its amount is told once, with those
  -- named first. Of the classes, that of an institution which is named is told with it: the others name none (`is_rest`).
  select 'stated' as sign, y.value as supporter, case when y.value is p.supporter then p.supporter_name end as supporter_name,
    s.value ->> '$.who' as recipient, case when s.value ->> '$.who' is p.recipient then p.recipient_name end as recipient_name,
    s.value ->> '$.class' as class, p.classes, p.recipient is not null and s.value ->> '$.who' is null as is_rest,
    coalesce(p.function, case p.modality when 'train' then 'training_and_education' end) as function, p.country,
    p.title as what, 'project' as kind, p.record, case when y.value is p.supporter and s.key = 0 then p.spent end as amount,
    case when y.value is p.supporter and s.key = 0 then p.committed end as committed, p.currency, p.starts, p.ends,
    p.phase_shown as phase, 1 as own_dates, p.source, p.url
  from (
    select p.*, coalesce((select json_group_array(distinct value ->> '$.code') filter (where value ->> '$.code' is not null)
        from json_each(json_insert(coalesce(p.other_classes, '[]'), '$[#]', json_object('code', p.recipient_class)))), '[]') as classes
    from own_projects p
  ) p, json_each(json_insert(coalesce(p.other_supporters, '[]'), '$[#]', p.supporter)) y,
    json_each((select json_group_array(json_object('who', who, 'class', class)) from (
      select p.recipient as who, p.recipient_class as class
      union all select value, null from json_each(p.other_recipients) where value is not p.recipient
      union all select null, value from json_each(p.classes) where p.recipient is not null or value is not p.recipient_class))) s
  union all
  select 'stated', coalesce(t.given_by, t.supporter, t.trainer_unit, t.trained_by), coalesce(t.given_by_name, t.supporter, t.trainer_unit, t.trained_by_name), t.recipient, t.recipient_unit, null, null, 0,
    'training_and_education', t.country, coalesce(t.course, t.program), 'training', t.record, t.cost, null, t.currency, t.starts, t.ends,
    case when coalesce(t.starts, t.ends) is null then 'undated' when t.starts > :valid_on then 'planned' when t.starts <= :valid_on and t.ends >= substr(:valid_on, 1, length(t.ends)) then 'active' else 'ended' end, 1, t.source, t.url
  -- What was recorded before it began is planned until then; of what came on record afterwards nobody knew that on the day.
  from training t where t.starts is null or t.starts <= :valid_on or t.starts > t.recorded_at
  union all
  select 'stated', q.supporter, q.supporter_name, q.recipient, q.recipient_name, null, null, 0, null, null, q.item, 'equipment', q.record, q.value, null, q.currency,
    q.handed_over, q.handed_over, case when q.handed_over is null then 'undated' when q.handed_over > :valid_on then 'planned' else 'ended' end, 1, q.source, q.url
  from equipment q where q.handed_over is null or q.handed_over <= :valid_on or q.handed_over > q.recorded_at
  union all
  select 'stated', r.subject, r.subject_name, r.object, r.object_name, null, null, 0, null, null, r.subject_name || ' → ' || r.object_name,
    'relation', r.record, null, null, null, r.starts, r.ends, r.phase, r.own_dates, r.source, r.url
  from backing r
  union all
  select t.sign, t.mission, t.mission_name, t.partner, t.partner_name, c.class, null, 0, t.function, t.country, t.task, t.kind, t.record, null, null, null, t.starts, t.ends,
    t.phase, 1, t.source, t.url
  from told_tasks t left join task_about c on c.kind = t.kind and c.record = t.record
),
-- Acronyms that one service alone has in its country: a unit that is called by one is of its class (“FARDC 31 Bde”). That of a ministry
-- stands beside units of all its services.
own_acronym as materialized (
  select q.country, ' ' || q.acronym || ' ' as acronym, q.class from called q join code c on c.list = 'actor_class' and c.code = q.class and c.category <> 'partner'
  where length(q.acronym) > 2 and q.class <> 'ministry'
),
other_signs as materialized (
  select sign, supporter, supporter_name, actor_class, security_function,
    case security_function when 'unspecified' then coalesce(usual_function(actor_class), 'unspecified') else security_function end as function_meant, country, recipient, recipient_name, what, kind, record,
    case when currency = 'USD' then amount end as disbursed_usd, case when currency is distinct from 'USD' then amount end as amount,
    case when currency = 'USD' then committed end as committed_usd, case when currency is distinct from 'USD' then committed end as committed,
    case when currency <> 'USD' and (amount is not null or committed is not null) then currency end as currency, starts, ends,
    -- Of what was to begin and may not have, a gap knows as much as of what may be over.
    case phase when 'not_begun' then 'overdue' else phase end as phase, phase as phase_shown, phase = 'active' as active,
    case when phase in ('active', 'planned') then coalesce(case when ends >= substr(:valid_on, 1, length(ends)) then ends end, mission_lasts_until) end as lasts_until, source, url
  from (select *, max(not is_rest) over (partition by kind, record, actor_class) as is_named from (
    select o.sign, o.supporter, coalesce(nullif(o.supporter_name, o.supporter), e.name, o.supporter) as supporter_name,
      -- A unit of another country that is trained here is no service of this country.
      coalesce(case when coalesce(r.class, n.class) in (select value from json_each(o.classes)) then coalesce(r.class, n.class) end, o.class, case when o.country is null or coalesce(r.country, o.country) = o.country then r.class end, n.class,
        -- Of whom no record is called so, the words say what sort of body it is: “Army”, “Ministry of Defence”. Who gives support gets none here.
        case when o.sign = 'stated' and r.record is null and n.record is null then
          coalesce((select c.code from code c where c.list = 'actor_class' and c.code = told('actor_class', o.recipient_name) and c.category <> 'partner'),
            (select max(q.class) from own_acronym q where q.country = o.country and instr(' ' || replace(replace(replace(replace(replace(o.recipient_name, '(', ' '), ')', ' '), ',', ' '), '/', ' '), '-', ' ') || ' ', q.acronym) > 0
              having count(distinct q.class) = 1)) end,
        'unspecified') as actor_class, o.is_rest,
      coalesce(o.function, 'unspecified') as security_function,
      coalesce(o.country, r.country, n.country, e.mission_country, home_country()) as country,
      coalesce(r.record, n.record) as recipient, coalesce(o.recipient_name, r.name) as recipient_name, o.what, o.kind, o.record, o.amount, o.committed, o.currency, o.starts, o.ends,
      -- What a mission that is over gave goes on only if somebody confirms it; of tasks and reports their part says so.
      case when o.phase = 'active' and not o.own_dates and e.is_over then 'overdue' else o.phase end as phase,
      case when o.kind in ('mandated_task', 'engagement') then e.lasts_until end as mission_lasts_until, o.source, o.url
    from other_sign o
    left join actor r on r.record = o.recipient
    left join called n on r.record is null and n.called = folded(coalesce(o.recipient_name, o.recipient)) and (n.country = o.country or n.alone and (n.country is null or o.country is null))
    left join known_givers e on e.actor = o.supporter
  )) where not (is_rest and is_named)
)
