-- order = 29
-- group = "sure"
-- mends = true
-- title = { en = "What has no source, or only a weak one", fr = "Ce qui n’a pas de source, ou une faible", ar = "ما لا مصدر له أو مصدره ضعيف" }
-- why = { en = "A fact without a source cannot be defended in a meeting.", fr = "Un fait sans source ne peut être défendu en réunion.", ar = "حقيقة بلا مصدر لا يمكن الدفاع عنها في اجتماع." }
-- [rule]
-- en = "Statements that stand and name no source, or one graded D to F, or information graded 4 to 6 (Admiralty)."
-- fr = "Énoncés en vigueur sans source, ou d’une source classée D à F, ou d’une information classée 4 à 6 (Amirauté)."
-- ar = "بيانات قائمة بلا مصدر أو مصدرها من D إلى F أو معلومتها من 4 إلى 6 (تصنيف الأميرالية)."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
)
select case when s.source is null and s.url is null then 'none' else 'weak' end as weakness, s.kind, s.record, s.title as record_title, s.fields,
  s.source, s.url, s.reliability, s.credibility, s.author, s.statement
from statement s
where s.current = 1 and ((s.source is null and s.url is null) or s.reliability in ('D', 'E', 'F') or s.credibility in ('4', '5', '6'))
  and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
order by weakness, s.kind, s.record
