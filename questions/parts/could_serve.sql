-- What may serve a task that is mandated, a reform or an outcome of a dialogue, and nobody has said to: of the tasks of `:mission`, of
-- `:country` and of `:task`, as far as they are given. Reads names from the part `called`, projects from `own_projects`.
could_wanted as (
  select 'mandated_task' as kind, t.record, t.task as title, t.mission as actor, coalesce(a.acronym, t.mission_name) as actor_name, coalesce(t.country, a.country) as country,
    t.ssr_task, t.activity_category, t.function, coalesce(t.valid_from, t.adopted) as since
  from mandated_task t left join actor a on a.record = t.mission
  where :mission = '' or t.mission = :mission or lower(a.acronym) = lower(:mission) or lower(a.name) = lower(:mission)
  union all
  select 'reform', r.record, r.title, r.lead, r.lead_name, coalesce(r.country, p.country), null, null, null, coalesce(r.starts, p.adopted)
  from reform r left join strategy p on p.record = r.strategy where :mission = ''
  union all
  select 'outcome', o.record, o.text, o.responsible, o.responsible_name, d.country, null, null, null, o.date
  from outcome o left join dialogue d on d.record = o.dialogue where :mission = ''
),
could_task as materialized (
  select * from could_wanted where (:country = '' or country = :country) and (:task = '' or record = :task)
),
-- Texts are folded once each; signs between words are none of them. What a task is called says less than the sentence of its mandate.
could_sentence as materialized (
  select record, group_concat(quote, ' ') as quote from mandated_task_statement
  where quote is not null and status_of_statement = 'accepted' and record in (select record from could_task where kind = 'mandated_task') group by record
),
could_said as materialized (
  select t.kind, t.record, t.country,
    ' ' || replace(replace(replace(replace(replace(folded(t.title || ' ' || coalesce(q.quote, '')), ',', ' '), '.', ' '), ';', ' '), '(', ' '), ')', ' ') || ' ' as words
  from could_task t left join could_sentence q on t.kind = 'mandated_task' and q.record = t.record
),
-- The institutions of the country that a task names; who gives support is none.
could_named as materialized (
  select s.kind, s.record, c.record as institution, c.called
  from could_said s join called c on c.country = s.country and instr(s.words, ' ' || c.called || ' ') > 0
  -- An acronym of two letters may be any word.
  where length(c.called) > 2 and (c.class is null or c.class not in (select code from code where list = 'actor_class' and category = 'partner'))
),
could_told as (
  select 'project' as kind, record, title, country, function, recipient, folded(coalesce(recipient_name, recipient)) as called, ends as day, source, url
  from own_projects where phase not in ('ended', 'cancelled')
  union all
  select 'training', record, coalesce(course, program, supporter), country, null, recipient, folded(coalesce(recipient_name, recipient_unit)), coalesce(ends, starts), source, url
  from training where starts is null or starts <= :valid_on
),
-- A name alone is the institution of the country that alone has it.
could_given as materialized (
  select t.kind, t.record, t.title, t.country, t.function, coalesce(c.record, t.recipient) as recipient, t.day, t.source, t.url
  from could_told t left join called c on c.country = t.country and c.called = t.called
),
could_active as materialized (
  select distinct identifier, title, ends, country, security_function,
    ' ' || replace(replace(replace(replace(replace(folded(title), ',', ' '), '.', ' '), ';', ' '), '(', ' '), ')', ' ') || ' ' as words
  from support where country in (select country from could_task) and phase = 'active'
),
could_linked as materialized (
  select 'engagement' as kind, record, target_kind, target from engagement_serves
  union select 'project', record, target_kind, target from project_serves
  union select 'training', record, target_kind, target from training_serves
  union select 'activity', c.activity, x.target_kind, x.target from contribution c join contribution_serves x on x.record = c.record
),
could_alike as (
  select t.*, 'engagement' as match_kind, e.record as match_record, e.task as match_title, null as identifier, e.mode, e.date as day,
    case when e.ssr_task = t.ssr_task then 'task' else 'activity' end as match_reason, e.source, e.url
  from could_task t join engagement e on e.mission = t.actor and (e.ssr_task = t.ssr_task or e.activity_category = t.activity_category)
  -- What was done before a task was given did not serve it.
  where t.kind = 'mandated_task' and (e.date is null or e.date <= :valid_on) and (e.mode = 'ongoing' or coalesce(e.date >= substr(t.since, 1, length(e.date)), 1))
  union all
  select t.*, g.kind, g.record, g.title, null, null, g.day, case when max(n.institution) is null then 'function' else 'institution' end, g.source, g.url
  from could_task t join could_given g on g.country = t.country
  left join could_named n on n.kind = t.kind and n.record = t.record and n.institution = g.recipient
  -- What was over before a task was given did not serve it.
  where (n.institution is not null or g.function = t.function) and coalesce(g.day >= substr(t.since, 1, length(g.day)), 1)
  group by t.kind, t.record, g.kind, g.record
  union all
  select t.*, 'activity', null, max(s.title), s.identifier, null, max(s.ends), case when max(n.institution) is null then 'function' else 'institution' end, null, null
  from could_task t join could_active s on s.country = t.country
  left join could_named n on n.kind = t.kind and n.record = t.record and instr(s.words, ' ' || n.called || ' ') > 0
  where n.institution is not null or s.security_function = t.function
  group by t.kind, t.record, s.identifier
),
could_serve as materialized (
  select a.* from could_alike a
  where not exists (
    select 1 from could_linked s where s.kind = a.match_kind and s.record = coalesce(a.match_record, a.identifier) and s.target_kind = a.kind and s.target = a.record)
)
