-- order = 30
-- group = "mandate"
-- made_of = ["mandated_task"]
-- title = { en = "Mandated tasks over time", fr = "Tâches mandatées dans le temps", ar = "المهام المكلَّف بها عبر الزمن" }
-- why = { en = "Which tasks run together, which end with the mission, and which nobody has ended.", fr = "Quelles tâches vont de pair, lesquelles finissent avec la mission, lesquelles personne n’a closes.", ar = "أي المهام تسير معًا، وأيها تنتهي بانتهاء البعثة، وأيها لم ينهها أحد." }
-- [rule]
-- en = "Accepted mandated tasks that began up to the day of validity, from the day they hold to the day they end: also those that have ended, and those of missions that are no more. Without a start, the task is shown from when a document first cites it; without an end, it goes on, or is shown until it was last cited. A task has ended with its own end or with its mission; what no source confirms for the day, and no mandate asks for that is in force on it, is not known to go on."
-- fr = "Tâches mandatées acceptées et commencées jusqu’au jour de validité, du jour où elles valent au jour de leur fin : aussi celles qui ont pris fin, et celles de missions closes. Sans début : depuis la première mention dans un document ; sans fin : elle continue, ou va jusqu’à la dernière mention. Une tâche est achevée à sa propre fin ou à celle de sa mission ; ce qu’aucune source ne confirme pour ce jour, et qu’aucun mandat alors en vigueur ne demande, on ignore s’il se poursuit."
-- ar = "المهام المكلَّف بها المقبولة التي بدأت حتى يوم السريان، من يوم سريانها إلى يوم نهايتها، ومنها ما انتهى وما كان لبعثات انتهت. إن غاب البدء فمن أول ذكر لها في وثيقة، وإن غابت النهاية فهي مستمرة أو حتى آخر ذكر لها. وتنتهي المهمة بنهايتها أو بانتهاء بعثتها، وما لا يؤكده مصدر لذلك اليوم ولا تطلبه ولاية سارية فيه لا يُعرف أمستمر هو."
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
with
-- All that stands, ended or not: the views of kinds show only what holds on the day.
said as materialized (
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
),
-- What a mandate asks for holds while that mandate does, however long ago it was given.
in_force as materialized (
  select distinct t.record from task t join mandate m on m.record = t.mandate where m.confirmed = 1 and m.valid_to is not null
)
select t.mission as actor, coalesce(a.acronym, a.name, c.called, t.mission) as actor_name, t.task, t.security_function, t.strength,
  -- A task ends with its own end or with its mission; one that a source spoke of long ago may go on, and nobody has said so. An end that was
  -- that of the mandate's last known term says only that nobody knows of a renewal.
  case when a.record is null and c.record is not null or t.ends < substr(:valid_on, 1, length(t.ends)) and not t.ends >= coalesce(a.ends, '9999') then 'ended'
    when v.confirmed = 1 or f.record is not null then 'active' else 'overdue' end as phase,
  t.starts, t.ends, t.first_cited, t.last_cited, t.source, t.url
from told t left join chosen c on c.record = t.mission left join actor a on a.record = t.mission
  left join mandated_task v on v.record = t.record left join in_force f on f.record = t.record
where :mission = '' or t.mission = :mission or c.record is not null
order by actor_name, t.starts, t.task
