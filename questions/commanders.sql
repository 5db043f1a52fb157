-- order = 22
-- title = { en = "Who commanded it", fr = "Qui l’a commandé", ar = "من قادها" }
-- why = { en = "Responsibility follows command, and commanders change.", fr = "La responsabilité suit le commandement, et les commandants changent.", ar = "المسؤولية تتبع القيادة، والقادة يتغيرون." }
-- [rule]
-- en = "All postings of an actor that anybody has recorded, whatever the day, with their sources. Strictly confidential unless marked otherwise."
-- fr = "Toutes les affectations enregistrées d’un acteur, quel que soit le jour, avec leurs sources. Strictement confidentiel sauf mention contraire."
-- ar = "كل التعيينات المسجلة لدى جهة أيًا كان اليوم مع مصادرها. سرية للغاية ما لم يُذكر خلاف ذلك."
-- [[parameter]]
-- name = "actor"
-- label = { en = "Actor (name or identifier)", fr = "Acteur (nom ou identifiant)", ar = "الجهة (الاسم أو المعرّف)" }
select (select max(p.title) from statement p where p.kind = 'person' and p.record = json_extract(s.fields, '$.person')) as person_name,
  json_extract(s.fields, '$.role') as role, json_extract(s.fields, '$.rank') as rank,
  coalesce(s.valid_from, s.first_cited) as since, coalesce(s.valid_to, s.last_cited) as last_known, s.source, s.url, s.locator, s.credibility, s.record
from statement s
where s.kind = 'posting' and s.current = 1 and json_extract(s.fields, '$.actor') in (
  select record from statement where kind = 'actor' and current = 1
    and (record = :actor or lower(json_extract(fields, '$.name')) = lower(:actor) or lower(json_extract(fields, '$.acronym')) = lower(:actor)))
order by since, person_name
