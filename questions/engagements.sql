-- order = 32
-- group = "mandate"
-- made_of = ["engagement"]
-- title = { en = "What missions did", fr = "Ce que les missions ont fait", ar = "ما قامت به البعثات" }
-- why = { en = "A mandate says what is asked for; only what was done can be built on, repeated or ended.", fr = "Un mandat dit ce qui est demandé ; on ne peut prolonger, répéter ou clore que ce qui a été fait.", ar = "الولاية تقول المطلوب، أما ما أُنجز فهو وحده ما يُبنى عليه أو يُكرر أو يُنهى." }
-- [rule]
-- en = "Activities of missions that documents tell of, dated up to the day of validity or without a date, with the institution that they worked with. Plans, wishes, what was not done and what nobody has accepted are left out."
-- fr = "Activités de missions que relatent les documents, datées jusqu’au jour de validité ou sans date, avec l’institution partenaire. Sans les projets, les souhaits, ce qui n’a pas été fait, ni ce que personne n’a accepté."
-- ar = "أنشطة البعثات التي تذكرها الوثائق حتى يوم السريان أو بلا تاريخ، مع المؤسسة الشريكة. دون الخطط والأمنيات وما لم يُنجز ودون ما لم يقبله أحد."
-- [[draw]]
-- form = "stacked"
-- label = "actor_name"
-- group = "ssr_task"
-- value = "items"
-- unit = { en = "Number of activities that documents tell of, by mission and task", fr = "Nombre d’activités relatées, par mission et tâche", ar = "عدد الأنشطة المذكورة بحسب البعثة والمهمة" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
-- [[parameter]]
-- name = "task"
-- list = "ssr_task"
-- label = { en = "Task", fr = "Tâche", ar = "المهمة" }
with
-- All names that were ever said: who has ended is still called so.
named as materialized (
  select record, best(json_extract(fields, '$.name'), grade, said_at, statement) as name, best(json_extract(fields, '$.acronym'), grade, said_at, statement) as acronym from statement
  where kind = 'actor' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' group by record
)
select e.country, e.mission as actor, coalesce(a.acronym, a.name, e.mission_name) as actor_name, e.task, e.ssr_task, e.engagement, e.partner,
  p.name as partner_name, e.date, e.source, e.url, 1 as items
from engagement e left join named a on a.record = e.mission left join named p on p.record = e.partner
where coalesce(e.mode, 'done') not in ('plan', 'negated', 'wish') and (e.date is null or e.date <= :valid_on)
  and (:country = '' or e.country = :country) and (:task = '' or e.ssr_task = :task)
  and (:mission = '' or e.mission = :mission or lower(a.acronym) = lower(:mission) or lower(a.name) = lower(:mission))
order by e.date is null, e.date desc, actor_name, e.task
