-- order = 30
-- group = "mandate"
-- made_of = ["mandated_task"]
-- parts = ["known_givers", "told_tasks"]
-- title = { en = "Mandated tasks over time", fr = "Tâches mandatées dans le temps", ar = "المهام المكلَّف بها عبر الزمن" }
-- why = { en = "Which tasks run together, which end with the mission, and which nobody has ended.", fr = "Quelles tâches vont de pair, lesquelles finissent avec la mission, lesquelles personne n’a closes.", ar = "أي المهام تسير معًا، وأيها تنتهي بانتهاء البعثة، وأيها لم ينهها أحد." }
-- [rule]
-- en = "Accepted mandated tasks that began up to the day of validity, from the day they hold to the day they end: also those that have ended, and those of missions that are no more. Without a start, the task is shown from when a document first cites it; without an end, it goes on, or is shown until it was last cited. A mandated task has ended with its own end or with its mission. It is not known whether it goes on where that end was the last on record for its mission, and for a task without an end where its mission is past that, or where no mandate with an end to come asks for it and no source has spoken of it within a year."
-- fr = "Tâches mandatées acceptées et commencées jusqu’au jour de validité, du jour où elles valent au jour de leur fin : aussi celles qui ont pris fin, et celles de missions closes. Sans début : depuis la première mention dans un document ; sans fin : elle continue, ou va jusqu’à la dernière mention. Une tâche mandatée a pris fin à sa propre fin ou avec sa mission. On ignore si elle se poursuit si cette fin était la dernière enregistrée pour sa mission et, pour une tâche sans fin, si sa mission l’a dépassée, ou si aucun mandat dont la fin est à venir ne la demande et qu’aucune source n’en a parlé depuis un an."
-- ar = "المهام المكلَّف بها المقبولة التي بدأت حتى يوم السريان، من يوم سريانها إلى يوم نهايتها، ومنها ما انتهى وما كان لبعثات انتهت. إن غاب البدء فمن أول ذكر لها في وثيقة، وإن غابت النهاية فهي مستمرة أو حتى آخر ذكر لها. انتهت المهمة المكلّف بها بنهايتها أو بانتهاء بعثتها. ولا يُعرف أمستمرة هي إن كانت تلك آخر نهاية مسجلة لبعثتها، ولا المهمة بلا نهاية إن تجاوزت بعثتها تلك النهاية، أو لم تطلبها ولاية نهايتها قادمة ولم يذكرها مصدر منذ سنة."
-- [[draw]]
-- form = "timeline"
-- label = "task"
-- group = "actor_name"
-- start = "starts"
-- end = "ends"
-- first = "first_cited"
-- last = "last_cited"
-- unit = { en = "Tasks from start to end, years", fr = "Tâches du début à la fin, années", ar = "المهام من بدايتها إلى نهايتها، بالسنوات" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with said as materialized (
  -- All that stands, ended or not: the views of kinds show only what holds on the day.
  select kind, record, fields, valid_from, valid_to, first_cited, last_cited, source, url from statement
  where kind in ('actor', 'mandated_task') and current = 1 and withdrawn = 0 and status_of_statement = 'accepted'
),
named as materialized (
  select record, json_extract(fields, '$.acronym') as acronym, json_extract(fields, '$.name') as name from said where kind = 'actor'
),
chosen as materialized (
  select record, coalesce(max(acronym), max(name)) as called from named
  where :mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission) group by record
),
task as materialized (
  select json_extract(fields, '$.mission') as mission, record, json_extract(fields, '$.mandate') as mandate, json_extract(fields, '$.task') as task, json_extract(fields, '$.function') as function,
    json_extract(fields, '$.strength') as strength, coalesce(valid_from, json_extract(fields, '$.adopted')) as starts, valid_to as ends,
    first_cited, last_cited, source, url
  from said where kind = 'mandated_task'
),
-- One row for each task. A statement without an end keeps a task open only where it is younger than the last end that another one names.
told as (
  select mission, record, max(task) as task, max(function) as security_function, max(strength) as strength, min(starts) as starts,
    case when max(case when ends is null then coalesce(last_cited, starts, '') end) > max(ends) then null else max(ends) end as ends,
    min(first_cited) as first_cited, max(last_cited) as last_cited, max(source) as source, url_of(source, url) as url
  from task where coalesce(starts, first_cited) is null or coalesce(starts, first_cited) <= :valid_on group by mission, record
)
select t.mission as actor, coalesce(a.acronym, a.name, c.called, t.mission) as actor_name, t.task, t.security_function, t.strength,
  coalesce(v.phase, 'overdue') as phase,
  t.starts, t.ends, t.first_cited, t.last_cited, t.source, t.url
from told t left join chosen c on c.record = t.mission left join actor a on a.record = t.mission left join told_tasks v on v.kind = 'mandated_task' and v.record = t.record
where :mission = '' or t.mission = :mission or c.record is not null
order by actor_name, t.starts, t.task
