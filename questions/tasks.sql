-- order = 31
-- group = "mandate"
-- made_of = ["mandated_task"]
-- title = { en = "Tasks, what was done, and the money beside them", fr = "Tâches, réalisations et moyens", ar = "المهام وما أُنجز والأموال إلى جانبها" }
-- why = { en = "Which task has no activity, and which activity no task?", fr = "Quelle tâche est sans activité, quelle activité sans tâche ?", ar = "أي مهمة بلا نشاط، وأي نشاط بلا مهمة؟" }
-- [rule]
-- en = "Accepted mandated tasks and accepted reported activities of a mission, by task: one that is recorded as serving a task counts in the line of that task, else its own kind of task says in which; what is only planned stands apart. Activities and money are those of the security sector in the mission’s country whose function is that of the task, whoever gives them."
-- fr = "Tâches mandatées et activités rapportées acceptées d’une mission, par tâche : celle dont il est enregistré qu’elle sert une tâche compte dans la ligne de cette tâche, sinon son propre type de tâche décide ; ce qui n’est que prévu figure à part. Les activités et montants sont ceux du secteur de la sécurité dans le pays de la mission, pour la même fonction, quel que soit le donateur."
-- ar = "المهام المكلَّف بها والأنشطة المُبلَّغ عنها المقبولة لبعثة، حسب المهمة: فما سُجِّل أنه يخدم مهمة يُحتسب في سطرها، وإلا فنوع مهمته هو يحدد السطر؛ وما هو مخطط فقط يقف على حدة. أما الأنشطة والأموال فهي للقطاع الأمني في بلد البعثة للوظيفة نفسها أيًا كان المانح."
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
asked as materialized (
  select record, mission, coalesce(ssr_task, activity_category, task) as subject, task, function, coalesce(adopted, valid_from) as day
  from mandated_task_statement where mission in (select record from chosen)
),
-- What somebody said that a report serves goes ahead of what its own words are about.
serving as materialized (
  select distinct s.record, a.mission, a.subject
  from engagement_serves s join asked a on a.record = s.target where s.target_kind = 'mandated_task'
),
told as materialized (
  select mission, subject, task, function, 1 as mandated, 0 as reported, 0 as planned, day from asked
  union all
  select coalesce(s.mission, e.mission), coalesce(s.subject, e.ssr_task, e.activity_category, e.task), e.task, e.function, 0,
    coalesce(e.mode, 'done') <> 'plan', coalesce(e.mode, 'done') = 'plan', e.date
  from engagement e left join serving s on s.record = e.record
  -- What was not done, or is only wished for, is no report of what was done.
  where (s.record is not null or e.mission in (select record from chosen)) and coalesce(e.mode, 'done') not in ('negated', 'wish')
),
task as (
  -- What a document asks for names the line; a report names it only where nothing asks for it.
  select mission, subject, coalesce(max(case when mandated then task end), max(task)) as task, coalesce(max(case when mandated then function end), max(function)) as function,
    sum(mandated) as mandated, sum(reported) as reported, sum(planned) as planned,
    max(case when mandated then day end) as last_mandated, max(case when reported then day end) as last_reported
  from told group by mission, subject
),
given as materialized (
  select country, security_function, count(distinct activity) as activities, sum(disbursed_usd) as disbursed_usd,
    sum(coalesce(disbursed_usd_set_apart, 0) + coalesce(disbursed_usd_left_out, 0)) as disbursed_left_out
  from support where country in (select country from chosen) group by country, security_function
)
select c.record as actor, c.called as actor_name, t.task, t.function as security_function, t.mandated, t.last_mandated, t.reported, t.last_reported, t.planned,
  g.activities as activities_of_anyone, g.disbursed_usd as disbursed_usd_by_anyone, g.disbursed_left_out as disbursed_usd_by_anyone_left_out, t.mandated > 0 and t.reported = 0 and t.planned = 0 and g.activities is null as no_activity, t.mandated = 0 and t.reported + t.planned > 0 as no_task
from chosen c join task t on t.mission = c.record
left join given g on g.country = c.country and g.security_function = t.function
union all
select c.record, c.called, null, g.security_function, 0, null, 0, null, 0, g.activities, g.disbursed_usd, g.disbursed_left_out, 0, 1
from chosen c join given g on g.country = c.country
where exists (select 1 from task t where t.mission = c.record)
  and not exists (select 1 from task t where t.mission = c.record and t.function = g.security_function)
order by 2, 5 desc, 7 desc, 3
