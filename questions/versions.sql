-- order = 33
-- group = "mandate"
-- title = { en = "Two documents compared", fr = "Deux documents comparés", ar = "مقارنة وثيقتين" }
-- why = { en = "What a newer page or mandate says that the older one did not, and what it no longer says.", fr = "Ce qu’une page ou un mandat plus récent dit de plus, et ne dit plus.", ar = "ما تقوله صفحة أو ولاية أحدث ولم تقله الأقدم، وما لم تعد تقوله." }
-- [rule]
-- en = "Tasks of reform that words of each document name, before anybody has decided on them: with one sentence of each. A document is named by its symbol, a part of its title, its date or year, its mission, or its identifier; without names it is the newest, and the one before it on the same mission."
-- fr = "Tâches de réforme nommées par les mots de chaque document, avant toute décision, avec une phrase de chacun. Un document est désigné par sa cote, une partie de son titre, sa date ou son année, sa mission ou son identifiant ; sans désignation, c’est le plus récent, et celui qui le précède sur la même mission."
-- ar = "مهام الإصلاح التي تسميها كلمات كل وثيقة قبل أن يبتّ فيها أحد، مع جملة من كل منهما. وتُسمى الوثيقة برمزها أو بجزء من عنوانها أو بتاريخها أو سنتها أو ببعثتها أو بمعرّفها؛ وإن لم تُسمَّ فهي الأحدث والتي سبقتها عن البعثة نفسها."
-- [[parameter]]
-- name = "older"
-- label = { en = "Older document", fr = "Document ancien", ar = "الوثيقة الأقدم" }
-- [[parameter]]
-- name = "newer"
-- label = { en = "Newer document", fr = "Document récent", ar = "الوثيقة الأحدث" }
with asked (which, name) as (values ('older', :older), ('newer', :newer)),
known as materialized (
  select which, name, record, mission, date, title || coalesce(' (' || date || ')', '') as called,
    case when name = '' then 1 when name in (record, symbol) then 2
      else instr(lower(title), lower(name)) > 0 or date like name || '%' or mission in (name, 'mission/' || lower(name)) end as fits
  from document join asked
),
-- Who names none means the newest, and the one before it on the same mission.
picked as materialized (
  select o.record as older, o.called as older_called, n.record as newer, n.called as newer_called
  from known n join known o on n.which = 'newer' and o.which = 'older' and o.record <> n.record
  where n.fits and o.fits and (n.name <> '' and o.name <> '' or (o.mission = n.mission and coalesce(o.date <= n.date, 1)))
  order by n.fits desc, o.fits desc, n.date desc, case when o.name <> '' then o.date end, o.date desc limit 1
),
said as materialized (
  select 'document/' || substr(r.identifier, 1, 12) as document, r.code, min(r.identifier) as passage, count(*) as n
  from passage_reading r where r.list = 'ssr_task' and r.worded = 1 and r.probability >= 0.5
    and 'document/' || substr(r.identifier, 1, 12) in (select older from picked union select newer from picked)
  group by 1, 2
)
select case when o.code is null then 'new' when n.code is null then 'dropped' else 'kept' end as change, t.code as ssr_task,
  (select older_called from picked) as older_document, o.n as older_passages, (select p.text from passage p where p.passage = o.passage) as older_text,
  (select newer_called from picked) as newer_document, n.n as newer_passages, (select p.text from passage p where p.passage = n.passage) as newer_text
from (select distinct code from said) t
left join said o on o.code = t.code and o.document in (select older from picked)
left join said n on n.code = t.code and n.document in (select newer from picked)
order by case when o.code is null then 1 when n.code is null then 2 else 3 end, t.code
