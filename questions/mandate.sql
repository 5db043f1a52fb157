-- order = 30
-- group = "mandate"
-- made_of = ["mandated_task"]
-- title = { en = "What the mandate asks", fr = "Ce que demande le mandat", ar = "ما تطلبه الولاية" }
-- why = { en = "What our mission is told to do, document by document, and what each renewal added and dropped.", fr = "Ce que la mission doit faire, document par document, et ce que chaque renouvellement a ajouté et retiré.", ar = "ما كُلِّفت به البعثة وثيقة بعد وثيقة، وما أضافه كل تجديد وما أسقطه." }
-- [rule]
-- en = "Accepted mandated tasks by mission and document. “New” is a task that the document before it (of the same mission) does not name, “dropped” one that it names and this one does not, unless the task goes on all the same: its end is later, or a source says so after this document. Both are said only where all tasks of both documents are on record: the document was read here and each task proposed from it decided on, or its mandate is marked as having all its tasks on record. Of tasks that a news item or a summary named nobody knows what else the document asks: they are listed as first, last or only on record, which says nothing of the documents between."
-- fr = "Tâches mandatées acceptées, par mission et document. « Nouveau » : absent du document précédent de la même mission ; « abandonné » : présent dans le précédent et absent de celui-ci, sauf si la tâche se poursuit : sa fin est postérieure, ou une source le dit après ce document. Les deux ne sont dits que si toutes les tâches des deux documents sont enregistrées : document lu ici et chaque tâche proposée décidée, ou mandat marqué comme ayant toutes ses tâches enregistrées. De tâches nommées par une dépêche ou un résumé, on ignore ce que le document demande d’autre : elles sont dites premières, dernières ou seules enregistrées, ce qui ne dit rien des documents intermédiaires."
-- ar = "المهام المكلَّف بها المقبولة حسب البعثة والوثيقة. «جديد»: لم تذكره الوثيقة السابقة للبعثة نفسها؛ «محذوف»: ذكرته السابقة ولم تذكره هذه، إلا إذا استمرت المهمة: نهايتها لاحقة أو يقول مصدر ذلك بعد هذه الوثيقة. ولا يقال أي منهما إلا إذا سُجلت كل مهام الوثيقتين: قُرئت الوثيقة هنا وبُتَّ في كل مهمة مقترحة منها، أو وُسمت ولايتها بأن كل مهامها مسجلة. أما المهام التي ذكرها خبر أو ملخص فلا يُعرف ما تطلبه الوثيقة غيرها: فتُدرج على أنها أول ما سُجل أو آخره أو وحيده، وذلك لا يقول شيئًا عن الوثائق بينها."
-- [[parameter]]
-- name = "mission"
-- record = "actor"
-- label = { en = "Mission (acronym, name or identifier)", fr = "Mission (sigle, nom ou identifiant)", ar = "البعثة (المختصر أو الاسم أو المعرّف)" }
with
-- All that was asked up to the day, ended or not: the views of kinds show only what holds on it.
said as materialized (
  select kind, record, fields, grade, said_at, statement, valid_from, valid_to, last_cited, source, url from statement
  where kind in ('actor', 'mandated_task') and current = 1 and withdrawn = 0 and status_of_statement = 'accepted'
),
named as materialized (
  select record, best(json_extract(fields, '$.acronym'), grade, said_at, statement) as acronym, best(json_extract(fields, '$.name'), grade, said_at, statement) as name
  from said where kind = 'actor' group by record
),
chosen as materialized (
  select record, coalesce(acronym, name, record) as called from named
  where :mission = '' or record = :mission or lower(acronym) = lower(:mission) or lower(name) = lower(:mission)
),
task as materialized (
  select t.*, c.called, coalesce(t.ssr_task, t.activity_category, t.task) as subject from (
    select json_extract(fields, '$.mission') as mission, json_extract(fields, '$.ssr_task') as ssr_task,
      json_extract(fields, '$.activity_category') as activity_category, json_extract(fields, '$.task') as task,
      json_extract(fields, '$.strength') as strength, json_extract(fields, '$.engagement') as engagement,
      json_extract(fields, '$.paragraph') as paragraph, valid_to, last_cited, source, url,
      coalesce(json_extract(fields, '$.adopted'), valid_from, '') as adopted,
      coalesce(json_extract(fields, '$.document'), json_extract(fields, '$.mandate'), source, '') as document
    from said where kind = 'mandated_task'
  ) t join chosen c on c.record = t.mission
  where t.adopted <= :valid_on
),
-- Of which documents all tasks are on record: that one is not named in them says that they do not ask for it.
whole_text as materialized (
  select document from passage where document not in (
    select json_extract(fields, '$.document') from statement
    where kind = 'mandated_task' and statement in (select statement from waiting) and json_extract(fields, '$.document') is not null
  )
  union
  select record from statement
  where kind = 'mandate' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' and json_extract(fields, '$.tasks_whole')
  union
  select json_extract(fields, '$.document') from statement
  where kind = 'mandate' and current = 1 and withdrawn = 0 and status_of_statement = 'accepted' and json_extract(fields, '$.tasks_whole')
),
-- The documents of a mission in their order, from 1.
placed as (
  select *, dense_rank() over (partition by mission order by document_adopted, document) as nth
  from (
    select *, max(adopted) over (partition by mission, document) as document_adopted, document in (select document from whole_text) as whole from task
  )
),
-- Each task beside the documents before and after it; windows and not joins: SQLite opens a place for each table of each view that is named.
compared as materialized (
  select *, count(*) over (partition by mission, subject order by nth range between 1 preceding and 1 preceding) as before,
    count(*) over (partition by mission, subject order by nth range between 1 following and 1 following) as after,
    max(valid_to) over (partition by mission, subject) as latest_end, max(case when valid_to is null then last_cited end) over (partition by mission, subject) as latest_cited,
    max(document_adopted) over following as next_adopted, first_value(source) over following as next_source, first_value(url) over following as next_url,
    min(nth) over (partition by mission, subject) as first_nth, max(nth) over (partition by mission, subject) as last_nth, max(nth) over (partition by mission) as newest,
    coalesce(whole and first_value(whole) over (partition by mission order by nth range between 1 preceding and 1 preceding), 0) as beside_before,
    coalesce(whole and first_value(whole) over following, 0) as beside_next
  from placed window following as (partition by mission order by nth range between 1 following and 1 following)
),
change as (
  select mission, called, nth, subject, adopted, task, strength, engagement, paragraph, source, url,
    case when nth = 1 and whole then 'first' when beside_before then iif(before > 0, 'kept', 'new')
      when nth < newest and nth = first_nth and nth = last_nth then 'only_on_record'
      when nth < newest and nth = last_nth and not beside_next then 'last_on_record'
      when before > 0 then 'kept' when nth = first_nth then 'first_on_record' end as change
  from compared
  union all
  select mission, called, nth, subject, next_adopted, max(task), null, null, null, next_source, next_url, 'dropped'
  from compared where beside_next and after = 0 and coalesce(latest_end, '') <= next_adopted and coalesce(latest_cited, '') <= next_adopted
  group by mission, nth, subject
)
select mission as actor, called as actor_name, adopted, change, task, strength, engagement, paragraph, source, url
from change
group by mission, adopted, change, task, paragraph, source
order by actor_name, adopted desc, case change when 'new' then 1 when 'first' then 2 when 'first_on_record' then 2 when 'kept' then 3 when 'dropped' then 5 else 4 end, task
