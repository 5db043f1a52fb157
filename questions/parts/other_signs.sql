-- Support that no aid activity tells of, as known for the day: what somebody stated (projects, trainings, equipment, relations), what a
-- mandate asks of a mission, what a document reports as done. A task that names no institution supports the class that its kind of
-- task is about. Actors are looked up once for all of it: SQLite opens a place for each table of each view that is named.
task_class(task, class) as (values
  ('parliamentary_oversight', 'parliament'), ('civil_society_oversight', 'civil_society'), ('police_reform', 'police'),
  ('community_policing', 'police'), ('defence_reform', 'military'), ('military_training', 'military'),
  ('intelligence_reform', 'intelligence'), ('justice_reform', 'justice'), ('corrections_reform', 'corrections'),
  ('accountability_and_complaints', 'oversight'), ('national_security_strategy', 'ministry')
),
other_sign as (
  select 'stated' as sign, p.supporter, p.supporter_name, p.recipient, p.recipient_name, p.recipient_class as class, p.function, p.country,
    p.title as what, 'project' as kind, p.record, case when p.currency = 'USD' then p.spent end as disbursed_usd, p.starts, p.ends,
    case when (p.starts is null or p.starts <= :valid_on) and (p.ends is null or p.ends >= substr(:valid_on, 1, length(p.ends)))
      and coalesce(p.status, '2') in ('2', '3') then 1 else 0 end as active, p.source, p.url
  from project p where p.starts is null or p.starts <= :valid_on
  union all
  select 'stated', coalesce(t.given_by, t.supporter), coalesce(t.given_by_name, t.supporter), t.recipient, t.recipient_unit, null,
    'training_and_education', t.country, coalesce(t.course, t.program), 'training', t.record, case when t.currency = 'USD' then t.cost end,
    t.starts, t.ends, case when t.starts <= :valid_on and t.ends >= :valid_on then 1 else 0 end, t.source, t.url
  from training t where t.starts is null or t.starts <= :valid_on
  union all
  select 'stated', q.supporter, q.supporter_name, q.recipient, q.recipient_name, null, null, null, q.item, 'equipment', q.record,
    case when q.currency = 'USD' then q.value end, q.handed_over, q.handed_over, 0, q.source, q.url
  from equipment q where q.handed_over is null or q.handed_over <= :valid_on
  union all
  select 'stated', r.subject, r.subject_name, r.object, r.object_name, null, null, null, r.subject_name || ' → ' || r.object_name,
    'relation', r.record, null, r.valid_from, r.valid_to, 1, r.source, r.url
  from relation r where r.relation = 'supports'
  union all
  select 'mandated', m.mission, m.mission_name, null, null, c.class, m.function, m.country, m.task, 'mandated_task', m.record, null,
    m.valid_from, m.valid_to, 1, m.source, m.url
  from mandated_task m left join task_class c on c.task = m.ssr_task
  union all
  select 'reported', e.mission, e.mission_name, e.partner, e.partner_name, case when e.partner is null then c.class end, e.function, e.country,
    e.task, 'engagement', e.record, null, e.date, e.date, case when e.mode = 'ongoing' then 1 else 0 end, e.source, e.url
  from engagement e left join task_class c on c.task = e.ssr_task
  where e.mode in ('done', 'ongoing') and (e.date is null or e.date <= :valid_on)
),
other_signs as materialized (
  select o.sign, o.supporter, coalesce(o.supporter_name, o.supporter) as supporter_name, coalesce(o.class, r.class, 'unspecified') as actor_class,
    coalesce(o.function, 'unspecified') as security_function, coalesce(o.country, r.country, s.country) as country,
    coalesce(o.recipient_name, r.name) as recipient_name, o.what, o.kind, o.record, o.disbursed_usd, o.starts, o.ends, o.active, o.source, o.url
  from other_sign o
  left join actor r on r.record = o.recipient or (o.recipient is null and r.name = o.recipient_name and r.country = o.country)
  left join actor s on s.record = o.supporter
)
