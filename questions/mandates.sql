-- order = 30
-- group = "mandate"
-- made_of = ["mandate"]
-- title = { en = "Mandates over time", fr = "Les mandats dans le temps", ar = "الولايات عبر الزمن" }
-- why = { en = "What a mission may do is what its mandate of the day says.", fr = "Une mission peut ce que dit son mandat du jour.", ar = "ما يجوز للبعثة هو ما تقوله ولايتها في يومها." }
-- [rule]
-- en = "Every mandate on record of a mission, the newest first, whenever it holds; tasks as they stand in the mandate or its document."
-- fr = "Tous les mandats enregistrés d’une mission, le plus récent d’abord, quelle que soit leur date ; les tâches telles qu’elles figurent dans le mandat ou son document."
-- ar = "كل الولايات المسجلة للبعثة، الأحدث أولًا، أيًا كان زمن سريانها؛ والمهام كما ترد في الولاية أو وثيقتها."
-- [[draw]]
-- form = "timeline"
-- label = "record_title"
-- start = "starts"
-- end = "ends"
-- unit = { en = "Mandates, from when to when they hold", fr = "Mandats et leur durée", ar = "الولايات ومدة سريانها" }
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with
-- Missions that have ended too: the views of kinds show only what holds on the day.
chosen as materialized (
  select record, coalesce(max(acronym), max(name), record) as called from (
    select record, json_extract(fields, '$.acronym') as acronym, json_extract(fields, '$.name') as name, json_extract(fields, '$.class') as class
    from statement where kind = 'actor' and current = 1
  ) group by record
  having max(class) = 'mission' and (:mission = '' or record = :mission or max(folded(acronym) = folded(:mission)) or max(folded(name) = folded(:mission)))
),
told as (
  select s.record, json_extract(s.fields, '$.mission') as mission, json_extract(s.fields, '$.title') as title, json_extract(s.fields, '$.mandate_giver') as mandate_giver,
    json_extract(s.fields, '$.adopted') as adopted, json_extract(s.fields, '$.document') as document, s.valid_from, s.valid_to, s.source, s.url
  from statement s where s.kind = 'mandate' and s.current = 1
)
select t.mission as actor, c.called as actor_name, max(t.title) as record_title, 'mandate' as kind, t.record, max(t.mandate_giver) as mandate_giver, max(t.adopted) as adopted,
  coalesce(min(t.valid_from), max(t.adopted)) as starts, max(t.valid_to) as ends,
  (select count(distinct k.record) from statement k where k.kind = 'mandated_task' and k.current = 1 and json_extract(k.fields, '$.mission') = t.mission
    and (json_extract(k.fields, '$.mandate') = t.record or json_extract(k.fields, '$.document') = max(t.document))) as mandated,
  max(t.source) as source, url_of(t.source, t.url) as url
from told t join chosen c on c.record = t.mission
group by t.mission, t.record
order by actor_name, starts desc, t.record
