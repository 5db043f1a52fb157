-- order = 31
-- group = "mandate"
-- made_of = ["mandated_task"]
-- title = { en = "Tasks, what was done, and the money beside them", fr = "Tâches, réalisations et moyens", ar = "المهام وما أُنجز والأموال إلى جانبها" }
-- why = { en = "Which task has no activity, and which activity no task?", fr = "Quelle tâche est sans activité, quelle activité sans tâche ?", ar = "أي مهمة بلا نشاط، وأي نشاط بلا مهمة؟" }
-- [rule]
-- en = "Accepted mandated tasks and accepted reported activities of a mission, by task. Activities and money are those of the security sector in the mission’s country whose function is that of the task, whoever gives them."
-- fr = "Tâches mandatées et activités rapportées acceptées d’une mission, par tâche. Les activités et montants sont ceux du secteur de la sécurité dans le pays de la mission, pour la même fonction, quel que soit le donateur."
-- ar = "المهام المكلَّف بها والأنشطة المُبلَّغ عنها المقبولة لبعثة، حسب المهمة. أما الأنشطة والأموال فهي للقطاع الأمني في بلد البعثة للوظيفة نفسها أيًا كان المانح."
-- [[draw]]
-- form = "matrix"
-- label = "security_function"
-- group = "actor_name"
-- value = "mandated"
-- unit = { en = "Mandated tasks by function, all documents", fr = "Tâches mandatées par fonction, tous documents", ar = "المهام المكلَّف بها حسب الوظيفة، في كل الوثائق" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with chosen as materialized (
  select record, coalesce(acronym, name) as called, country from actor
  where class = 'mission' and (:mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission))
),
told as materialized (
  select mission, coalesce(ssr_task, activity_category, task) as subject, task, function, 1 as mandated, 0 as reported, coalesce(adopted, valid_from) as day
  from mandated_task_statement where mission in (select record from chosen)
  union all
  select mission, coalesce(ssr_task, activity_category, task), task, function, 0, 1, date
  from engagement where mission in (select record from chosen) and coalesce(mode, 'done') <> 'plan'
),
task as (
  select mission, subject, max(task) as task, max(function) as function, sum(mandated) as mandated, sum(reported) as reported,
    max(case when mandated then day end) as last_mandated, max(case when reported then day end) as last_reported
  from told group by mission, subject
),
given as materialized (
  select country, security_function, count(distinct activity) as activities, sum(disbursed_usd) as disbursed_usd
  from support where country in (select country from chosen) group by country, security_function
)
select c.record as actor, c.called as actor_name, t.task, t.function as security_function, t.mandated, t.last_mandated, t.reported, t.last_reported,
  g.activities as activities_of_anyone, g.disbursed_usd as disbursed_usd_by_anyone, t.mandated > 0 and t.reported = 0 and g.activities is null as no_activity, t.mandated = 0 and t.reported > 0 as no_task
from chosen c join task t on t.mission = c.record
left join given g on g.country = c.country and g.security_function = t.function
union all
select c.record, c.called, null, g.security_function, 0, null, 0, null, g.activities, g.disbursed_usd, 0, 1
from chosen c join given g on g.country = c.country
where exists (select 1 from task t where t.mission = c.record)
  and not exists (select 1 from task t where t.mission = c.record and t.function = g.security_function)
order by 2, 5 desc, 7 desc, 3
