-- order = 33
-- title = { en = "Two documents compared", fr = "Deux documents comparés", ar = "مقارنة وثيقتين" }
-- why = { en = "What a newer page or mandate says that the older one did not, and what it no longer says.", fr = "Ce qu’une page ou un mandat plus récent dit de plus, et ne dit plus.", ar = "ما تقوله صفحة أو ولاية أحدث ولم تقله الأقدم، وما لم تعد تقوله." }
-- [rule]
-- en = "Tasks of reform that words of each document name, before anybody has decided on them: with one sentence of each. A document is named by its symbol, a part of its title, or its identifier."
-- fr = "Tâches de réforme nommées par les mots de chaque document, avant toute décision, avec une phrase de chacun. Un document est désigné par sa cote, une partie de son titre ou son identifiant."
-- ar = "مهام الإصلاح التي تسميها كلمات كل وثيقة قبل أن يبتّ فيها أحد، مع جملة من كل منهما. وتُسمى الوثيقة برمزها أو بجزء من عنوانها أو بمعرّفها."
-- [[parameter]]
-- name = "older"
-- label = { en = "Older document", fr = "Document ancien", ar = "الوثيقة الأقدم" }
-- [[parameter]]
-- name = "newer"
-- label = { en = "Newer document", fr = "Document récent", ar = "الوثيقة الأحدث" }
with older as materialized (
  select record from document where :older <> '' and (record = :older or symbol = :older or instr(lower(title), lower(:older)) > 0)
  order by record = :older or symbol = :older desc, date limit 1
),
newer as materialized (
  select record from document where :newer <> '' and (record = :newer or symbol = :newer or instr(lower(title), lower(:newer)) > 0)
    and record not in (select record from older)
  order by record = :newer or symbol = :newer desc, date desc limit 1
),
said as materialized (
  select 'document/' || substr(r.identifier, 1, 12) as document, r.code, min(r.identifier) as passage, count(*) as n
  from passage_reading r where r.list = 'ssr_task' and r.worded = 1 and r.probability >= 0.5
    and 'document/' || substr(r.identifier, 1, 12) in (select record from older union select record from newer)
  group by 1, 2
)
select case when o.code is null then 'new' when n.code is null then 'dropped' else 'kept' end as change, t.code as ssr_task,
  o.n as older_passages, (select p.text from passage p where p.passage = o.passage) as older_text,
  n.n as newer_passages, (select p.text from passage p where p.passage = n.passage) as newer_text
from (select distinct code from said) t
left join said o on o.code = t.code and o.document in (select record from older)
left join said n on n.code = t.code and n.document in (select record from newer)
order by case when o.code is null then 1 when n.code is null then 2 else 3 end, t.code
