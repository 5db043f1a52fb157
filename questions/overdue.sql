-- order = 46
-- parts = ["added"]
-- title = { en = "What is overdue", fr = "Ce qui est en retard", ar = "ما تأخر" }
-- why = { en = "One list of what somebody should have done by now, whatever it is.", fr = "Une seule liste de ce que quelqu’un aurait déjà dû faire.", ar = "قائمة واحدة بما كان ينبغي أن يُنجز حتى الآن أيًا كان." }
-- [rule]
-- en = "Reforms, recommendations, outcomes, follow-ups, bills, strategies, mandated tasks, measures and records of kinds that a workspace has added, that are open and whose day has passed, also those of which no status is reported; replies to recommendations that were due. Each record once, by what has been due the longest. What has no day on record cannot be late, and is not here. What nobody has verified for long stands in “What is due for verification”."
-- fr = "Réformes, recommandations, résultats, suivis, projets de loi, stratégies, tâches mandatées, mesures et fiches de types ajoutés par un espace de travail, en cours et dont l’échéance est passée, aussi ceux dont aucun état n’est rapporté ; réponses attendues aux recommandations. Chaque fiche une fois, selon l’échéance la plus ancienne. Sans échéance enregistrée, rien ne peut être en retard. Ce que personne n’a vérifié depuis longtemps figure sous « Ce qui est à vérifier »."
-- ar = "إصلاحات وتوصيات ونتائج ومتابعات ومشاريع قوانين واستراتيجيات ومهام مكلّف بها وتدابير وسجلات أنواع أضافتها مساحة عمل، مفتوحة فات موعدها، ومنها ما لم تُذكر حالته؛ وردود على توصيات حلّ موعدها. كل سجل مرة واحدة بحسب أقدم موعد. وما لا موعد مسجلًا له لا يمكن أن يتأخر فليس هنا. وما لم يتحقق منه أحد منذ زمن تجده في «ما حان التحقق منه»."
-- [event]
-- title = "record_title"
-- day = "due"
-- about = ["what_is_overdue", "actor_name", "country", "source", "url"]
-- [[draw]]
-- form = "stacked"
-- label = "kind"
-- group = "what_is_overdue"
-- value = "items"
-- unit = { en = "Number of records", fr = "Nombre de fiches", ar = "عدد السجلات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "what"
-- list = "what_is_overdue"
-- label = { en = "What", fr = "Quoi", ar = "ماذا" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
late as (
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'reform' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, coalesce(t.country, p.country) as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from reform t left join strategy p on p.record = t.strategy where coalesce(t.overdue, t.due < substr(:valid_on, 1, length(t.due))) = 1 and coalesce(t.done > :valid_on, 1)
  union all
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'recommendation' as kind, t.record, t.text as record_title, t.addressee as actor, t.addressee_name as actor_name, coalesce(t.country, a.country) as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from recommendation t left join actor a on a.record = t.addressee where coalesce(t.overdue, t.due < substr(:valid_on, 1, length(t.due))) = 1
  union all
  select 'reply' as what_is_overdue, 'recommendation' as kind, t.record, t.text as record_title, t.addressee as actor, t.addressee_name as actor_name, coalesce(t.country, a.country) as country, t.reply_due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from recommendation t left join actor a on a.record = t.addressee where t.reply_overdue = 1 and (t.date is null or t.date <= :valid_on)
  union all
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'outcome' as kind, t.record, t.text as record_title, t.responsible as actor, t.responsible_name as actor_name, d.country as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from outcome t left join dialogue_of d on d.record = t.dialogue where coalesce(t.overdue, t.due < substr(:valid_on, 1, length(t.due))) = 1 and coalesce(t.done > :valid_on, 1)
  union all
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'follow_up' as kind, t.record, coalesce(t.next_step, t.step) as record_title, t.by as actor, t.by_name as actor_name, coalesce(r.country, d.country) as country, t.next_due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from follow_up t left join recommendation r on r.record = t.recommendation left join outcome o on o.record = t.outcome left join dialogue_of d on d.record = o.dialogue where coalesce(t.overdue, t.next_due < substr(:valid_on, 1, length(t.next_due))) = 1
  union all
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'law' as kind, t.record, t.title as record_title, t.institution as actor, t.institution_name as actor_name, t.country as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from law t where coalesce(t.overdue, t.due < substr(:valid_on, 1, length(t.due))) = 1
  union all
  select case when t.overdue = 1 then 'stage' else 'status_not_reported' end as what_is_overdue, 'strategy' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, t.country as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from strategy t where coalesce(t.overdue, t.due < substr(:valid_on, 1, length(t.due))) = 1
  union all
  select 'stage' as what_is_overdue, 'mandated_task' as kind, t.record, t.task as record_title, t.mission as actor, t.mission_name as actor_name, coalesce(t.country, a.country) as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from mandated_task t left join actor a on a.record = t.mission where t.overdue = 1
  union all
  select 'stage' as what_is_overdue, 'measure' as kind, t.record, t.measure as record_title, t.owner as actor, t.owner_name as actor_name, a.country as country, t.due as due, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url from measure t left join actor a on a.record = t.owner where t.overdue = 1
  union all
  select case when t.stage is null then 'status_not_reported' else 'stage' end as what_is_overdue, t.kind, t.record, t.title as record_title, t.owner as actor, a.name as actor_name, coalesce(t.country, a.country) as country, t.due, t.verified_at, t.source, t.url from added t left join actor a on a.record = t.owner where t.due < substr(:valid_on, 1, length(t.due)) and (t.stage is null or t.stage in (select value from json_each(t.open)))
),
-- Each record once, by what has been due the longest.
first as (
  select *, row_number() over (partition by kind, record order by due, what_is_overdue) as place from late
  where (:country = '' or country = :country) and (:what = '' or what_is_overdue = :what)
)
select what_is_overdue, kind, record, record_title, actor, actor_name, country, due,
  case when length(due) = 10 then cast(julianday(:valid_on) - julianday(due) as integer) end as days_late, verified_at, source, url, 1 as items
from first where place = 1
order by case what_is_overdue when 'stage' then 1 when 'reply' then 2 else 3 end, due, kind, record_title
