-- order = 30
-- title = { en = "What the mandate asks", fr = "Ce que demande le mandat", ar = "ما تطلبه الولاية" }
-- why = { en = "What our mission is told to do, document by document, and what each renewal added and dropped.", fr = "Ce que la mission doit faire, document par document, et ce que chaque renouvellement a ajouté et retiré.", ar = "ما كُلِّفت به البعثة وثيقة بعد وثيقة، وما أضافه كل تجديد وما أسقطه." }
-- [rule]
-- en = "Accepted mandated tasks by mission and document. “New” is a task that the document before it (of the same mission) does not name, “dropped” one that it names and this one does not, unless the task goes on all the same: its end is later, or a source says so after this document. A task that is not accepted from a document yet looks dropped: decide on its proposals first."
-- fr = "Tâches mandatées acceptées, par mission et document. « Nouveau » : absent du document précédent de la même mission ; « retiré » : présent dans le précédent et absent de celui-ci, sauf si la tâche se poursuit : sa fin est postérieure, ou une source le dit après ce document. Une tâche non encore acceptée semble retirée : décidez d’abord des propositions."
-- ar = "المهام المكلَّف بها المقبولة حسب البعثة والوثيقة. «جديد»: لم تذكره الوثيقة السابقة للبعثة نفسها؛ «مُسقَط»: ذكرته السابقة ولم تذكره هذه. والمهمة التي لم تُقبل بعد تبدو مُسقَطة: فابدأ بالبت في المقترحات."
-- [[parameter]]
-- name = "mission"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with
-- All that was asked up to the day, ended or not: the views of kinds show only what holds on it.
said as materialized (
  select kind, record, fields, valid_from, valid_to, last_cited, source, url from statement
  where kind in ('actor', 'mandated_task') and current = 1 and withdrawn = 0 and status_of_statement = 'accepted'
),
named as materialized (
  select record, max(json_extract(fields, '$.acronym')) as acronym, max(json_extract(fields, '$.name')) as name
  from said where kind = 'actor' group by record
),
chosen as materialized (
  select record, coalesce(acronym, name, record) as called from named
  where :mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission)
),
task as materialized (
  select mission, coalesce(adopted, valid_from, '') as adopted, coalesce(document, mandate, source, '') as document,
    coalesce(ssr_task, activity_category, task) as subject, task, strength, engagement, paragraph, valid_to, last_cited, source, url
  from (
    select json_extract(fields, '$.mission') as mission, json_extract(fields, '$.adopted') as adopted, json_extract(fields, '$.document') as document,
      json_extract(fields, '$.mandate') as mandate, json_extract(fields, '$.ssr_task') as ssr_task,
      json_extract(fields, '$.activity_category') as activity_category, json_extract(fields, '$.task') as task,
      json_extract(fields, '$.strength') as strength, json_extract(fields, '$.engagement') as engagement,
      json_extract(fields, '$.paragraph') as paragraph, valid_from, valid_to, last_cited, source, url
    from said where kind = 'mandated_task'
  )
  where mission in (select record from chosen) and coalesce(adopted, valid_from, '') <= :valid_on
),
document_of as materialized (
  select mission, document, max(adopted) as adopted, max(source) as source, max(url) as url,
    lag(document) over (partition by mission order by max(adopted), document) as before
  from task group by mission, document
),
change as (
  select t.mission, t.adopted, t.task, t.strength, t.engagement, t.paragraph, t.source, t.url,
    case when d.before is null then 'first' when exists (select 1 from task b where b.mission = t.mission and b.document = d.before and b.subject = t.subject)
      then 'kept' else 'new' end as change
  from task t join document_of d on d.mission = t.mission and d.document = t.document
  union all
  select d.mission, d.adopted, b.task, null, null, null, d.source, d.url, 'dropped'
  from document_of d join task b on b.mission = d.mission and b.document = d.before
  where not exists (select 1 from task t where t.mission = d.mission and t.document = d.document and t.subject = b.subject)
    and not exists (select 1 from task o where o.mission = d.mission and o.subject = b.subject
      and (o.valid_to > d.adopted or (o.valid_to is null and o.last_cited > d.adopted)))
  group by d.mission, d.document, b.subject
)
select c.mission as actor, a.called as actor_name, c.adopted, c.change, c.task, c.strength, c.engagement, c.paragraph, c.source, c.url
from change c join chosen a on a.record = c.mission
group by c.mission, c.adopted, c.change, c.task, c.paragraph, c.source
order by actor_name, c.adopted desc, case c.change when 'new' then 1 when 'first' then 2 when 'kept' then 3 else 4 end, c.task
