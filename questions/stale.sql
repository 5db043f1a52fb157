-- order = 28
-- group = "sure"
-- mends = true
-- title = { en = "What is stale", fr = "Ce qui est périmé", ar = "ما تقادم" }
-- why = { en = "A register that nobody checks is worse than none: it is believed.", fr = "Un registre que personne ne vérifie est pire qu’aucun : on le croit.", ar = "السجل الذي لا يراجعه أحد أسوأ من عدمه لأنه يُصدَّق." }
-- [rule]
-- en = "Statements that nobody has verified, cited or recorded within so many months before the day of validity, and states last cited before it that nobody says have ended."
-- fr = "Énoncés que personne n’a vérifiés, cités ou enregistrés pendant ces mois avant le jour de validité, et états cités pour la dernière fois avant, sans fin connue."
-- ar = "بيانات لم يتحقق منها أو يذكرها أو يسجلها أحد خلال هذه الأشهر قبل يوم السريان، وحالات آخر ذكرها قبله ولا يُعرف انتهاؤها."
-- [[parameter]]
-- name = "months"
-- number = true
-- default = "12"
-- label = { en = "Months", fr = "Mois", ar = "أشهر" }
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
)
select s.kind, s.record, s.title as record_title, s.last_cited, s.verified_at, substr(s.recorded_at, 1, 10) as recorded, s.source,
  max(coalesce(s.verified_at, ''), coalesce(s.last_cited, ''), case when s.last_cited is null then substr(s.recorded_at, 1, 10) else '' end) as last_known
from statement s
where s.current = 1 and s.valid_to is null
  and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
  and max(coalesce(s.verified_at, ''), coalesce(s.last_cited, ''), case when s.last_cited is null then substr(s.recorded_at, 1, 10) else '' end)
    < plus_months(:valid_on, -cast(:months as integer))
order by last_known, s.kind, s.record
