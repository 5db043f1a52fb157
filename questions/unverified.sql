-- order = 47
-- parts = ["added"]
-- title = { en = "What is due for verification", fr = "Ce qui est à vérifier", ar = "ما حان التحقق منه" }
-- why = { en = "A status that nobody has looked at for long may no longer be true.", fr = "Un état que personne n’a regardé depuis longtemps n’est peut-être plus vrai.", ar = "الحالة التي لم ينظر فيها أحد منذ زمن قد لا تكون صحيحة." }
-- [rule]
-- en = "Open reforms that nobody has verified, no source cites and nobody has recorded anew within 90 days before the day; recommendations, outcomes, bills and strategies so within 180 days, records of kinds that a workspace has added within the days that the kind says. The longest unseen first."
-- fr = "Réformes en cours que personne n’a vérifiées, qu’aucune source ne cite et que personne n’a enregistrées à nouveau dans les 90 jours précédents ; recommandations, résultats, projets de loi et stratégies dans les 180 jours, fiches de types ajoutés par un espace de travail dans les jours que dit le type. Le plus ancien d’abord."
-- ar = "إصلاحات مفتوحة لم يتحقق منها أحد ولم يذكرها مصدر ولم تُسجَّل من جديد خلال 90 يومًا قبل اليوم؛ وتوصيات ونتائج ومشاريع قوانين واستراتيجيات كذلك خلال 180 يومًا، وسجلات أنواع أضافتها مساحة عمل خلال الأيام التي يحددها نوعها. الأقدم أولًا."
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
waiting as (
  select 'reform' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, coalesce(t.country, p.country) as country, t.due, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url from reform t left join strategy p on p.record = t.strategy where t.unverified = 1 and t.open = 1 and t.recorded_at < date(:valid_on, '-90 days')
  union all
  select 'recommendation' as kind, t.record, t.text as record_title, t.addressee as actor, t.addressee_name as actor_name, coalesce(t.country, a.country) as country, t.due, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url from recommendation t left join actor a on a.record = t.addressee where t.unverified = 1 and t.open = 1 and t.recorded_at < date(:valid_on, '-180 days') and (t.date is null or t.date <= :valid_on)
  union all
  select 'outcome' as kind, t.record, t.text as record_title, t.responsible as actor, t.responsible_name as actor_name, d.country as country, t.due, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url from outcome t left join dialogue_of d on d.record = t.dialogue where t.unverified = 1 and t.open = 1 and t.recorded_at < date(:valid_on, '-180 days') and (t.date is null or t.date <= :valid_on)
  union all
  select 'law' as kind, t.record, t.title as record_title, t.institution as actor, t.institution_name as actor_name, t.country as country, t.due, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url from law t where t.unverified = 1 and t.open = 1 and t.recorded_at < date(:valid_on, '-180 days')
  union all
  select 'strategy' as kind, t.record, t.title as record_title, t.lead as actor, t.lead_name as actor_name, t.country as country, t.due, t.last_cited, substr(t.verified_at, 1, 10) as verified_at, substr(t.recorded_at, 1, 10) as recorded, t.source, t.url from strategy t where t.unverified = 1 and t.open = 1 and t.recorded_at < date(:valid_on, '-180 days')
  union all
  select t.kind, t.record, t.title as record_title, t.owner as actor, a.name as actor_name, coalesce(t.country, a.country) as country, t.due, t.last_cited, t.verified_at, t.recorded, t.source, t.url from added t left join actor a on a.record = t.owner where t.verify_after_days > 0 and t.stage in (select value from json_each(t.open)) and max(coalesce(t.verified_at, ''), coalesce(t.last_cited, ''), t.recorded) < date(:valid_on, '-' || t.verify_after_days || ' days')
)
select kind, record, record_title, actor, actor_name, country, due, verified_at, last_cited, recorded, source, url, 1 as items
from waiting where :country = '' or country = :country
order by max(coalesce(verified_at, ''), coalesce(last_cited, ''), recorded), kind, record_title
