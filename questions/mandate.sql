-- order = 30
-- title = { en = "What the mandate asks", fr = "Ce que demande le mandat", ar = "ما تطلبه الولاية" }
-- why = { en = "What our mission is told to do, document by document, and what each renewal added and dropped.", fr = "Ce que la mission doit faire, document par document, et ce que chaque renouvellement a ajouté et retiré.", ar = "ما كُلِّفت به البعثة وثيقة بعد وثيقة، وما أضافه كل تجديد وما أسقطه." }
-- [rule]
-- en = "Accepted mandated tasks by mission and document. “New” is a task that the document before it (of the same mission) does not name, “dropped” one that it names and this one does not. A task that is not accepted from a document yet looks dropped: decide on its proposals first."
-- fr = "Tâches mandatées acceptées, par mission et document. « Nouveau » : absent du document précédent de la même mission ; « retiré » : présent dans le précédent et absent de celui-ci. Une tâche non encore acceptée semble retirée : décidez d’abord des propositions."
-- ar = "المهام المكلَّف بها المقبولة حسب البعثة والوثيقة. «جديد»: لم تذكره الوثيقة السابقة للبعثة نفسها؛ «مُسقَط»: ذكرته السابقة ولم تذكره هذه. والمهمة التي لم تُقبل بعد تبدو مُسقَطة: فابدأ بالبت في المقترحات."
-- [[parameter]]
-- name = "mission"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with chosen as materialized (
  select record from actor where :mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission)
),
task as materialized (
  select t.mission, coalesce(t.adopted, t.valid_from, '') as adopted, coalesce(t.document, t.mandate, t.source, '') as document,
    coalesce(t.ssr_task, t.activity_category, t.task) as subject, t.task, t.strength, t.engagement, t.paragraph, t.source, t.url, t.locator
  from mandated_task_statement t where t.mission in (select record from chosen)
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
  group by d.mission, d.document, b.subject
)
select c.mission as actor, coalesce(a.acronym, a.name, c.mission) as actor_name, c.adopted, c.change, c.task, c.strength, c.engagement, c.paragraph, c.source, c.url
from change c left join actor a on a.record = c.mission
group by c.mission, c.adopted, c.change, c.task, c.paragraph, c.source
order by actor_name, c.adopted desc, case c.change when 'new' then 1 when 'first' then 2 when 'kept' then 3 else 4 end, c.task
