-- order = 34
-- group = "mandate"
-- parts = ["called", "own_projects"]
-- needs = ["mission", "country"]
-- title = { en = "What may serve a task", fr = "Ce qui peut servir une tâche", ar = "ما قد يخدم مهمة" }
-- why = { en = "Links between tasks and what is done are seldom published; likely ones can be looked at and recorded.", fr = "Les liens entre tâches et actions sont rarement publiés ; les liens probables peuvent être examinés et enregistrés.", ar = "الروابط بين المهام وما يُنجز نادرًا ما تُنشر؛ والمحتمل منها يمكن النظر فيه وتسجيله." }
-- [rule]
-- en = "For the tasks of the mission or country chosen, and for the reforms and outcomes of dialogues of the country, what is not yet said to serve them: engagements of the same mission with the same task of reform or the same activity (PACT); activities of the security sector that are active in the country, own projects that have not ended, and trainings, for the same function, or for an institution that the task names; none that was over before the task was given. A likeness is no link: record a contribution, or “serves” of the engagement, project or training, where it is one."
-- fr = "Pour les tâches de la mission ou du pays choisi, et pour les réformes et résultats de dialogues du pays, ce qui n’est pas encore dit les servir : actions de la même mission pour la même tâche de réforme ou la même activité (PACT) ; activités du secteur de la sécurité en cours dans le pays, projets propres non terminés et formations, pour la même fonction, ou pour une institution que la tâche nomme ; rien de ce qui était fini avant que la tâche fût donnée. Une ressemblance n’est pas un lien : enregistrez une contribution, ou « sert » de l’action, du projet ou de la formation, si c’en est un."
-- ar = "لمهام البعثة أو البلد المختار، ولإصلاحات البلد ونتائج حواراته، ما لم يُقل بعد إنه يخدمها: أعمال البعثة نفسها لمهمة الإصلاح نفسها أو النشاط نفسه (PACT)؛ وأنشطة القطاع الأمني الجارية في البلد والمشاريع الخاصة التي لم تنتهِ والتدريبات، للوظيفة نفسها، أو لمؤسسة تسمّيها المهمة؛ ولا شيء مما انتهى قبل إسناد المهمة. والشبه ليس رابطًا: سجّل مساهمة أو «يخدم» للعمل أو المشروع أو التدريب حيث يكون رابطًا."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with wanted as (
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
task as materialized (select * from wanted where (:mission <> '' or :country <> '') and (:country = '' or country = :country)),
-- Texts are folded once each; signs between words are none of them.
said as materialized (
  select kind, record, country, ' ' || replace(replace(replace(replace(replace(folded(title), ',', ' '), '.', ' '), ';', ' '), '(', ' '), ')', ' ') || ' ' as words
  from task
),
-- The institutions of the country that a task names; who gives support is none.
named as materialized (
  select s.kind, s.record, c.record as institution, c.called
  from said s join called c on c.country = s.country and instr(s.words, ' ' || c.called || ' ') > 0
  -- An acronym of two letters may be any word.
  where length(c.called) > 2 and (c.class is null or c.class not in (select code from code where list = 'actor_class' and category = 'partner'))
),
told as (
  select 'project' as kind, record, title, country, function, recipient, folded(coalesce(recipient_name, recipient)) as called, ends as day, source, url
  from own_projects where phase not in ('ended', 'cancelled')
  union all
  select 'training', record, coalesce(course, program, supporter), country, null, recipient, folded(coalesce(recipient_name, recipient_unit)), coalesce(ends, starts), source, url
  from training where starts is null or starts <= :valid_on
),
-- A name alone is the institution of the country that alone has it.
given as materialized (
  select t.kind, t.record, t.title, t.country, t.function, coalesce(c.record, t.recipient) as recipient, t.day, t.source, t.url
  from told t left join called c on c.country = t.country and c.called = t.called
),
serving as materialized (
  select 'engagement' as kind, record, target_kind, target from engagement_serves
  union select 'project', record, target_kind, target from project_serves
  union select 'training', record, target_kind, target from training_serves
  union select 'activity', c.activity, x.target_kind, x.target from contribution c join contribution_serves x on x.record = c.record
),
alike as (
  select t.*, 'engagement' as match_kind, e.record as match_record, e.task as match_title, null as identifier, e.mode, e.date as day,
    case when e.ssr_task = t.ssr_task then 'task' else 'activity' end as match_reason, e.source, e.url
  from task t join engagement e on e.mission = t.actor and (e.ssr_task = t.ssr_task or e.activity_category = t.activity_category)
  -- What was done before a task was given did not serve it.
  where t.kind = 'mandated_task' and (e.date is null or e.date <= :valid_on) and (e.mode = 'ongoing' or coalesce(e.date >= substr(t.since, 1, length(e.date)), 1))
  union all
  select t.*, g.kind, g.record, g.title, null, null, g.day, case when max(n.institution) is null then 'function' else 'institution' end, g.source, g.url
  from task t join given g on g.country = t.country
  left join named n on n.kind = t.kind and n.record = t.record and n.institution = g.recipient
  -- What was over before a task was given did not serve it.
  where (n.institution is not null or g.function = t.function) and coalesce(g.day >= substr(t.since, 1, length(g.day)), 1)
  group by t.kind, t.record, g.kind, g.record
  union all
  select t.*, 'activity', null, max(s.title), s.identifier, null, max(s.ends), case when max(n.institution) is null then 'function' else 'institution' end, null, null
  from task t join (select distinct identifier, title, ends, country, security_function from support where phase = 'active') s on s.country = t.country
  left join named n on n.kind = t.kind and n.record = t.record and instr(' ' || folded(s.title) || ' ', ' ' || n.called || ' ') > 0
  where n.institution is not null or s.security_function = t.function
  group by t.kind, t.record, s.identifier
)
select a.kind, a.record, a.title as record_title, a.actor, a.actor_name, a.country, a.match_kind, a.match_record, a.match_title, a.identifier, a.mode as statement_mode, a.day as match_day,
  a.match_reason, a.source, a.url
from alike a
where not exists (
  select 1 from serving s where s.kind = a.match_kind and s.record = coalesce(a.match_record, a.identifier) and s.target_kind = a.kind and s.target = a.record)
order by case a.kind when 'mandated_task' then 1 when 'reform' then 2 else 3 end, a.actor_name, a.title, a.match_kind, match_day desc, a.match_title, a.record, coalesce(a.match_record, a.identifier)
