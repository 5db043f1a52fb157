-- Support by every sign of it: a row for each activity, training, item of equipment, relation, mandated task and reported activity, by
-- recipient and function, as known for the day. A task that names no institution supports the class that its kind of task is about.
task_class(task, class) as (values
  ('parliamentary_oversight', 'parliament'), ('civil_society_oversight', 'civil_society'), ('police_reform', 'police'),
  ('community_policing', 'police'), ('defence_reform', 'military'), ('military_training', 'military'),
  ('intelligence_reform', 'intelligence'), ('justice_reform', 'justice'), ('corrections_reform', 'corrections'),
  ('accountability_and_complaints', 'oversight'), ('national_security_strategy', 'ministry')
),
support_by_sign as (
  select case when sign = 'read' then 'read' else 'coded' end as sign, supporter, supporter_name, actor_class, security_function, country,
    null as recipient_name, title as what, 'activity' as kind, identifier as record, disbursed_usd, starts, ends,
    case when phase = 'active' then 1 else 0 end as active, null as source, null as url
  from support
  union all
  select 'stated', p.supporter, coalesce(p.supporter_name, p.supporter), coalesce(p.recipient_class, a.class, 'unspecified'),
    coalesce(p.function, 'unspecified'), coalesce(p.country, a.country), p.recipient_name, p.title, 'project', p.record,
    case when p.currency = 'USD' then p.spent end, p.starts, p.ends,
    case when (p.starts is null or p.starts <= :valid_on) and (p.ends is null or p.ends >= substr(:valid_on, 1, length(p.ends)))
      and coalesce(p.status, '2') in ('2', '3') then 1 else 0 end, p.source, p.url
  from project p left join actor a on a.record = p.recipient
  where p.starts is null or p.starts <= :valid_on
  union all
  select 'stated', coalesce(t.given_by, s.record, t.supporter), coalesce(t.given_by_name, t.supporter), coalesce(a.class, 'unspecified'), 'training_and_education', t.country,
    coalesce(a.name, t.recipient_unit), coalesce(t.course, t.program), 'training', t.record, case when t.currency = 'USD' then t.cost end, t.starts, t.ends,
    case when t.starts <= :valid_on and t.ends >= :valid_on then 1 else 0 end, t.source, t.url
  from training t left join actor a on a.record = t.recipient or (t.recipient is null and a.name = t.recipient_unit and a.country = t.country) left join actor s on s.name = t.supporter
  where t.starts is null or t.starts <= :valid_on
  union all
  select 'stated', q.supporter, coalesce(q.supporter_name, q.supporter), coalesce(a.class, 'unspecified'), 'unspecified', a.country,
    q.recipient_name, q.item, 'equipment', q.record, case when q.currency = 'USD' then q.value end, q.handed_over, q.handed_over, 0, q.source, q.url
  from equipment q left join actor a on a.record = q.recipient
  where q.handed_over is null or q.handed_over <= :valid_on
  union all
  select 'stated', r.subject, r.subject_name, coalesce(a.class, 'unspecified'), 'unspecified', a.country,
    r.object_name, r.subject_name || ' → ' || r.object_name, 'relation', r.record, null, r.valid_from, r.valid_to, 1, r.source, r.url
  from relation r left join actor a on a.record = r.object
  where r.relation = 'supports'
  union all
  select 'mandated', m.mission, m.mission_name, coalesce(c.class, 'unspecified'), coalesce(m.function, 'unspecified'), coalesce(m.country, a.country),
    null, m.task, 'mandated_task', m.record, null, m.valid_from, m.valid_to, 1, m.source, m.url
  from mandated_task m left join actor a on a.record = m.mission left join task_class c on c.task = m.ssr_task
  union all
  select 'reported', e.mission, e.mission_name, coalesce(p.class, c.class, 'unspecified'), coalesce(e.function, 'unspecified'), coalesce(e.country, a.country),
    e.partner_name, e.task, 'engagement', e.record, null, e.date, e.date, case when e.mode = 'ongoing' then 1 else 0 end, e.source, e.url
  from engagement e left join actor a on a.record = e.mission left join actor p on p.record = e.partner left join task_class c on c.task = e.ssr_task
  where e.mode in ('done', 'ongoing') and (e.date is null or e.date <= :valid_on)
)
