-- order = 47
-- group = "sure"
-- mends = true
-- parts = ["own_day"]
-- title = { en = "What has no date", fr = "Ce qui n’a pas de date", ar = "ما لا تاريخ له" }
-- why = { en = "Without a date nobody can say whether something still holds.", fr = "Sans date, nul ne peut dire si une chose vaut encore.", ar = "بلا تاريخ لا يستطيع أحد أن يقول إن كان الأمر ما زال قائمًا." }
-- [rule]
-- en = "Statements that stand, of which no day is known: neither when they hold, nor when a source first or last spoke of them, nor any date of the record itself but that by which it is due (an answer has the date of its survey). They are shown for every day, unless something dated says otherwise."
-- fr = "Énoncés en vigueur dont aucun jour n’est connu : ni validité, ni première ou dernière mention, ni aucune date de la fiche elle-même, sauf son échéance (une réponse a la date de son enquête). Ils sont montrés pour tous les jours, sauf si un énoncé daté dit autre chose."
-- ar = "بيانات قائمة لا يُعرف لها يوم: لا سريانها ولا أول ذكر لها أو آخره ولا أي تاريخ في السجل نفسه غير موعد استحقاقه (وللجواب تاريخ استطلاعه). وتُعرض لكل الأيام ما لم يقل بيان مؤرخ غير ذلك."
-- [[parameter]]
-- name = "country"
-- list = "country"
-- label = { en = "Country", fr = "Pays", ar = "البلد" }
-- [[parameter]]
-- name = "kind"
-- kind = true
-- label = { en = "Kind", fr = "Type", ar = "النوع" }
with own as materialized (
  select distinct record from statement where :country <> '' and json_extract(fields, '$.country') = :country
)
select s.kind, s.record, s.title as record_title, s.fields, s.source, s.url, s.author, substr(s.recorded_at, 1, 10) as recorded, s.statement
from statement s
where s.current = 1 and (:kind = '' or s.kind = :kind) and s.undated = 1 and not exists (select 1 from own_day d join json_each(s.fields, '$.' || d.field) f on f.value <> '' where d.kind = s.kind)
  and (:country = '' or s.record in (select record from own) or exists (select 1 from json_each(s.fields) f where f.value in (select record from own)))
order by s.kind, record_title, s.record, s.said_at, s.statement
