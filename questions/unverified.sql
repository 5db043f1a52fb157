-- order = 47
-- group = "due"
-- parts = ["other_stages", "stage_now"]
-- title = { en = "What is due for verification", fr = "Ce qui est à vérifier", ar = "ما حان التحقق منه" }
-- why = { en = "A status that nobody has looked at for long may no longer be true.", fr = "Un état que personne n’a regardé depuis longtemps n’est peut-être plus vrai.", ar = "الحالة التي لم ينظر فيها أحد منذ زمن قد لا تكون صحيحة." }
-- [rule]
-- en = "Open reforms that nobody has verified, and of which no source speaks, within 90 days before the day; where neither has a day, those recorded before that; recommendations, outcomes, bills and strategies so within 180 days, records of every other kind with stages within the days that the kind says. The longest unseen first. What names no country is of the one that the workspace is about."
-- fr = "Réformes en cours que personne n’a vérifiées et dont aucune source ne parle dans les 90 jours précédents ; si ni l’un ni l’autre n’a de date, celles enregistrées avant ; recommandations, résultats, projets de loi et stratégies dans les 180 jours, fiches de tout autre type à étapes dans les jours que dit le type. Le plus ancien d’abord. Ce qui ne nomme aucun pays est de celui dont traite l’espace."
-- ar = "إصلاحات مفتوحة لم يتحقق منها أحد ولم يتحدث عنها مصدر خلال 90 يومًا قبل اليوم؛ وإن لم يكن لأي منهما يوم فما سُجّل قبل ذلك؛ وتوصيات ونتائج ومشاريع قوانين واستراتيجيات كذلك خلال 180 يومًا، وسجلات كل نوع آخر ذي مراحل خلال الأيام التي يحددها نوعها. الأقدم أولًا. وما لا يُذكر بلده هو من البلد الذي تُعنى به مساحة العمل."
-- [[draw]]
-- form = "stacked"
-- label = "country"
-- group = "kind"
-- value = "items"
-- unit = { en = "Number of records", fr = "Nombre de fiches", ar = "عدد السجلات" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with dialogue_of as materialized (
  select record, best(json_extract(fields, '$.title'), grade, said_at, statement) as title, best(json_extract(fields, '$.country'), grade, said_at, statement) as country
  from statement where kind = 'dialogue' and current = 1 and (valid_from is null or valid_from <= :valid_on) group by record
),
spoken as materialized (
  select s.kind, s.record, max(coalesce(s.last_cited, s.first_cited, s.source_date)) as day from stage k cross join statement s on s.kind = k.kind
  where s.current = 1 group by s.kind, s.record
),
asked as (
  select 'reform' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, coalesce(t.country, p.country) as country, t.due, t.open, t.unverified, null as date, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url
  from reform t left join strategy p on p.record = t.strategy
  union all
  select 'recommendation', t.record, t.text, t.addressee, t.addressee_name, coalesce(t.country, a.country), t.due, t.open, t.unverified, t.date, t.last_cited, substr(t.verified_at, 1, 10), substr(t.recorded_at, 1, 10), t.source, t.url
  from recommendation t left join actor a on a.record = t.addressee
  union all
  select 'outcome', t.record, t.text, t.responsible, t.responsible_name, d.country, t.due, t.open, t.unverified, t.date, t.last_cited, substr(t.verified_at, 1, 10), substr(t.recorded_at, 1, 10), t.source, t.url
  from outcome t left join dialogue_of d on d.record = t.dialogue
  union all
  select 'law', t.record, t.title, t.institution, t.institution_name, t.country, t.due, t.open, t.unverified, null, t.last_cited, substr(t.verified_at, 1, 10), substr(t.recorded_at, 1, 10), t.source, t.url from law t
  union all
  select 'strategy', t.record, t.title, t.lead, t.lead_name, t.country, t.due, t.open, t.unverified, null, t.last_cited, substr(t.verified_at, 1, 10), substr(t.recorded_at, 1, 10), t.source, t.url from strategy t
  union all
  select t.kind, t.record, t.title, t.owner, a.name, coalesce(t.country, a.country), t.due, t.stage in (select value from json_each(t.open)),
    t.verify_after_days > 0 and coalesce(nullif(max(coalesce(t.verified_at, ''), coalesce(t.last_cited, '')), ''), t.recorded) < date(:valid_on, '-' || t.verify_after_days || ' days'),
    null, t.last_cited, t.verified_at, t.recorded, t.source, t.url
  from other_stages t left join actor a on a.record = t.owner
)
select t.kind, t.record, t.record_title, t.actor, t.actor_name, coalesce(t.country, home_country()) as country, t.due, t.verified_at, coalesce(t.last_cited, p.day) as last_cited, t.recorded, coalesce(n.source, t.source) as source,
  case when n.source is null then t.url else n.url end as url, 1 as items
from asked t left join stage_now n on n.kind = t.kind and n.record = t.record left join spoken p on p.kind = t.kind and p.record = t.record
where t.unverified = 1 and coalesce(n.open, t.open) = 1 and (t.date is null or t.date <= :valid_on) and (:country = '' or coalesce(t.country, home_country()) = :country)
order by coalesce(nullif(max(coalesce(t.verified_at, ''), coalesce(t.last_cited, p.day, '')), ''), t.recorded), t.kind, t.record_title
