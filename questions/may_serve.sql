-- order = 34
-- group = "mandate"
-- needs = ["mission", "country"]
-- title = { en = "What may serve a task", fr = "Ce qui peut servir une tâche", ar = "ما قد يخدم مهمة" }
-- why = { en = "Links between tasks and what is done are seldom published; likely ones can be looked at and recorded.", fr = "Les liens entre tâches et actions sont rarement publiés ; les liens probables peuvent être examinés et enregistrés.", ar = "الروابط بين المهام وما يُنجز نادرًا ما تُنشر؛ والمحتمل منها يمكن النظر فيه وتسجيله." }
-- [rule]
-- en = "For the tasks of the mission or country chosen, what is not yet said to serve them: engagements of the same mission with the same task of reform or the same activity (PACT), and activities of the security sector that are active in the country for the same function. A likeness is no link: record a contribution, or “serves” of the engagement, where it is one."
-- fr = "Pour les tâches de la mission ou du pays choisi, ce qui n’est pas encore dit les servir : actions de la même mission pour la même tâche de réforme ou la même activité (PACT), et activités du secteur de la sécurité en cours dans le pays pour la même fonction. Une ressemblance n’est pas un lien : enregistrez une contribution, ou « sert » de l’action, si c’en est un."
-- ar = "لمهام البعثة أو البلد المختار، ما لم يُقل بعد إنه يخدمها: أعمال البعثة نفسها لمهمة الإصلاح نفسها أو النشاط نفسه (PACT)، وأنشطة القطاع الأمني الجارية في البلد للوظيفة نفسها. والشبه ليس رابطًا: سجّل مساهمة أو «يخدم» للعمل حيث يكون رابطًا."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with task as materialized (
  select t.record, t.task, t.mission, coalesce(a.acronym, t.mission_name) as mission_name, coalesce(t.country, a.country) as country, t.ssr_task, t.activity_category, t.function
  from mandated_task t left join actor a on a.record = t.mission
  where (:mission <> '' or :country <> '') and (:country = '' or coalesce(t.country, a.country) = :country)
    and (:mission = '' or t.mission = :mission or lower(a.acronym) = lower(:mission) or lower(a.name) = lower(:mission))
),
alike as (
  select t.record, t.task, t.mission, t.mission_name, t.country, 'engagement' as match_kind, e.record as match_record, e.task as match_title, null as identifier, e.mode, e.date as day,
    case when e.ssr_task = t.ssr_task then 'task' else 'activity' end as match_reason, e.source, e.url
  from task t join engagement e on e.mission = t.mission and (e.ssr_task = t.ssr_task or e.activity_category = t.activity_category)
  where (e.date is null or e.date <= :valid_on)
    and not exists (select 1 from engagement_serves s where s.record = e.record and s.target_kind = 'mandated_task' and s.target = t.record)
  union all
  select t.record, t.task, t.mission, t.mission_name, t.country, 'activity', null, max(s.title), s.identifier, null, max(s.ends), 'function', null, null
  from task t join support s on s.country = t.country and s.security_function = t.function and s.phase = 'active'
  where not exists (select 1 from contribution c join contribution_serves x on x.record = c.record
    where c.activity = s.identifier and x.target_kind = 'mandated_task' and x.target = t.record)
  group by t.record, s.identifier
)
select 'mandated_task' as kind, record, task as record_title, mission as actor, mission_name as actor_name, country, match_kind, match_record, match_title, identifier, mode as statement_mode, day as match_day,
  match_reason, source, url
from alike order by mission_name, task, match_kind, match_day desc, match_title
