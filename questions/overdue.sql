-- order = 46
-- group = "due"
-- parts = ["other_stages", "stage_now", "ended_actors", "asked_body", "planned_visits"]
-- title = { en = "What is overdue", fr = "Ce qui est en retard", ar = "ما تأخر" }
-- why = { en = "One list of what somebody should have done by now, whatever it is.", fr = "Une seule liste de ce que quelqu’un aurait déjà dû faire.", ar = "قائمة واحدة بما كان ينبغي أن يُنجز حتى الآن أيًا كان." }
-- [rule]
-- en = "Reforms, recommendations, outcomes, follow-ups, bills, strategies, mandated tasks, measures and records of every other kind with stages, that are open and whose day has passed, also those of which no status is reported; replies to recommendations that were due. Each record once, by what has been due the longest. What has no day on record cannot be late, and is not here. First a mandate, mission, strategy or agreement whose last day on record passed within the twelve months before: no renewal is on record and nobody has confirmed that it ended, so that it is not known whether it goes on. Letters to which a reply was due, and visits that were due, where none has been made since; equipment of which the stated day of the next control has passed, if it is not lost or diverted. Source: of the stage that is shown. What nobody has verified for long stands in “What is due for verification”. What was recommended to a body that has ended is not overdue. What names no country is of the one that the workspace is about. Of one body: what it leads, owns, is asked for or has been given."
-- fr = "Réformes, recommandations, résultats, suivis, projets de loi, stratégies, tâches mandatées, mesures et fiches de tout autre type à étapes, en cours et dont l’échéance est passée, aussi ceux dont aucun état n’est rapporté ; réponses attendues aux recommandations. Chaque fiche une fois, selon l’échéance la plus ancienne. Sans échéance enregistrée, rien ne peut être en retard. D’abord tout mandat, mission, stratégie ou accord dont le dernier jour enregistré est passé dans les douze mois précédents : aucun renouvellement n’est enregistré et personne n’a confirmé la fin, on ignore donc si cela se poursuit. Lettres dont la réponse était attendue, et visites attendues, si aucune n’a eu lieu depuis ; matériel dont le jour indiqué du prochain contrôle est passé, s’il n’est ni perdu ni détourné. Source : celle de l’étape montrée. Ce que personne n’a vérifié depuis longtemps figure sous « Ce qui est à vérifier ». Ce qui a été recommandé à un organe qui a pris fin n’est pas en retard. Ce qui ne nomme aucun pays est de celui dont traite l’espace. Pour un organisme : ce qu’il dirige, ce qui est à sa charge, ce qui lui est demandé ou confié."
-- ar = "إصلاحات وتوصيات ونتائج ومتابعات ومشاريع قوانين واستراتيجيات ومهام مكلّف بها وتدابير وسجلات كل نوع آخر ذي مراحل، مفتوحة فات موعدها، ومنها ما لم تُذكر حالته؛ وردود على توصيات حلّ موعدها. كل سجل مرة واحدة بحسب أقدم موعد. وما لا موعد مسجلًا له لا يمكن أن يتأخر فليس هنا. وأولًا كل ولاية أو بعثة أو استراتيجية أو اتفاق فات آخر أيامها المسجلة خلال الأشهر الاثني عشر السابقة: لا تجديد مسجل ولم يؤكد أحد انتهاءها، فلا يُعرف أمستمرة هي. ورسائل حلّ موعد الرد عليها، وزيارات حلّ موعدها ولم تجرِ زيارة بعدها. ومعدات مضى موعد فحصها المذكور ولم تُفقد أو تُحوَّل. والمصدر مصدر المرحلة المعروضة. وما لم يتحقق منه أحد منذ زمن تجده في «ما حان التحقق منه». وما أُوصيت به جهة انتهت ليس متأخرًا. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل. ولجهة واحدة: ما تقوده أو تتولاه أو يُطلب منها أو عُهد به إليها."
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
-- [[parameter]]
-- name = "actor"
-- record = "actor"
-- label = { en = "Mission or other body (acronym, name or identifier)", fr = "Mission ou autre organisme (sigle, nom ou identifiant)", ar = "البعثة أو جهة أخرى (المختصر أو الاسم أو المعرّف)" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
-- What is to be done by a day, with the kind’s own word on whether it is open: that of its newest stage comes before it.
asked as (
  select 'reform' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, coalesce(t.country, p.country) as country, t.due, t.done, t.open, substr(t.verified_at, 1, 10) as verified_at, t.source, t.url
  from reform t left join strategy p on p.record = t.strategy
  union all
  select 'recommendation', t.record, t.text, t.addressee, t.addressee_name, coalesce(t.country, a.country), t.due, null, t.open, substr(t.verified_at, 1, 10), t.source, t.url
  from recommendation t left join actor a on a.record = t.addressee where coalesce(t.addressee, '') not in (select record from ended_actors)
  union all
  select 'outcome', t.record, t.text, t.responsible, t.responsible_name, d.country, t.due, t.done, t.open, substr(t.verified_at, 1, 10), t.source, t.url
  from outcome t left join dialogue_of d on d.record = t.dialogue
  union all
  select 'follow_up', t.record, coalesce(t.next_step, t.step), t.by, t.by_name, coalesce(r.country, d.country), t.next_due, null, t.open, substr(t.verified_at, 1, 10), t.source, t.url
  from follow_up t left join recommendation r on r.record = t.recommendation left join outcome o on o.record = t.outcome left join dialogue_of d on d.record = o.dialogue
  union all
  select 'law', t.record, t.title, t.institution, t.institution_name, t.country, t.due, null, t.open, substr(t.verified_at, 1, 10), t.source, t.url from law t
  union all
  select 'strategy', t.record, t.title, t.lead, t.lead_name, t.country, t.due, null, t.open, substr(t.verified_at, 1, 10), t.source, t.url from strategy t
  union all
  select 'mandated_task', t.record, t.task, t.mission, t.mission_name, coalesce(t.country, a.country), t.due, t.done, t.open, substr(t.verified_at, 1, 10), t.source, t.url
  from mandated_task t left join actor a on a.record = t.mission
  union all
  select 'measure', t.record, t.measure, t.owner, t.owner_name, a.country, t.due, t.done, t.open, substr(t.verified_at, 1, 10), t.source, t.url
  from measure t left join actor a on a.record = t.owner
  union all
  select t.kind, t.record, t.title, t.owner, a.name, coalesce(t.country, a.country), t.due, null, t.stage in (select value from json_each(t.open)), t.verified_at, t.source, t.url
  from other_stages t left join actor a on a.record = t.owner
),
-- Mandates that were given, whenever they hold: the view of the kind shows only those of the day.
given as materialized (
  select record, json_extract(fields, '$.mission') as mission, max(title) as title, max(json_extract(fields, '$.renews')) as renews, min(coalesce(valid_from, json_extract(fields, '$.adopted'))) as first_day, max(valid_to) as last_day,
    max(substr(verified_at, 1, 10)) as verified_at, max(source) as source, url_of(source, url) as url
  from statement where kind = 'mandate' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record, mission
),
-- What has had its last day, while nobody says that it is over: who still stands on the register as a mission does.
past as (
  select 'mandate' as kind, g.record, g.title as record_title, g.mission as actor, a.name as actor_name, a.country, g.last_day as due, g.verified_at, g.source, g.url
  from given g join actor a on a.record = g.mission
  where coalesce(a.ends < substr(:valid_on, 1, length(a.ends)), 1)
    and not exists (select 1 from given n where n.record <> g.record and (n.renews = g.record or n.mission = g.mission and coalesce(n.last_day > g.last_day, n.first_day > g.first_day)))
    and not exists (select 1 from relation r where r.relation = 'succeeded_by' and r.subject = g.mission)
  union all
  select 'actor', a.record, a.name, a.record, a.name, a.country, a.ends, substr(a.verified_at, 1, 10), a.source, a.url
  from actor a where a.class = 'mission' and not exists (select 1 from given n where n.mission = a.record and coalesce(n.last_day >= a.ends, n.first_day > a.ends))
    and not exists (select 1 from relation r where r.relation = 'succeeded_by' and r.subject = a.record)
  union all
  select 'strategy', s.record, s.title, s.lead, s.lead_name, s.country, s.ends, substr(s.verified_at, 1, 10), s.source, s.url
  from strategy s left join stage_now n on n.kind = 'strategy' and n.record = s.record where coalesce(n.stage, s.stage, '') <> 'ended'
  union all
  select 'law', s.record, max(s.title), max(json_extract(s.fields, '$.institution')), null, max(json_extract(s.fields, '$.country')), max(s.valid_to), max(substr(s.verified_at, 1, 10)), max(s.source), url_of(s.source, s.url)
  from statement s where s.kind = 'law' and s.current = 1 and (s.valid_from is null or s.valid_from <= :valid_on)
  group by s.record having max(json_extract(s.fields, '$.law_type')) = 'agreement' and count(*) = count(s.valid_to)
),
late as (
  select 'ended' as what_is_overdue, kind, record, record_title, actor, actor_name, country, due, verified_at, source, url
  from past where due < substr(:valid_on, 1, length(due)) and due >= substr(plus_months(:valid_on, -12), 1, length(due)) and coalesce(verified_at <= due, 1)
  union all
  select case when coalesce(n.open, t.open) is null then 'status_not_reported' else 'stage' end, t.kind, t.record, t.record_title, t.actor, t.actor_name, t.country, t.due, t.verified_at,
    coalesce(n.source, t.source), case when n.source is null then t.url else n.url end
  from asked t left join stage_now n on n.kind = t.kind and n.record = t.record
  where t.due < substr(:valid_on, 1, length(t.due)) and case coalesce(n.open, t.open) when 1 then 1 when 0 then 0 else coalesce(t.done > :valid_on, 1) end
  union all
  select 'reply', 'recommendation', t.record, t.text, t.addressee, t.addressee_name, coalesce(t.country, a.country), t.reply_due, substr(t.verified_at, 1, 10), t.source, t.url
  from recommendation t left join actor a on a.record = t.addressee where t.reply_overdue = 1 and (t.date is null or t.date <= :valid_on)
    and coalesce(t.addressee, '') not in (select record from ended_actors)
  union all
  select 'reply', 'intervention_letter', t.record, coalesce(t.asked, t.support_request_name), t.addressee, t.addressee_name, a.country, t.reply_due, substr(t.verified_at, 1, 10), t.source, t.url
  from intervention_letter t left join actor a on a.record = t.addressee
  where t.reply_due < substr(:valid_on, 1, length(t.reply_due)) and coalesce(t.replied > :valid_on, t.reply is null) and (t.date is null or t.date <= :valid_on)
  union all
  select 'visit', 'monitoring_visit', t.record, coalesce(t.support_request_name, t.support_request) || coalesce(' – ' || t.actor_name, ''), t.visitor, t.visitor_name, coalesce(a.country, u.country), t.next_visit, substr(t.verified_at, 1, 10), t.source, t.url
  from planned_visits t left join actor a on a.record = t.visitor left join actor u on u.record = t.actor
  where t.made_since = 0 and t.next_visit < substr(:valid_on, 1, length(t.next_visit))
  union all
  -- Who gave it answers for its control.
  select 'control', 'equipment', q.record, q.item || coalesce(' × ' || q.quantity, ''), coalesce(q.supporter, q.recipient), case when q.supporter is null then q.recipient_name else q.supporter_name end,
    u.country, q.next_control, substr(q.verified_at, 1, 10), q.source, q.url
  from equipment q left join actor u on u.record = q.recipient
  where q.next_control < substr(:valid_on, 1, length(q.next_control)) and coalesce(q.condition, '') not in ('lost', 'diverted')
    and coalesce(q.inspected < q.next_control, 1) and coalesce(q.handed_over <= :valid_on, 1)
),
-- Each record once, by what has been due the longest.
first as (
  select *, row_number() over (partition by kind, record order by due, what_is_overdue) as place from late
  where (:country = '' or coalesce(country, home_country()) = :country) and (:what = '' or what_is_overdue = :what) and (:actor = '' or actor in (select record from asked_body))
)
select what_is_overdue, kind, record, record_title, actor, actor_name, coalesce(country, home_country()) as country, due,
  case when length(due) = 10 then cast(julianday(:valid_on) - julianday(due) as integer) end as days_late, verified_at, source, url, 1 as items
from first where place = 1
order by case what_is_overdue when 'ended' then 0 when 'stage' then 1 when 'reply' then 2 when 'visit' then 2 when 'control' then 2 else 3 end, due, kind, record_title
