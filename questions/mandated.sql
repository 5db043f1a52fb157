-- order = 30
-- title = { en = "Mandated tasks over time", fr = "Tâches mandatées dans le temps", ar = "المهام المكلَّف بها عبر الزمن" }
-- why = { en = "Which tasks run together, which end with the mission, and which nobody has ended.", fr = "Quelles tâches vont de pair, lesquelles finissent avec la mission, lesquelles personne n’a closes.", ar = "أي المهام تسير معًا، وأيها تنتهي بانتهاء البعثة، وأيها لم ينهها أحد." }
-- [rule]
-- en = "Accepted mandated tasks from the day they hold to the day they end. Without a start, the task is shown from when a document first cites it; without an end, it goes on, or is shown until it was last cited."
-- fr = "Tâches mandatées acceptées, du jour où elles valent au jour de leur fin. Sans début : depuis la première mention dans un document ; sans fin : elle continue, ou va jusqu’à la dernière mention."
-- ar = "المهام المكلَّف بها المقبولة من يوم سريانها إلى يوم نهايتها. إن غاب البدء فمن أول ذكر لها في وثيقة، وإن غابت النهاية فهي مستمرة أو حتى آخر ذكر لها."
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
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
select t.mission as actor, coalesce(a.acronym, a.name, t.mission_name) as actor_name, t.task, t.function as security_function, t.strength,
  min(coalesce(t.valid_from, t.adopted)) as starts, max(t.valid_to) as ends, min(t.first_cited) as first_cited, max(t.last_cited) as last_cited,
  max(t.source) as source, max(t.url) as url
from mandated_task_statement t left join actor a on a.record = t.mission
where :mission = '' or t.mission = :mission or lower(a.acronym) = lower(:mission) or lower(a.name) = lower(:mission)
group by t.mission, t.record
order by actor_name, starts, t.task
